// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "analysis/comparison.hpp"

// May two runs be compared? analysis/traits has the table of what must agree.
namespace m1bench {

// The fields in which two runs are not alike, over the cases and targets that both have: of the runs, of the machines that
// measured the same case, of targets, of cases; one row for all cases that differ in the same way. A fact that either run does
// not know (a machine's id, a translator's version) is no difference.
std::vector<Difference> differences_between(const Run& base, const Run& head);

// The same for the sides of one run of `ab`, which share all but their targets.
std::vector<Difference> differences_between_sides(const Run& run);

}  // namespace m1bench
