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
      {"as usual", 1e-3, 20, false, 0, 6, 5, 40, 0.19},
      {"the session's first block", 1e-3, 20, false, 1, 6, 5, 1000, 1.15},
      {"a loop as long as a slot", 0.02, 1, false, 0, 6, 1, 2, 0.28},
      {"a loop as long as five", 0.1, 1, false, 0, 6, 1, 2, 1.4},
      {"longer: fewer slots, no warm runs", 0.2, 1, false, 0, 3, 0, 0, 0.6},
      {"much longer", 0.49, 1, false, 0, 1, 0, 0, 0.49},
      {"much longer, first block", 0.49, 1, false, 1, 1, 0, 0, 0.49},
      {"longer than all slots", 0.9, 1, false, 0, 1, 0, 0, 0.9},
      {"slow", 7, 1, true, 1, 1, 0, 0, 7},
      {"a clock that stands still", 0, 8, false, 1, 6, 2, 16, 0},
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

}  // namespace
}  // namespace m1bench
