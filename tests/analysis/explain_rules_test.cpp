// SPDX-License-Identifier: Apache-2.0
// Each row of the table of rules: where it tells, where a neighbouring value keeps it silent, and what it asks for where its
// facts are missing.
#include <gtest/gtest.h>

#include <cmath>
#include <set>
#include <string>

#include "analysis/explain.hpp"
#include "analysis/explain_runs.hpp"

namespace m1bench {
namespace {

constexpr const char *kArm = "arm64/native", *kV2 = "x86_64-v2/rosetta2", *kV3 = "x86_64-v3/rosetta2";
constexpr const char *kNativeV4 = "x86_64-v4/native", *kNativeV2 = "x86_64-v2/native", *kBox = "x86_64-v2/box64",
                     *kQemu = "arm64/qemu-user";

const TargetExplanation& told_of(const Explanation& explanation, const std::string& case_name, const std::string& target) {
  for (const CaseExplanation& item : explanation.cases) {
    for (const TargetExplanation& told : item.targets) {
      if (item.name == case_name && told.target == target) return told;
    }
  }
  throw std::runtime_error("no " + case_name + " on " + target);
}

// "cause 66", "note", "anomaly -> COMMAND", "missing -> COMMAND", or "" where the rule says nothing.
std::string says(const m1bench::Run& run, const std::string& case_name, const std::string& target, const std::string& code) {
  const Explanation explanation = explain(run);
  for (const Reason& reason : told_of(explanation, case_name, target).reasons) {
    if (reason.code != code) continue;
    std::string text(name_of(reason.kind));
    if (reason.share) text += " " + std::to_string(std::lround(100 * *reason.share));
    return text + (reason.settle.empty() ? "" : " -> " + reason.settle);
  }
  return "";
}

m1bench::Run with(m1bench::Run run, const std::string& case_name, const std::string& target, double loop_s) {
  set_loop(run, case_name, target, loop_s);
  return run;
}

m1bench::Run without(m1bench::Run run, std::initializer_list<const char*> cases) {
  for (const char* name : cases) drop_case(run, name);
  return run;
}

m1bench::Run without_target(m1bench::Run run, const std::string& target) {
  drop_target(run, target);
  return run;
}

m1bench::Run controlled(double ratio) {
  m1bench::Run run = rosetta_run();
  run.targets.push_back(run.targets.front());
  run.targets.back().name = "control:arm64/native";
  run.targets.back().side = "control";
  set_loop(run, "matmul/f32/512", run.targets.back().name, 2.9e-3 * ratio);
  return run;
}

m1bench::Run first_loop(double first_s) {
  m1bench::Run run = rosetta_run();
  for (const auto& [target, loop_s] : {std::pair(kArm, 2.9e-3), std::pair(kV2, first_s)}) {
    Verification& check = run.verifications.emplace_back();
    check.case_name = "matmul/f32/512";
    check.target = target;
    check.status = CheckStatus::right;
    check.loop_s = loop_s;
  }
  return run;
}

m1bench::Run counted(std::uint64_t native, std::uint64_t translated) {
  m1bench::Run run = without(rosetta_run(), {"bound/f32"});
  for (Block& block : run.blocks) {
    for (TargetBlock& entry : block.targets) {
      if (block.case_name != "matmul/f32/512" || entry.target == kV3) continue;
      entry.counters = Counters{};
      entry.counters->loops = 1;
      entry.counters->instructions = entry.target == kArm ? native : translated;
    }
  }
  return run;
}

m1bench::Run qemu_run(double bound_s) {
  return timed_run("x86_64", {kNativeV4, kQemu},
                   {{"matmul/f32/512", {2.7e-3, 1.04}},
                    {"elementwise/add-scalar", {5.8e-3, 59e-3}},
                    {"elementwise/exp", {5e-3, 3.8}},
                    {"bound/f32", {195e-6, bound_s}},
                    {"bound/triad", {9e-3, 88e-3}}});
}

// A case 3 % beyond its baseline's triad that takes 0.4 ms less on the target, whose own triad takes so long.
m1bench::Run beyond_triad(double triad_s) {
  return with(with(with(rosetta_run(), "bound/triad", kV2, triad_s), "elementwise/add", kArm, 3.3e-3), "elementwise/add", kV2, 2.9e-3);
}

struct Row {
  const char* name;
  m1bench::Run run;
  const char *case_name, *target, *code, *want;
};

void expect_rows(const std::vector<Row>& rows) {
  for (const Row& row : rows) EXPECT_EQ(says(row.run, row.case_name, row.target, row.code), row.want) << row.name;
}

TEST(ExplainRules, Anomalies) {
  const m1bench::Run run = rosetta_run();
  expect_rows({
      {"faster by a third", with(run, "matmul/f32/512", kV2, 2.0e-3), "matmul/f32/512", kV2, "translated-faster", "anomaly"},
      {"faster by what a control would show", with(run, "matmul/f32/512", kV2, 2.85e-3), "matmul/f32/512", kV2,
       "translated-faster", "anomaly -> m1bench run matmul/f32/512 --control"},
      {"as fast", with(run, "matmul/f32/512", kV2, 2.9e-3), "matmul/f32/512", kV2, "translated-faster", ""},
      {"native and faster", with(apart_run(), "matmul/f32/512", kNativeV2, 2e-3), "matmul/f32/512", kNativeV2,
       "translated-faster", ""},
      {"the wider tier slower", with(run, "matmul/f32/512", kV3, 9e-3), "matmul/f32/512", kV3, "wider-slower", "anomaly"},
      {"as fast as the lower one", with(run, "matmul/f32/512", kV3, 8.0e-3), "matmul/f32/512", kV3, "wider-slower", ""},
      {"the baseline is the wider tier", with(apart_run(), "matmul/f32/512", kNativeV2, 2e-3), "matmul/f32/512", kNativeV2,
       "wider-slower", "anomaly"},
      {"one tier", without_target(run, kV2), "matmul/f32/512", kV3, "wider-slower", ""},
      {"a launch is no instruction", run, "startup/noop", kV3, "wider-slower", ""},
      {"copies 2 % apart", controlled(1.02), "matmul/f32/512", kV2, "control-bias",
       "anomaly -> m1bench run matmul/f32/512 --control --thorough"},
      {"copies 0.3 % apart", controlled(1.003), "matmul/f32/512", kV2, "control-bias", ""},
      {"told once a case", controlled(1.02), "matmul/f32/512", kV3, "control-bias", ""},
      {"no control", run, "matmul/f32/512", kV2, "control-bias", ""},
  });
}

TEST(ExplainRules, ArithmeticOfOneLeg) {
  const m1bench::Run run = rosetta_run();
  expect_rows({
      {"two times without a fused multiply-add", run, "matmul/f32/512", kV2, "instruction-set", "cause 51"},
      {"and nothing else is", run, "matmul/f32/512", kV2, "translated-arithmetic", ""},
      {"more than the instructions can cost", with(run, "bound/f32", kV2, 500e-6), "matmul/f32/512", kV2, "instruction-set", ""},
      {"is the translator's", with(run, "bound/f32", kV2, 500e-6), "matmul/f32/512", kV2, "translated-arithmetic", "cause 67"},
      {"AVX2 lacks nothing", run, "matmul/f32/512", kV3, "instruction-set", ""},
      {"so it is translated", run, "matmul/f32/512", kV3, "translated-arithmetic", "cause 30"},
      {"no bound", without(run, {"bound/f32"}), "matmul/f32/512", kV2, "translated-arithmetic",
       "missing -> m1bench run bound/f32 matmul/f32/512"},
      {"no bound, natively", without(apart_run(), {"bound/f32"}), "matmul/f32/512", kNativeV2, "instruction-set",
       "missing -> m1bench run bound/f32 matmul/f32/512"},
      {"native tiers", apart_run(), "matmul/f32/512", kNativeV2, "instruction-set", "cause 61"},
      {"training has arithmetic", run, "train/cifar-mlp", kV2, "instruction-set", "cause 48"},
      {"data has none that shows", run, "elementwise/add", kV2, "instruction-set", ""},
  });
}

TEST(ExplainRules, ArithmeticInSoftware) {
  // One number at a time: 4 times fewer at once than x86_64-v4, times 4 lanes, times 2, is 32.
  const m1bench::Run software = qemu_run(76e-3), vectors = qemu_run(31 * 195e-6);
  expect_rows({
      {"beyond 32 times", software, "matmul/f32/512", kQemu, "software-arithmetic", "cause 89"},
      {"just within", vectors, "matmul/f32/512", kQemu, "software-arithmetic", ""},
      {"which is then translated", vectors, "matmul/f32/512", kQemu, "translated-arithmetic", "cause 7"},
      {"shows in what memory hides natively", software, "elementwise/add-scalar", kQemu, "software-arithmetic", "cause 100"},
      {"and is not taken for memory", software, "elementwise/add-scalar", kQemu, "memory", ""},
      {"no bound, so memory is not blamed", without(software, {"bound/f32"}), "elementwise/add-scalar", kQemu, "memory",
       "missing -> m1bench run bound/f32 bound/triad elementwise/add-scalar"},
  });
}

TEST(ExplainRules, IntegersMemoryAndFunctions) {
  const m1bench::Run run = rosetta_run();
  expect_rows({
      {"int8 7 times where f32 takes 2", run, "matmul/i8/1024", kV2, "dot-product", "cause 84"},
      {"its bound a little above that of f32", with(run, "bound/i8", kV2, 260e-6), "matmul/i8/1024", kV2, "dot-product", ""},
      {"no bounds, but the case in f32", without(run, {"bound/i8", "bound/f32"}), "infer/mnist-cnn-int8", kV2, "dot-product",
       "cause 45"},
      {"nothing to hold it against", without(run, {"bound/i8", "bound/f32"}), "matmul/i8/1024", kV2, "dot-product",
       "missing -> m1bench run bound/i8 bound/f32 matmul/i8/1024"},
      {"no bound of f32", without(run, {"bound/f32"}), "matmul/i8/1024", kV2, "dot-product",
       "missing -> m1bench run bound/i8 bound/f32 matmul/i8/1024"},
      {"f32 has no integers", run, "matmul/f32/512", kV2, "dot-product", ""},
      {"exp beside relu", run, "elementwise/exp", kV2, "exponential", "cause 100"},
      {"nothing to set it beside", without(run, {"elementwise/relu"}), "elementwise/exp", kV2, "exponential",
       "missing -> m1bench run elementwise/exp elementwise/mul-scalar elementwise/relu"},
      {"softmax at the speed of exp", run, "softmax/32x1000", kV2, "exponential", "cause 92"},
      {"no exp", without(run, {"elementwise/exp"}), "softmax/32x1000", kV2, "exponential",
       "missing -> m1bench run softmax/32x1000 elementwise/exp"},
      {"relu has none", run, "elementwise/relu", kV2, "exponential", ""},
      {"memory limits both", run, "elementwise/add", kV2, "memory", "cause 100"},
      {"memory a quarter of what is saved, both beyond the triad", beyond_triad(3.3e-3), "elementwise/add", kV2, "memory", "cause 25"},
      {"and nothing of it", beyond_triad(3.4e-3), "elementwise/add", kV2, "memory", "cause 0"},
      {"nor less than nothing", beyond_triad(3.5e-3), "elementwise/add", kV2, "memory", "cause 0"},
      {"far from memory's speed", with(run, "elementwise/add", kV2, 4.5e-3), "elementwise/add", kV2, "memory", ""},
      {"no triad", without(run, {"bound/triad"}), "elementwise/add", kV2, "memory",
       "missing -> m1bench run bound/triad elementwise/add"},
      {"a launch", run, "startup/noop", kV2, "start-up", "cause 100"},
      {"a loop", run, "matmul/f32/512", kV2, "start-up", ""},
      {"three instructions for one", counted(1000, 2000), "matmul/f32/512", kV2, "more-instructions", "cause 68"},
      {"one for one", counted(1000, 1030), "matmul/f32/512", kV2, "more-instructions", ""},
      {"not counted", run, "matmul/f32/512", kV2, "more-instructions", ""},
  });
}

TEST(ExplainRules, Notes) {
  const m1bench::Run run = rosetta_run();
  expect_rows({
      {"a first loop of 11 times", first_loop(11 * 8e-3), "matmul/f32/512", kV2, "first-loop", "note"},
      {"of 9 times", first_loop(9 * 8e-3), "matmul/f32/512", kV2, "first-loop", ""},
      {"not verified", run, "matmul/f32/512", kV2, "first-loop", ""},
      {"the native code as slow as scalar code", with(run, "matmul/f32/512", kArm, 9e-3), "matmul/f32/512", kV3,
       "scalar-baseline", ""},
      {"slower than one lane of four", with(with(run, "matmul/f32/512", kArm, 11e-3), "matmul/f32/512", kV3, 30e-3),
       "matmul/f32/512", kV3, "scalar-baseline", "note"},
      {"the wider tier gains", run, "matmul/f32/512", kV3, "wider-tier", "note"},
      {"of the lowest there is nothing to say", run, "matmul/f32/512", kV2, "wider-tier", ""},
      {"one tier", without_target(run, kV3), "matmul/f32/512", kV2, "wider-tier", "missing -> m1bench tiers matmul/f32/512"},
      {"of arm64 there are no tiers that matter", qemu_run(76e-3), "matmul/f32/512", kQemu, "wider-tier", ""},
      {"the slice run natively too", apart_run(), "matmul/f32/512", kBox, "slice-apart", ""},
      {"it could be", without_target(apart_run(), kNativeV2), "matmul/f32/512", kBox, "slice-apart",
       "missing -> m1bench run matmul/f32/512 --targets x86_64-v4/native,x86_64-v2/native,x86_64-v2/box64"},
      {"it cannot run here", run, "matmul/f32/512", kV2, "slice-apart", ""},
  });
}

TEST(ExplainRules, SliceAndTranslationMultiply) {
  const Explanation explanation = explain(apart_run());
  const TargetExplanation& told = told_of(explanation, "matmul/f32/512", kBox);
  ASSERT_TRUE(told.parting);
  EXPECT_EQ(told.parting->native, kNativeV2);
  EXPECT_NEAR(told.parting->slice_log, std::log(7.8 / 2.7), 1e-9);
  EXPECT_NEAR(told.parting->translation_log, std::log(2), 1e-9);
  // Each half of the way has its own arithmetic.
  EXPECT_EQ(says(apart_run(), "matmul/f32/512", kBox, "instruction-set"), "cause 24");
  EXPECT_EQ(says(apart_run(), "matmul/f32/512", kBox, "translated-arithmetic"), "cause 35");
}

TEST(ExplainRules, SayNothingOfWhatIsNoDifference) {
  const m1bench::Run same = with(rosetta_run(), "matmul/f32/512", kV2, 2.9e-3);
  const Explanation explanation = explain(same);
  EXPECT_EQ(told_of(explanation, "matmul/f32/512", kV2).state, Explained::same);
  EXPECT_TRUE(told_of(explanation, "matmul/f32/512", kV2).reasons.empty());
  EXPECT_FALSE(told_of(explanation, "matmul/f32/512", kV2).unexplained);
  m1bench::Run unsure = rosetta_run();
  double factor = 0.7;
  for (Block& block : unsure.blocks) {
    for (TargetBlock& entry : block.targets) {
      if (block.case_name == "matmul/f32/512" && entry.target == kV2)
        entry.wall_s = {2.9e-3 * (factor += 0.1), 2.9e-3 * factor, 2.9e-3 * factor};
    }
  }
  EXPECT_EQ(told_of(explain(unsure), "matmul/f32/512", kV2).state, Explained::unsure);
  EXPECT_EQ(says(unsure, "matmul/f32/512", kV2, "unsure"), "missing -> m1bench run matmul/f32/512 --thorough");
  EXPECT_EQ(says(unsure, "matmul/f32/512", kV2, "instruction-set"), "");
}

TEST(ExplainRules, TheRestIsUnexplained) {
  const Explanation explanation = explain(rosetta_run());
  EXPECT_NEAR(*told_of(explanation, "matmul/f32/512", kV2).unexplained, 0.49, 0.01);
  EXPECT_EQ(says(rosetta_run(), "train/cifar-mlp", kV2, "unexplained"), "missing -> m1bench profile train/cifar-mlp");
  for (const CaseExplanation& item : explanation.cases) {
    for (const TargetExplanation& told : item.targets) {
      double total = told.unexplained.value_or(1);
      for (const Reason& reason : told.reasons) total += reason.share.value_or(0);
      EXPECT_LE(total, 1 + 1e-9) << item.name << " on " << told.target;
    }
  }
}

}  // namespace
}  // namespace m1bench
