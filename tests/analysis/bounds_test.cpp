// SPDX-License-Identifier: Apache-2.0
#include "analysis/bounds.hpp"

#include <gtest/gtest.h>

#include <string>

#include "analysis/summary.hpp"

namespace m1bench {
namespace {

struct Work {
  const char* name;
  const char* dtype;
  RateUnit rate;
  double flop, bytes;
  double native_s, translated_s;
};

void add_target(Run& run, const std::string& name) {
  Target& target = run.targets.emplace_back();
  target.name = name;
  target.available = true;
}

void add_entry(Block& block, const std::string& target, double loop_s) {
  TargetBlock& entry = block.targets.emplace_back();
  entry.target = target;
  entry.loops = 1;
  entry.wall_s = entry.cpu_s = {loop_s, loop_s};
}

// What `rows` say, measured once on two targets.
Run run_of(std::initializer_list<Work> rows) {
  Run run;
  run.session.baseline = "native";
  add_target(run, "native");
  add_target(run, "translated");
  for (const Work& row : rows) {
    const std::string name = row.name;
    Case& item = run.cases.emplace_back();
    item.name = name;
    item.family = name.substr(0, name.find('/'));
    item.dtype = row.dtype;
    item.rate = row.rate;
    item.flop = row.flop;
    item.bytes = row.bytes;
    item.samples = row.rate == RateUnit::samples ? 32 : 0;
    Block& block = run.blocks.emplace_back();
    block.case_name = name;
    add_entry(block, "native", row.native_s);
    add_entry(block, "translated", row.translated_s);
  }
  return run;
}

constexpr Work kPeak{"bound/f32", "f32", RateUnit::flops, 100, 0, 1, 10};    // 100 and 10 flop/s
constexpr Work kTriad{"bound/triad", "f64", RateUnit::bytes, 7, 80, 1, 2};   // 80 and 40 B/s
constexpr Work kPeakI8{"bound/i8", "i8", RateUnit::ops, 400, 0, 1, 4};       // 400 and 100 op/s

struct Shares {
  std::optional<double> native, translated;
};
Shares shares_of(const Run& run, const std::string& name) {
  for (const CaseSummary& item : summarise(run).cases) {
    if (item.name == name) return {item.baseline.share_of_bound, item.others.at(0).share_of_bound};
  }
  return {};
}

TEST(Bounds, AreThoseOfTheTargetItself) {
  const m1bench::Run run = run_of({kPeak, kTriad, kPeakI8,
                          {"matmul/f32/9", "f32", RateUnit::flops, 200, 0, 4, 80},
                          {"elementwise/add", "f32", RateUnit::bytes, 9, 60, 1, 1},
                          {"softmax/small", "f32", RateUnit::bytes, 0, 400, 1, 1},
                          {"train/mlp", "f32", RateUnit::samples, 100, 0, 4, 20},
                          {"matmul/i8/9", "i8", RateUnit::ops, 100, 0, 1, 1}});
  struct Row {
    const char* name;
    double native, translated;
  };
  for (const Row& row : {Row{"matmul/f32/9", 0.5, 0.25},
                         {"elementwise/add", 0.75, 1.5},
                         {"softmax/small", 5, 10},    // from a cache
                         {"train/mlp", 0.25, 0.5},    // by its flop, though its rate is samples
                         {"matmul/i8/9", 0.25, 1}}) {
    const Shares shares = shares_of(run, row.name);
    EXPECT_NEAR(shares.native.value_or(-1), row.native, 1e-12) << row.name;
    EXPECT_NEAR(shares.translated.value_or(-1), row.translated, 1e-12) << row.name;
  }
  EXPECT_TRUE(summarise(run).bounded);
}

TEST(Bounds, WithoutTheRightOneThereIsNoShare) {
  const Work f64{"matmul/f64/9", "f64", RateUnit::flops, 1, 0, 1, 1}, launch{"startup/noop", "f32", RateUnit::flops, 0, 0, 1, 1};
  const m1bench::Run run = run_of({kPeak, kTriad, f64, launch});
  for (const char* name : {"matmul/f64/9", "startup/noop", "bound/f32", "bound/triad"}) {
    EXPECT_FALSE(shares_of(run, name).native) << name;
    EXPECT_FALSE(shares_of(run, name).translated) << name;
  }
  EXPECT_FALSE(summarise(run).bounded);
}

TEST(Bounds, HoldForTheirNumberOfThreads) {
  const Work product{"matmul/f32/9", "f32", RateUnit::flops, 200, 0, 4, 80};
  m1bench::Run run = run_of({kPeak, product});
  EXPECT_TRUE(shares_of(run, product.name).native);
  run.cases[0].threads = 2;
  EXPECT_FALSE(shares_of(run, product.name).native);
}

TEST(Bounds, AWrongAnswerOfTheBoundOnATargetLeavesItsSharesOpen) {
  const Work product{"matmul/f32/9", "f32", RateUnit::flops, 200, 0, 4, 80};
  m1bench::Run run = run_of({kPeak, product});
  Verification& check = run.verifications.emplace_back();
  check.case_name = kPeak.name;
  check.target = "translated";
  check.status = CheckStatus::wrong;
  const Shares shares = shares_of(run, product.name);
  EXPECT_TRUE(shares.native);
  EXPECT_FALSE(shares.translated);
}

// Shards: cases take turns, so the bound is the first machine's and the product the second's.
TEST(Bounds, AreOfOneMachine) {
  const Work product{"matmul/f32/9", "f32", RateUnit::flops, 200, 0, 4, 80};
  m1bench::Run run = run_of({kPeak, product});
  run.session.merged.resize(2);
  EXPECT_FALSE(shares_of(run, product.name).native) << "nobody knows";
  run.session.merged[0].machine.id = "one";
  run.session.merged[1].machine.id = "other";
  EXPECT_FALSE(shares_of(run, product.name).native);
  run.session.merged[1].machine.id = "one";
  EXPECT_TRUE(shares_of(run, product.name).native);
}

TEST(Bounds, HaveNoPartInTheMean) {
  const Summary summary = summarise(run_of({kPeak, {"matmul/f32/9", "f32", RateUnit::flops, 200, 0, 4, 8}}));
  EXPECT_EQ(summary.overall.at(0).cases, 1);
  EXPECT_DOUBLE_EQ(summary.overall[0].ratio, 2);
  EXPECT_TRUE(summary.cases.at(0).others.at(0).ratio) << "a ratio of their own they have";
  EXPECT_EQ(summary.compared, 2);
}

}  // namespace
}  // namespace m1bench
