// SPDX-License-Identifier: Apache-2.0
#include "session/cost.hpp"

#include <algorithm>
#include <cmath>

namespace m1bench {
namespace {

std::uint64_t whole_loops(double loops) { return static_cast<std::uint64_t>(std::ceil(loops)); }

int slots_that_fit(double slot_s, const Limits& limits) {
  return limits.slots * slot_s <= limits.slots_s ? limits.slots : std::max(limits.least_slots, static_cast<int>(limits.slots_s / slot_s));
}

}  // namespace

MemberPlan plan_member(const Verification& check, const Limits& limits, double at_least_s) {
  MemberPlan plan;
  const auto loops = static_cast<double>(check.loops);
  if (!check.slow) plan.slots = slots_that_fit(check.loop_s * loops, limits);
  if (!check.slow && check.loop_s <= limits.warm_loop_s) {
    plan.warm_loops = whole_loops(limits.warm_slot_share * loops);
    const double least = check.loop_s > 0 ? at_least_s / check.loop_s : 0;
    plan.first_loops = whole_loops(std::max(limits.warm_up_slots * loops, least));
  }
  if (limits.warm_up_loops) plan.first_loops = *limits.warm_up_loops;
  const double all = plan.slots * (loops + static_cast<double>(plan.warm_loops)) + static_cast<double>(plan.first_loops);
  plan.seconds = all * check.loop_s;
  return plan;
}

}  // namespace m1bench
