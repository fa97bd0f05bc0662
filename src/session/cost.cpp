// SPDX-License-Identifier: Apache-2.0
#include "session/cost.hpp"

#include <algorithm>
#include <cmath>

namespace m1bench {
namespace {

std::uint64_t whole_loops(double loops) { return static_cast<std::uint64_t>(std::ceil(loops)); }

}  // namespace

MemberPlan plan_member(const Verification& check, const Limits& limits, double at_least_s) {
  MemberPlan plan;
  const double long_s = limits.long_slots * limits.slot_s;
  const auto loops = static_cast<double>(check.loops);
  if (!check.slow && check.loop_s > long_s) {
    plan.slots = std::max(1, static_cast<int>(limits.slots * long_s / check.loop_s));
  } else if (!check.slow) {
    plan.slots = limits.slots;
    plan.warm_loops = whole_loops(limits.warm_slot_share * loops);
    const double least = check.loop_s > 0 ? at_least_s / check.loop_s : 0;
    plan.first_loops = whole_loops(std::max(limits.warm_up_slots * loops, least));
  }
  const double all = plan.slots * (loops + static_cast<double>(plan.warm_loops)) + static_cast<double>(plan.first_loops);
  plan.seconds = all * check.loop_s;
  return plan;
}

}  // namespace m1bench
