// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "result/model.hpp"

namespace m1bench {

// What one loop can take. Nothing takes less, but for 0, which no ratio is made of, and nobody waits longer: ratios of such times
// and the bounds of their intervals are numbers.
inline constexpr double kShortestLoop_s = 1e-12, kLongestLoop_s = 1e9;

// What every later computation relies on and types cannot say: names are unique and resolve, slots have equal numbers of wall
// and CPU times, a slot has loops, which take a time that can be. Throws Error(data) naming the first place that is wrong. Linear in the size of the run.
void validate(const Run& run);

}  // namespace m1bench
