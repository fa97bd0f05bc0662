// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "analysis/comparison.hpp"

namespace m1bench {

// Two builds in one session with a control, confirmed: of each decision at least one.
Comparison ab_comparison();

// Two sessions in which everything is fine, with absolute times.
Comparison sessions_comparison();

// The same file twice.
Comparison same_comparison();

// Two sessions that differ in three fields.
Comparison unlike_comparison();

// The same, forced: one is unsure.
Comparison forced_comparison();

// Nothing in common, a new case.
Comparison empty_comparison();

// Every text tries to break out of the report.
Comparison hostile_comparison();

}  // namespace m1bench
