// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "result/model.hpp"
#include "session/limits.hpp"

// What one target does in one block of a case, and how long that takes: the plan that a block follows and that the budget is
// predicted from. Pure.
namespace m1bench {

struct MemberPlan {
  int slots = 1;                  // timed
  std::uint64_t warm_loops = 0;   // untimed, before each slot
  std::uint64_t first_loops = 0;  // untimed, before the first slot
  double seconds = 0;             // all of these together
};

// Usually limits.slots slots, each after a quarter of a slot; two slots' worth of loops at first. A loop longer than a slot would
// make its block longer than the others', so it gets fewer slots; one far longer (limits.warm_loop_s) is not warmed; a slow one gets
// exactly one slot. `at_least_s`: the first warm-up's least length.
MemberPlan plan_member(const Verification& check, const Limits& limits, double at_least_s);

}  // namespace m1bench
