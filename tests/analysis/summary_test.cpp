// SPDX-License-Identifier: Apache-2.0
#include "analysis/summary.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "report/sample_runs.hpp"
#include "stats/robust.hpp"

namespace m1bench {
namespace {

TargetBlock entry(const std::string& target, std::uint64_t loops, std::vector<double> wall_s) {
  TargetBlock result;
  result.target = target;
  result.loops = loops;
  result.cpu_s = wall_s;
  result.wall_s = std::move(wall_s);
  return result;
}

// Three blocks; what each pair of them says can be computed by hand.
Run three_blocks() {
  Run run;
  run.session.baseline = "a/native";
  for (const char* name : {"a/native", "b/native"}) {
    Target target;
    target.name = name;
    target.available = true;
    run.targets.push_back(target);
  }
  run.cases.emplace_back().name = "x";
  run.cases[0].flop = 600;
  for (int b = 0; b < 3; ++b) {
    const double drift = 1 << b;  // the machine slows down by half each time, for both alike
    // Per loop, the baseline takes 1, 2, 4 s and the other 3, 6, 12 s; loops differ and each side has an outlier in a slot of its own.
    Block block;
    block.case_name = "x";
    block.targets = {entry("a/native", 10, {10 * drift, 10 * drift, 900, 10 * drift, 10 * drift}),
                     entry("b/native", 2, {6 * drift, 1e-9, 6 * drift, 6 * drift, 6 * drift})};
    run.blocks.push_back(block);
  }
  return run;
}

TEST(Summary, PairsWithinBlocksAndDividesByLoops) {
  const Summary summary = summarise(three_blocks());
  ASSERT_EQ(summary.cases.size(), 1u);
  const CaseSummary& item = summary.cases[0];
  EXPECT_DOUBLE_EQ(item.baseline.loop_s.value(), 2);
  EXPECT_DOUBLE_EQ(item.baseline.rate.value(), 300);
  EXPECT_DOUBLE_EQ(item.others.at(0).loop_s.value(), 6);
  EXPECT_NEAR(item.others[0].ratio->ratio(), 3, 1e-12) << "the drift cancels in each block";
  EXPECT_NEAR(item.others[0].ratio->half_width.value(), 0, 1e-12);
  EXPECT_EQ(item.others[0].verdict, Verdict::slower);
  EXPECT_FALSE(item.baseline.ratio);
}

TEST(Summary, SwappingTheBaselineMirrorsExactly) {
  m1bench::Run run = linux_run();
  const Summary there = summarise(run);
  run.session.baseline = "x86_64-v2/native";
  const Summary back = summarise(run);
  for (std::size_t i = 0; i < there.cases.size(); ++i) {
    EXPECT_EQ(there.cases[i].others[0].ratio->log_ratio, -back.cases[i].others[0].ratio->log_ratio);
    EXPECT_EQ(there.cases[i].others[0].ratio->half_width, back.cases[i].others[0].ratio->half_width);
  }
}

TEST(Summary, BlocksWithoutAPairAreNotUsed) {
  m1bench::Run run = three_blocks();
  run.blocks[0].targets.pop_back();                  // the other target missed it
  run.blocks[1].targets[1].wall_s = {0, 0, 0};       // a timer that stood still
  const TargetSummary other = summarise(run).cases[0].others[0];
  EXPECT_EQ(other.blocks, 1);
  EXPECT_EQ(other.ratio->blocks, 1);
  EXPECT_FALSE(other.ratio->half_width);
  EXPECT_EQ(other.verdict, Verdict::unsure);
}

TEST(Summary, WhatIsNotRightHasNoRatio) {
  struct Row {
    CheckStatus status;
    Outcome outcome;
  };
  for (const Row row : {Row{CheckStatus::wrong, Outcome::wrong},
                        {CheckStatus::failed, Outcome::failed},
                        {CheckStatus::skipped, Outcome::skipped}}) {
    for (const char* target : {"a/native", "b/native"}) {
      m1bench::Run run = three_blocks();
      Verification check;
      check.case_name = "x";
      check.target = target;
      check.status = row.status;
      check.cause = "why";
      run.verifications = {check};
      const Summary summary = summarise(run);
      EXPECT_FALSE(summary.cases[0].others[0].ratio);
      EXPECT_EQ(summary.compared, 0);
      EXPECT_EQ(summary.overall.at(0).cases, 0);
      ASSERT_EQ(summary.problems.size(), 1u);
      EXPECT_EQ(summary.problems[0].outcome, row.outcome);
      EXPECT_EQ(summary.problems[0].target, target);
      EXPECT_EQ(summary.problems[0].cause, "why");
    }
  }
}

TEST(Summary, AFailureAfterVerificationCountsAsFailed) {
  m1bench::Run run = three_blocks();
  run.failures = {{"x", "b/native", "died", "restart"}};
  const Summary summary = summarise(run);
  EXPECT_EQ(summary.cases[0].others[0].outcome, Outcome::failed);
  EXPECT_FALSE(summary.cases[0].others[0].ratio);
  EXPECT_TRUE(summary.cases[0].baseline.loop_s);
}

TEST(Summary, TheMeansIntervalAddsUpIndependentErrors) {
  const Summary summary = summarise(linux_run());
  double squares = 0;
  for (const CaseSummary& item : summary.cases) squares += std::pow(*item.others[0].ratio->half_width, 2);
  ASSERT_TRUE(summary.overall[0].half_width);
  EXPECT_DOUBLE_EQ(*summary.overall[0].half_width, std::hypot(std::sqrt(squares) / 5, std::log1p(kNoiseFloor)));
  EXPECT_FALSE(summary.overall[1].half_width) << "one of its cases has one block";
}

TEST(Summary, OverallIsTheGeometricMeanWithItsEnds) {
  const Summary summary = summarise(linux_run());
  ASSERT_EQ(summary.overall.size(), 2u) << "an unavailable target has no column";
  std::vector<double> ratios;
  for (const CaseSummary& item : summary.cases) ratios.push_back(item.others[0].ratio->ratio());
  EXPECT_EQ(summary.overall[0].cases, 5);
  EXPECT_DOUBLE_EQ(summary.overall[0].ratio, geometric_mean(ratios));
  EXPECT_EQ(summary.overall[0].best_case, "train/cifar-mlp");
  EXPECT_EQ(summary.overall[0].worst_case, "softmax/32x1000");
  EXPECT_EQ(summary.overall[1].cases, 2);
  EXPECT_EQ(summary.problems.size(), 4u);
  EXPECT_EQ(summary.fewest_blocks, 1);
  EXPECT_EQ(summary.most_blocks, 12);
  EXPECT_DOUBLE_EQ(summary.time_spent_s, 208);
}

TEST(Summary, OfNothing) {
  const Summary summary = summarise(m1bench::Run{});
  EXPECT_TRUE(summary.cases.empty());
  EXPECT_EQ(summary.most_blocks, 0);
}

TEST(Summary, AnAnswerThatChangedInABlockHasNoTime) {
  m1bench::Run run = three_blocks();
  for (const char* name : {"a/native", "b/native"}) {
    Verification& check = run.verifications.emplace_back();
    check.case_name = "x";
    check.target = name;
    check.status = CheckStatus::right;
    check.output_checksum = "right";
  }
  EXPECT_EQ(summarise(run).cases.at(0).others.at(0).outcome, Outcome::measured);
  run.blocks[1].targets[1].checksum = "other";
  const Summary summary = summarise(run);
  EXPECT_EQ(summary.cases.at(0).others.at(0).outcome, Outcome::wrong);
  EXPECT_FALSE(summary.cases.at(0).others.at(0).ratio);
}

}  // namespace
}  // namespace m1bench
