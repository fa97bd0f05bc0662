// SPDX-License-Identifier: Apache-2.0
#include "session/slow_budget.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <vector>

namespace m1bench {
namespace {

Limits shares(double slow_share, double slow_case_share) {
  Limits limits;
  limits.slow_share = slow_share;
  limits.slow_case_share = slow_case_share;
  return limits;
}

TEST(SlowBudget, AdmitsWhatFitsACaseAndWhatIsLeft) {
  SlowBudget budget(100, shares(0.5, 0.4));  // 50 s in all, 20 s a case
  EXPECT_TRUE(budget.admits(20));
  EXPECT_FALSE(budget.admits(20.1));
  budget.spend(20);
  budget.spend(20);
  EXPECT_DOUBLE_EQ(budget.left_s(), 10);
  EXPECT_TRUE(budget.admits(10));
  EXPECT_FALSE(budget.admits(10.1)) << "no more than is left";
  budget.spend(15);
  EXPECT_FALSE(budget.admits(0.1)) << "a wrong guess was spent";
}

TEST(SlowBudget, WithoutALimitAdmitsEverything) {
  SlowBudget budget(0, shares(0.5, 0.4));
  budget.spend(1e9);
  EXPECT_TRUE(budget.unlimited());
  EXPECT_TRUE(budget.admits(1e12));
}

const Kin kMatmul{"matmul", false}, kConv{"conv2d", false}, kReduce{"reduce", true}, kElementwise{"elementwise", true};

TEST(SlowBudget, PredictsOnlyWhatItLearned) {
  SlowBudget budget(100, shares(0.5, 0.4));
  EXPECT_FALSE(budget.predict(kMatmul, 1).has_value());
  budget.learn(kMatmul, 0, 5);  // a clock that stood still tells nothing
  EXPECT_FALSE(budget.predict(kMatmul, 1).has_value());
  budget.learn(kMatmul, 0.01, 1);
  EXPECT_DOUBLE_EQ(budget.predict(kMatmul, 0.5).value(), 50);
  EXPECT_DOUBLE_EQ(budget.predict(kConv, 0.5).value(), 50) << "another family serves until there is one of its own";
  budget.learn(kConv, 0.01, 0.02);
  EXPECT_DOUBLE_EQ(budget.predict(kConv, 0.5).value(), 1);
  EXPECT_DOUBLE_EQ(budget.predict(kMatmul, 0.5).value(), 50);
}

TEST(SlowBudget, ArithmeticPredictsNothingOfWhatStreams) {
  SlowBudget budget(100, shares(0.5, 0.4));
  budget.learn(kMatmul, 0.01, 4);
  EXPECT_FALSE(budget.predict(kReduce, 0.01).has_value());
  budget.learn(kElementwise, 0.01, 0.1);
  EXPECT_DOUBLE_EQ(budget.predict(kReduce, 0.01).value(), 0.1);
  EXPECT_DOUBLE_EQ(budget.predict(kConv, 0.01).value(), 4);
  SlowBudget streams(100, shares(0.5, 0.4));
  streams.learn(kReduce, 0.01, 0.1);
  EXPECT_DOUBLE_EQ(streams.predict(kConv, 0.01).value(), 0.1) << "better than nothing: what it computes may take minutes";
}

TEST(SlowBudget, ABoundIsKinToWhatReachesIt) {
  Case triad, peak;
  triad.family = peak.family = "bound";
  triad.rate = RateUnit::bytes;
  EXPECT_EQ(kin_of(triad), kElementwise);
  EXPECT_EQ(kin_of(peak), (Kin{"bound", false}));
}

TEST(SlowBudget, AnOutlierDoesNotRuleItsFamily) {
  SlowBudget budget(100, shares(0.5, 0.4));
  for (const double factor : {9.0, 10.0, 11.0, 400.0, 10.0}) budget.learn(kElementwise, 1, factor);
  EXPECT_DOUBLE_EQ(budget.predict(kElementwise, 2).value(), 20);
}

TEST(RationBlocks, OneEachThenTheCheapestFirst) {
  struct Row {
    const char* name;
    std::vector<RationedMember> members;
    double left_s;
    std::vector<int> want;
  };
  const Row rows[] = {
      {"nothing", {}, 100, {}},
      {"everything fits", {{1, 3}, {2, 3}, {3, 3}}, 100, {3, 3, 3}},
      {"without a limit", {{1, 40}, {2, 3}}, std::numeric_limits<double>::infinity(), {40, 3}},
      {"one each even if nothing is left", {{1, 3}, {2, 3}}, 0, {1, 1}},
      {"one each even if less than nothing is left", {{1, 3}, {2, 3}}, -5, {1, 1}},
      {"the cheapest gets a second", {{3, 3}, {1, 3}, {2, 3}}, 7.5, {1, 2, 1}},
      {"then the others, then a third", {{3, 3}, {1, 3}, {2, 3}}, 6 + 6 + 1.5, {2, 3, 2}},
      {"no more than each may have", {{1, 1}, {1, 2}}, 100, {1, 2}},
      {"what is dear does not keep the cheap from its third", {{1, 3}, {10, 3}}, 11 + 2.5, {3, 1}},
  };
  for (const Row& row : rows) EXPECT_EQ(ration_blocks(row.members, row.left_s), row.want) << row.name;
}

}  // namespace
}  // namespace m1bench
