// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "analysis/summary.hpp"

namespace m1bench {

// Fills in each target's share_of_bound, from the times that are in the summary already: its rate divided by what the same target
// reached in the run's bound case of that kind. Cases times bounds times targets.
void relate_to_bounds(const Run& run, Summary& summary);

}  // namespace m1bench
