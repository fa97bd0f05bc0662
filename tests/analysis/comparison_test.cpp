// SPDX-License-Identifier: Apache-2.0
#include "analysis/comparison.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>

#include "analysis/gate_runs.hpp"
#include "m1bench/core/rng.hpp"
#include "support/data_error.hpp"

// Two files; comparison_sides_test.cpp has the sides of one run.
namespace m1bench {
namespace {

using Record = m1bench::Run;  // testing::Test has a Run of its own

const Record& base_run() {
  static const Record run = usual_run("base", {});
  return run;
}
Record head_run(const Slowdowns& slower = {}) { return usual_run("head", {.seed = 2}, slower); }

const Change& change_of(const Comparison& comparison, const std::string& case_name, const std::string& target = kGateOther) {
  for (const Change& change : comparison.changes) {
    if (change.case_name == case_name && change.target == target) return change;
  }
  static const Change kNone;
  ADD_FAILURE() << "no change of " << case_name << " on " << target;
  return kNone;
}

// "ok regressed ok", in the order of the changes.
std::string decisions(const Comparison& comparison) {
  std::string text;
  for (const Change& change : comparison.changes) text += (text.empty() ? "" : " ") + std::string(name_of(change.decision));
  return text;
}

void reorder(Record& run) {
  Rng rng(5, 0);
  shuffle(run.cases, rng);
  shuffle(run.targets, rng);
  shuffle(run.verifications, rng);
  shuffle(run.blocks, rng);
  for (Block& block : run.blocks) shuffle(block.targets, rng);
}

TEST(Comparison, TellsSlowdownsApart) {
  const struct {
    const char* name;
    double slower, margin;
    Decision want;
  } kRows[] = {
      {"A/A", 1, 0.05, Decision::ok},
      {"+1 %", 1.01, 0.05, Decision::ok},
      {"+3 %", 1.03, 0.05, Decision::ok},
      {"+5 %", 1.05, 0.05, Decision::unsure},
      {"+10 %", 1.10, 0.05, Decision::regressed},
      {"-20 %", 0.8, 0.05, Decision::ok},
      {"+1 %, strict", 1.01, 0.03, Decision::ok},
      {"+3 %, strict", 1.03, 0.03, Decision::unsure},
      {"+6 %, strict", 1.06, 0.03, Decision::regressed},
  };
  for (const auto& row : kRows) {
    GateOptions options;
    options.margin = row.margin;
    const Comparison comparison = compare_runs(base_run(), head_run({{kGateMatmul, row.slower}}), options);
    EXPECT_EQ(comparison.pairing, Pairing::sessions) << row.name;
    ASSERT_EQ(comparison.changes.size(), 3u) << row.name << ": the baseline has none";
    const Change& change = change_of(comparison, kGateMatmul);
    EXPECT_EQ(change.decision, row.want) << row.name;
    EXPECT_NEAR(change.log_change.value(), std::log(row.slower), 0.005) << row.name;
    EXPECT_EQ(change_of(comparison, kGateAdd).decision, Decision::ok) << row.name;
    EXPECT_EQ(change.base_blocks, 12);
    EXPECT_EQ(change.head_blocks, 12);
    EXPECT_NEAR(change.head_loop_s.value() / change.base_loop_s.value(), row.slower, 0.1) << row.name;
  }
}

TEST(Comparison, IsUnsureWhereNoiseIsWide) {
  const Comparison comparison = compare_runs(base_run(), usual_run("head", {.seed = 10, .noise = 0.08}), {});
  EXPECT_EQ(decisions(comparison), "unsure unsure unsure");
}

TEST(Comparison, CannotSeeWhatSlowsAllTargetsAlike) {
  Record head = head_run();
  for (Block& block : head.blocks) {
    for (TargetBlock& entry : block.targets) {
      for (double& wall : entry.wall_s) wall *= 1.5;
    }
  }
  GateOptions options;
  options.absolute = true;
  const Comparison comparison = compare_runs(base_run(), head, options);
  EXPECT_EQ(decisions(comparison), "ok ok ok");
  ASSERT_EQ(comparison.absolute.size(), 6u) << "the baseline's as well";
  for (const Change& change : comparison.absolute) EXPECT_NEAR(change.log_change.value(), std::log(1.5), 0.1);
  EXPECT_EQ(comparison.absolute[0].target, kGateBaseline);
  EXPECT_TRUE(compare_runs(base_run(), head, {}).absolute.empty());
}

TEST(Comparison, AVirtualMachineMakesSessionsDifferMore) {
  Record base = base_run(), head = head_run();
  const double width = change_of(compare_runs(base, head, {}), kGateMatmul).half_width.value();
  base.machine.virtual_machine = head.machine.virtual_machine = "KVM";
  const double wider = change_of(compare_runs(base, head, {}), kGateMatmul).half_width.value();
  EXPECT_GT(wider, 1.8 * width);
  EXPECT_GT(wider, 1.96 * std::sqrt(2) * 0.01);
  head.session.merged.resize(1);
  head.session.merged[0].machine = base.machine;
  head.machine.virtual_machine.reset();
  base.machine.virtual_machine.reset();
  for (const Comparison& comparison : {compare_runs(base, head, {.force = true}), compare_runs(head, base, {.force = true})}) {
    EXPECT_EQ(change_of(comparison, kGateMatmul).half_width, wider) << "that of a shard counts too, on either side";
  }
}

TEST(Comparison, SwappingBaseAndHeadNegatesExactly) {
  const Record head = head_run({{kGateMatmul, 1.1}, {kGateAdd, 0.95}});
  const Comparison there = compare_runs(base_run(), head, {}), back = compare_runs(head, base_run(), {});
  for (const Change& change : there.changes) {
    const Change& mirrored = change_of(back, change.case_name);
    EXPECT_EQ(change.log_change.value(), -mirrored.log_change.value()) << change.case_name;
    EXPECT_EQ(change.half_width, mirrored.half_width) << change.case_name;
  }
}

TEST(Comparison, OrderInTheFileDoesNotMatter) {
  Record head = head_run({{kGateMatmul, 1.1}});
  const Comparison plain = compare_runs(base_run(), head, {});
  reorder(head);
  const Comparison shuffled = compare_runs(base_run(), head, {});
  EXPECT_EQ(decisions(plain), decisions(shuffled));
  for (const Change& change : plain.changes) {
    const Change& other = change_of(shuffled, change.case_name);
    EXPECT_EQ(change.log_change, other.log_change);
    EXPECT_EQ(change.adjusted_p, other.adjusted_p);
    EXPECT_EQ(change.head_loop_s, other.head_loop_s);
  }
}

TEST(Comparison, ARunAgainstItselfIsExactlyOne) {
  Record again = base_run();
  reorder(again);
  again.warnings.push_back({"few-cases", "", "", "", ""});
  for (const Record& head : {base_run(), again}) {
    const Comparison comparison = compare_runs(base_run(), head, {.absolute = true});
    EXPECT_EQ(comparison.pairing, Pairing::same);
    EXPECT_EQ(decisions(comparison), "ok ok ok");
    EXPECT_EQ(comparison.absolute.size(), 6u);
    for (const auto* changes : {&comparison.changes, &comparison.absolute}) {
      for (const Change& change : *changes) EXPECT_EQ(change.log_change, 0.0);
    }
    for (const Change& change : comparison.changes) EXPECT_EQ(change.upper, 0.0);
  }
}

TEST(Comparison, ARunOfFewBlocksAgainstItselfIsExactlyOne) {
  const Record run = usual_run("few", {.blocks = 1});
  EXPECT_EQ(decisions(compare_runs(run, run, {})), "ok ok ok");
}

TEST(Comparison, OneSessionHasOneSetOfSlots) {
  const std::pair<const char*, std::function<void(Record&)>> kRows[] = {
      {"another time", [](Record& run) { run.blocks[3].targets[0].wall_s[1] *= 1.01; }},
      {"other loops", [](Record& run) { run.blocks[3].targets[0].loops += 1; }},
      {"a block less", [](Record& run) { run.blocks.pop_back(); }},
      {"a block that no longer counts", [](Record& run) { run.blocks[3].superseded = true; }},
      {"another stage", [](Record& run) { run.blocks[3].stage = 2; }},
      {"another case", [](Record& run) { run.blocks[3].case_name = kGateAdd; }},
  };
  for (const auto& [name, change] : kRows) {
    Record head = base_run();
    change(head);
    EXPECT_EQ(data_error_of([&] { compare_runs(base_run(), head, {}); }),
              "both files are of session base and hold different slots: one of them is incomplete or was changed; measure again")
        << name;
  }
}

TEST(Comparison, SessionsWithoutAnIdAreNotOne) {
  Record base = base_run(), head = head_run();
  base.session.id = head.session.id = "";
  EXPECT_EQ(compare_runs(base, head, {}).pairing, Pairing::sessions);
}

TEST(Comparison, DecidesNothingBetweenUnlikeRunsUnlessForced) {
  Record head = head_run({{kGateMatmul, 1.1}});
  head.cases[0].parameters["m"] = "255";
  head.blocks[30].targets[1].checksum = "bad";
  const Comparison refused = compare_runs(base_run(), head, {});
  ASSERT_EQ(refused.unlike.size(), 1u);
  EXPECT_EQ(refused.unlike[0].field, "parameters.m of matmul/f32/256");
  EXPECT_FALSE(refused.forced);
  EXPECT_EQ(decisions(refused), "wrong") << "which is told all the same";
  const Comparison forced = compare_runs(base_run(), head, {.force = true});
  EXPECT_TRUE(forced.forced);
  EXPECT_EQ(forced.unlike.size(), 1u);
  EXPECT_EQ(decisions(forced), "regressed ok wrong");
}

TEST(Comparison, AControlRaisesTheMarginOfItsCase) {
  const std::string control = std::string("control:") + kGateBaseline;
  const auto add_control = [&](Record& run, double noise) {
    run.targets.push_back(run.targets[0]);
    run.targets.back().name = control;
    run.targets.back().side = "control";
    run.verifications.push_back(run.verifications[0]);
    run.verifications.back().target = control;
    Rng rng(3, 3);
    for (Block& block : run.blocks) {
      if (block.case_name != kGateMatmul) continue;
      TargetBlock copy = block.targets[0];
      copy.target = control;
      const double factor = 1 + noise * (rng.below(1000) / 1000.0 - 0.5);
      for (double& wall : copy.wall_s) wall *= factor;
      block.targets.push_back(copy);
    }
  };
  Record base = base_run(), head = head_run({{kGateMatmul, 1.1}});
  add_control(base, 0.01);
  const Comparison quiet = compare_runs(base, head, {});
  EXPECT_EQ(quiet.changes.size(), 3u) << "the control is no target to judge";
  EXPECT_FALSE(quiet.control_half_width);
  EXPECT_EQ(change_of(quiet, kGateMatmul).margin, 0.05);
  EXPECT_EQ(change_of(quiet, kGateMatmul).decision, Decision::regressed);
  add_control(head, 0.5);
  const Comparison noisy = compare_runs(base, head, {});
  EXPECT_EQ(noisy.margin, 0.05);
  EXPECT_GT(noisy.control_half_width.value(), 0.04);
  EXPECT_DOUBLE_EQ(change_of(noisy, kGateMatmul).margin, std::expm1(2 * *noisy.control_half_width));
  EXPECT_EQ(change_of(noisy, kGateAdd).margin, 0.05) << "whose control is none or quiet";
  EXPECT_NE(change_of(noisy, kGateMatmul).decision, Decision::regressed);
  EXPECT_EQ(compare_runs(base, head, {.absolute = true}).absolute.size(), 6u) << "nor is it told of";
}

TEST(Comparison, ALeastSlowdownInSecondsCounts) {
  Record base = gate_run("base"), head = gate_run("head");
  for (Record* run : {&base, &head}) {
    const double slower = run == &head ? 1.2 : 1;
    const std::vector<LoopTime> short_loop = {{kGateBaseline, 2e-6}, {kGateOther, 4e-6 * slower}};
    const std::vector<LoopTime> long_loop = {{kGateBaseline, 20e-6}, {kGateOther, 40e-6 * slower}};
    add_case(*run, "short", short_loop);
    add_case(*run, "long", long_loop);
    add_blocks(*run, "short", short_loop, {});
    add_blocks(*run, "long", long_loop, {});
  }
  const Comparison comparison = compare_runs(base, head, {});
  EXPECT_EQ(change_of(comparison, "short").decision, Decision::ok) << "0.8 us slower";
  EXPECT_EQ(change_of(comparison, "long").decision, Decision::regressed) << "8 us slower";
  EXPECT_EQ(change_of(compare_runs(base, head, {.least_s = 1e-7}), "short").decision, Decision::regressed);
}

TEST(Comparison, TooFewBlocksAreUnsureAndSayWhy) {
  const Comparison comparison = compare_runs(base_run(), usual_run("head", {.blocks = 2}), {});
  EXPECT_EQ(decisions(comparison), "unsure unsure unsure");
  for (const Change& change : comparison.changes) {
    EXPECT_EQ(change.cause, "an interval needs 3 blocks of base and head each");
    EXPECT_EQ(change.head_blocks, 2);
    EXPECT_FALSE(change.log_change || change.p);
  }
}

TEST(Comparison, RepeatedBlocksDoNotCount) {
  Record head = head_run();
  for (std::size_t i = 0; i < 4; ++i) {
    head.blocks[i].superseded = true;
    for (double& wall : head.blocks[i].targets[1].wall_s) wall *= 3;
  }
  const Comparison comparison = compare_runs(base_run(), head, {});
  EXPECT_EQ(change_of(comparison, kGateMatmul).head_blocks, 8);
  EXPECT_EQ(change_of(comparison, kGateMatmul).decision, Decision::ok);
}

// A slowdown that is found alone is not beyond doubt as one of many.
TEST(Comparison, AdjustsForTheNumberOfCases) {
  const double borderline = 1.0655;
  Record base = gate_run("base"), head = gate_run("head");
  const auto add = [&](const std::string& name, double slower) {
    for (Record* run : {&base, &head}) {
      const std::vector<LoopTime> times = {{kGateBaseline, 1e-3}, {kGateOther, run == &head ? 2e-3 * slower : 2e-3}};
      add_case(*run, name, times);
      add_blocks(*run, name, times, {.seed = run == &head ? 2u : 1u});
    }
  };
  add("borderline", borderline);
  const Comparison alone = compare_runs(base, head, {});
  EXPECT_EQ(change_of(alone, "borderline").decision, Decision::regressed);
  for (int i = 0; i < 20; ++i) add("same/" + std::to_string(i), 1);
  const Comparison among_many = compare_runs(base, head, {});
  const Change& change = change_of(among_many, "borderline");
  EXPECT_EQ(change.p, change_of(alone, "borderline").p);
  EXPECT_DOUBLE_EQ(change.adjusted_p.value(), 21 * *change.p);
  EXPECT_EQ(change.decision, Decision::unsure);
}

TEST(Comparison, SaysNoNumberThatIsNone) {
  Record head = head_run();
  head.blocks[0].targets[0].wall_s[0] = 5e-324;  // divided by its loops: nothing
  for (Block& block : head.blocks) {
    if (block.case_name == kGateAdd) block.targets[1].wall_s = {0};
    if (block.case_name == kGateSoftmax) block.targets[0].wall_s = block.targets[1].wall_s = {1};
  }
  EXPECT_EQ(compare_runs(base_run(), head, {.absolute = true}).absolute.size(), 5u);
  for (const Comparison& comparison :
       {compare_runs(base_run(), head, {.absolute = true}), compare_runs(head, head, {.absolute = true})}) {
    for (const auto* changes : {&comparison.changes, &comparison.absolute}) {
      for (const Change& change : *changes) {
        for (const auto& value : {change.log_change, change.half_width, change.upper, change.p, change.adjusted_p}) {
          EXPECT_TRUE(std::isfinite(value.value_or(0))) << change.case_name;
        }
      }
    }
  }
}

TEST(Comparison, RefusesRunsThatHoldBothSides) {
  const Record ab = ab_run("ab", {});
  EXPECT_THROW(compare_runs(base_run(), ab, {}), Error);
  EXPECT_THROW(compare_runs(ab, base_run(), {}), Error);
  const Comparison itself = compare_runs(ab, ab, {});
  EXPECT_EQ(itself.pairing, Pairing::same);
  EXPECT_EQ(decisions(itself), "ok ok ok");
}

// Slots about as long as a scheduler's slices, where others use the CPU, are off by the same factor in every block of a session.
TEST(ComparisonOfRuns, QuickRunsOfTwoSessionsAreNoEvidenceOfARegression) {
  Record base = usual_run("base", {}), head = usual_run("head", {.seed = 2}, {{kGateMatmul, 1.5}});
  EXPECT_EQ(compare_runs(base, head, {}).changes.at(0).decision, Decision::regressed);
  base.session.quick = head.session.quick = true;
  const Change change = compare_runs(base, head, {}).changes.at(0);
  EXPECT_EQ(change.decision, Decision::unsure);
  EXPECT_NE(change.remedy, "");
}

TEST(ComparisonOfRuns, SlotsThatHadToWaitAreNoEvidenceOfARegression) {
  const Record base = usual_run("base", {});
  Record head = usual_run("head", {.seed = 2}, {{kGateMatmul, 1.5}});
  for (Block& block : head.blocks) {
    for (TargetBlock& entry : block.targets) {
      if (block.case_name != kGateMatmul) continue;
      for (std::size_t i = 0; i < entry.wall_s.size(); ++i) entry.cpu_s[i] = entry.wall_s[i] / (i % 3 == 0 ? 1.2 : 1.0);
    }
  }
  const Change change = compare_runs(base, head, {}).changes.at(0);
  EXPECT_EQ(change.decision, Decision::unsure);
  EXPECT_NE(change.cause.find("had to wait for a CPU"), std::string::npos) << change.cause;
  // With many threads CPU time is the sum of theirs, and tells nothing of waiting.
  Record team_base = base, team_head = head;
  for (Record* run : {&team_base, &team_head}) {
    for (Case& item : run->cases) item.threads = 2;
  }
  EXPECT_EQ(compare_runs(team_base, team_head, {}).changes.at(0).decision, Decision::regressed);
}

}  // namespace
}  // namespace m1bench
