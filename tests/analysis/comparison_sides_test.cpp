// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <cmath>

#include "analysis/comparison.hpp"
#include "analysis/gate_runs.hpp"

// The two sides of one run of `ab`.
namespace m1bench {
namespace {

using Record = m1bench::Run;  // testing::Test has a Run of its own
using Names = std::vector<std::string>;

constexpr Sample kFirst{.seed = 1}, kSecond{.seed = 21, .blocks = 16, .stage = 2};

std::string decisions(const Comparison& comparison) {
  std::string text;
  for (const Change& change : comparison.changes) text += (text.empty() ? "" : " ") + std::string(name_of(change.decision));
  return text;
}

TEST(ComparisonOfSides, TellsSlowdownsApart) {
  const struct {
    const char* name;
    double slower, margin;
    const char* want;
  } kRows[] = {
      {"A/A", 1, 0.05, "ok ok ok"},
      {"+1 %", 1.01, 0.05, "ok ok ok"},
      {"+3 %", 1.03, 0.05, "ok ok ok"},
      {"+5 %", 1.05, 0.05, "unsure ok ok"},
      {"+10 %", 1.10, 0.05, "regressed ok ok"},
      {"+5 %, strict", 1.05, 0.03, "regressed ok ok"},
      {"-20 %", 0.8, 0.03, "ok ok ok"},
  };
  for (const auto& row : kRows) {
    const Record run = ab_run("ab", kFirst, {{kGateMatmul, row.slower}});
    const Comparison comparison = compare_sides(run, {.margin = row.margin});
    EXPECT_EQ(comparison.pairing, Pairing::blocks);
    EXPECT_EQ(decisions(comparison), row.want) << row.name;
    const Change& change = comparison.changes.at(0);
    EXPECT_EQ(change.target, kGateOther) << "without its side";
    EXPECT_NEAR(change.log_change.value(), std::log(row.slower), 0.005) << row.name;
    EXPECT_NEAR(change.base_loop_s.value(), 590e-6, 60e-6);
    EXPECT_FALSE(change.confirmed);
    const bool doubtful = std::string(row.want) != "ok ok ok";
    EXPECT_EQ(cases_to_confirm(run, {.margin = row.margin}), doubtful ? Names{kGateMatmul} : Names()) << row.name;
  }
}

TEST(ComparisonOfSides, WhatNeitherSideMeasuredIsNoPass) {
  Record run = ab_run("ab", kFirst);
  std::erase_if(run.blocks, [](const Block& block) { return block.case_name == kGateAdd; });
  run.session.stop_reason = "budget";
  const Comparison comparison = compare_sides(run, {});
  EXPECT_EQ(decisions(comparison), "ok unsure ok");
  EXPECT_EQ(comparison.changes.at(1).cause, "not measured: the time budget was used up before its turn");
  EXPECT_EQ(cases_to_confirm(run, {}), Names()) << "there is no time for it";
}

TEST(ComparisonOfSides, SeesWhatSlowsAllTargetsAlike) {
  const Comparison comparison =
      compare_sides(ab_run("ab", kFirst, {{kGateMatmul, 1.2}, {kGateAdd, 1.2}, {kGateSoftmax, 1.2}}), {});
  EXPECT_EQ(decisions(comparison), "regressed regressed regressed");
}

TEST(ComparisonOfSides, SwappingTheSidesNegatesExactly) {
  const Record run = ab_run("ab", kFirst, {{kGateMatmul, 1.1}});
  Record swapped = run;
  const auto swap_name = [](std::string& name) {
    name = (name.starts_with("base:") ? "head:" : "base:") + std::string(without_side(name));
  };
  for (Target& target : swapped.targets) {
    swap_name(target.name);
    target.side = target.side == "base" ? "head" : "base";
  }
  for (Verification& check : swapped.verifications) swap_name(check.target);
  for (Block& block : swapped.blocks) {
    for (TargetBlock& entry : block.targets) swap_name(entry.target);
  }
  swap_name(swapped.session.baseline);
  const Comparison there = compare_sides(run, {}), back = compare_sides(swapped, {});
  ASSERT_EQ(there.changes.size(), back.changes.size());
  for (std::size_t i = 0; i < there.changes.size(); ++i) {
    EXPECT_EQ(there.changes[i].log_change.value(), -back.changes[i].log_change.value());
    EXPECT_EQ(there.changes[i].half_width, back.changes[i].half_width);
  }
}

TEST(ComparisonOfSides, TheSecondSampleDecidesAlone) {
  const GateOptions strict{.margin = 0.03};
  const struct {
    const char* name;
    double first, second;
    const char* want;
    Names doubtful;
  } kRows[] = {
      {"a false alarm", 1.1, 1, "ok ok ok", {kGateMatmul}},
      {"a slowdown", 1.1, 1.1, "regressed ok ok", {kGateMatmul}},
      {"doubt that was right", 1.03, 1.05, "regressed ok ok", {kGateMatmul}},
      {"doubt that stays", 1.1, 1.03, "unsure ok ok", {kGateMatmul}},
      {"what nobody doubted", 1, 1.1, "regressed ok ok", {}},
  };
  for (const auto& row : kRows) {
    Record run = ab_run("ab", kFirst, {{kGateMatmul, row.first}});
    const Comparison before = compare_sides(run, strict);
    add_ab_blocks(run, kGateMatmul, kSecond, row.second);
    const Comparison after = compare_sides(run, strict);
    EXPECT_EQ(decisions(after), row.want) << row.name;
    EXPECT_TRUE(after.changes[0].confirmed);
    EXPECT_EQ(after.changes[0].margin, 0.03);
    EXPECT_EQ(after.changes[0].base_blocks, 16);
    EXPECT_NEAR(after.changes[0].log_change.value(), std::log(row.second), 0.005) << row.name;
    EXPECT_EQ(after.changes[0].adjusted_p, after.changes[0].p) << "the only one of its family";
    EXPECT_FALSE(after.changes[1].confirmed);
    EXPECT_EQ(after.changes[1].adjusted_p, before.changes[1].adjusted_p) << "what stays, stays as it was";
    EXPECT_EQ(cases_to_confirm(run, strict), row.doubtful) << row.name << ": the first sample's doubt is its own";
  }
}

// The same slots are a little less certain where looking at them said when to stop.
TEST(ComparisonOfSides, OnlyTheFirstSamplePaysForLooking) {
  Record run = ab_run("ab", kFirst);
  const Comparison first = compare_sides(run, {});
  for (Block& block : run.blocks) block.stage = 2;
  const Comparison second = compare_sides(run, {});
  EXPECT_DOUBLE_EQ(first.changes[0].half_width.value(), 1.12 * second.changes[0].half_width.value());
}

TEST(ComparisonOfSides, ASecondSampleThatIsTooSmallIsUnsure) {
  Record run = ab_run("ab", kFirst, {{kGateMatmul, 1.1}});
  add_ab_blocks(run, kGateMatmul, {.seed = 21, .blocks = 2, .stage = 2}, 1.1);
  const Change change = compare_sides(run, {}).changes.at(0);
  EXPECT_EQ(change.decision, Decision::unsure);
  EXPECT_EQ(change.cause, "its second sample has too few blocks to decide on");
  EXPECT_FALSE(change.confirmed);
  EXPECT_NEAR(change.log_change.value(), std::log(1.1), 0.01) << "what the first sample says is still shown";
}

TEST(ComparisonOfSides, RepeatedBlocksDoNotCount) {
  Record run = ab_run("ab", kFirst);
  for (std::size_t i = 0; i < 4; ++i) {
    run.blocks[i].superseded = true;
    for (double& wall : run.blocks[i].targets[1].wall_s) wall *= 3;
  }
  const Change change = compare_sides(run, {}).changes.at(0);
  EXPECT_EQ(change.head_blocks, 8);
  EXPECT_EQ(change.decision, Decision::ok);
}

TEST(ComparisonOfSides, NothingThatBaseHasGoesMissingInSilence) {
  Record run = ab_run("ab", kFirst);
  const std::string head = std::string("head:") + kGateOther, base = std::string("base:") + kGateOther;
  run.failures = {{kGateMatmul, head, "SIGILL", "rebuild it"},
                  {kGateAdd, base, "SIGSEGV", ""},
                  {kGateSoftmax, head, "wrong answer: changed", ""}};
  add_ab_blocks(run, kGateMatmul, kSecond, 1);
  const Comparison comparison = compare_sides(run, {});
  EXPECT_EQ(decisions(comparison), "missing wrong");
  EXPECT_EQ(comparison.changes[0].cause, "SIGILL");
  EXPECT_EQ(comparison.changes[0].remedy, "rebuild it");
  EXPECT_EQ(comparison.changes[1].cause, "head: changed");
  EXPECT_EQ(comparison.only_in_head, Names{"elementwise/add on x86_64-v2/native"});
  EXPECT_TRUE(cases_to_confirm(run, {}).empty());
}

TEST(ComparisonOfSides, ACaseIsConfirmedOnceForAllItsTargets) {
  const std::vector<LoopTime> times = {
      {"base:a/native", 1e-3}, {"head:a/native", 1.1e-3}, {"base:b/native", 2e-3}, {"head:b/native", 2.2e-3}};
  Record run = gate_run("ab", {"base:a/native", "head:a/native", "base:b/native", "head:b/native"});
  for (const char* name : {"one", "two"}) {
    add_case(run, name, times);
    add_blocks(run, name, times, kFirst);
  }
  EXPECT_EQ(cases_to_confirm(run, {}), (Names{"one", "two"}));
  add_blocks(run, "two", times, kSecond);
  const Comparison comparison = compare_sides(run, {});
  ASSERT_EQ(comparison.changes.size(), 4u);
  EXPECT_EQ(comparison.changes[2].case_name, "two");
  EXPECT_EQ(comparison.changes[2].target, "a/native");
  EXPECT_EQ(comparison.changes[3].target, "b/native");
  EXPECT_FALSE(comparison.changes[1].confirmed);
  EXPECT_TRUE(comparison.changes[2].confirmed && comparison.changes[3].confirmed);
}

TEST(ComparisonOfSides, UnlikeSidesAreNotCompared) {
  Record run = ab_run("ab", kFirst, {{kGateMatmul, 1.1}});
  run.targets[1].slice = "x86_64-v3";
  const Comparison refused = compare_sides(run, {});
  EXPECT_EQ(refused.unlike.size(), 1u);
  EXPECT_EQ(decisions(refused), "");
  EXPECT_TRUE(cases_to_confirm(run, {}).empty());
  EXPECT_EQ(decisions(compare_sides(run, {.force = true})), "regressed ok ok");
}

TEST(ComparisonOfSides, AreToldFromOtherRuns) {
  EXPECT_TRUE(has_sides(ab_run("ab", kFirst)));
  EXPECT_FALSE(has_sides(usual_run("run", kFirst)));
}

}  // namespace
}  // namespace m1bench
