// SPDX-License-Identifier: Apache-2.0
#include "session/cost.hpp"

#include <gtest/gtest.h>

namespace m1bench {
namespace {

TEST(PlanMember, ByTheLengthOfALoop) {
  struct Row {
    const char* name;
    double loop_s;
    std::uint64_t loops;
    bool slow;
    double at_least_s;
    int slots;
    std::uint64_t warm_loops, first_loops;
    double seconds;
  };
  const Row rows[] = {
      {"as usual", 1e-3, 5, false, 0, 24, 2, 10, 0.178},
      {"the session's first block", 1e-3, 5, false, 1, 24, 2, 1000, 1.168},
      {"a loop as long as a slot", 0.005, 1, false, 0, 24, 1, 2, 0.25},
      {"as long as 24 slots allow", 0.012, 1, false, 0, 24, 1, 2, 0.6},
      {"longer: fewer slots", 0.02, 1, false, 0, 15, 1, 2, 0.64},
      {"long enough to warm itself", 0.11, 1, false, 0, 2, 0, 0, 0.22},
      {"much longer", 0.29, 1, false, 0, 1, 0, 0, 0.29},
      {"much longer, first block", 0.49, 1, false, 1, 1, 0, 0, 0.49},
      {"slow", 7, 1, true, 1, 1, 0, 0, 7},
      {"a clock that stands still", 0, 8, false, 1, 24, 2, 16, 0},
  };
  for (const Row& row : rows) {
    Verification check;
    check.loop_s = row.loop_s;
    check.loops = row.loops;
    check.slow = row.slow;
    const MemberPlan plan = plan_member(check, Limits{}, row.at_least_s);
    EXPECT_EQ(plan.slots, row.slots) << row.name;
    EXPECT_EQ(plan.warm_loops, row.warm_loops) << row.name;
    EXPECT_EQ(plan.first_loops, row.first_loops) << row.name;
    EXPECT_NEAR(plan.seconds, row.seconds, 1e-9) << row.name;
  }
}

TEST(PlanMember, OfAProgramAlternatesAndWarmsNothingBetweenSlots) {
  Verification check;
  check.loops = 5;
  check.loop_s = 1e-3;
  Limits limits = program_limits(Limits{});
  MemberPlan plan = plan_member(check, limits, 0);
  EXPECT_EQ(plan.slots, 24);
  EXPECT_EQ(plan.warm_loops, 0u);
  EXPECT_EQ(plan.first_loops, 5u);
  limits.warm_up_loops = 3;
  EXPECT_EQ(plan_member(check, limits, 1).first_loops, 3u);
  limits.warm_up_loops.reset();
  check.loops = 1;
  check.loop_s = 0.9;
  EXPECT_EQ(plan_member(check, limits, 0).first_loops, 1u) << "an execution after a move to another CPU is not timed";
  check.loop_s = 1.1;
  EXPECT_EQ(plan_member(check, limits, 0.3).first_loops, 0u) << "nor is one repeated that takes longer than a cold start matters";
  check.loop_s = 7;
  limits.warm_up_loops = 0;
  plan = plan_member(check, limits, 0);
  EXPECT_EQ(plan.slots, 2);
  EXPECT_EQ(plan.first_loops, 0u);
  EXPECT_DOUBLE_EQ(plan.seconds, 14);
}

}  // namespace
}  // namespace m1bench
