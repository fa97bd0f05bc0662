// SPDX-License-Identifier: Apache-2.0
#include "analysis/tiers.hpp"

#include <gtest/gtest.h>

#include <map>

namespace m1bench {
namespace {

// Two blocks of one case in which each target takes as long as `seconds` says.
Run run_of(const std::vector<Target>& targets, const std::map<std::string, double>& seconds) {
  Run run;
  run.targets = targets;
  run.session.baseline = targets.front().name;
  run.cases.emplace_back().name = "x";
  for (int b = 0; b < 2; ++b) {
    Block& block = run.blocks.emplace_back();
    block.case_name = "x";
    for (const auto& [name, s] : seconds) {
      TargetBlock& entry = block.targets.emplace_back();
      entry.target = name;
      entry.loops = 1;
      entry.wall_s = entry.cpu_s = {s, s, s};
    }
  }
  return run;
}

Target target(const std::string& slice, const std::string& translator) {
  Target made;
  made.slice = slice;
  made.translator = translator;
  made.name = slice + "/" + translator;
  made.available = true;
  return made;
}

std::vector<TierRatio> tiers_of(const Run& run) { return tier_ratios(run, summarise(run)); }

TEST(TierRatios, CompareWithTheLowestOfTheSameTranslator) {
  const auto run = run_of({target("arm64", "native"), target("x86_64-v3", "rosetta2"), target("x86_64-v2", "rosetta2")},
                         {{"arm64/native", 1}, {"x86_64-v2/rosetta2", 2}, {"x86_64-v3/rosetta2", 3}});
  const std::vector<TierRatio> rows = tiers_of(run);
  ASSERT_EQ(rows.size(), 1u);
  EXPECT_EQ(rows[0].case_name, "x");
  EXPECT_EQ(rows[0].lowest, "x86_64-v2/rosetta2");
  EXPECT_EQ(rows[0].tier.target, "x86_64-v3/rosetta2");
  EXPECT_NEAR(rows[0].tier.ratio->ratio(), 1.5, 1e-12);
}

TEST(TierRatios, NeedTwoTiersOfOneArchitectureAndTranslator) {
  const std::map<std::string, double> seconds{{"arm64/native", 1}, {"x86_64-v2/native", 1}, {"x86_64-v3/qemu-user", 1}};
  EXPECT_TRUE(tiers_of(run_of({target("arm64", "native"), target("x86_64-v2", "native"), target("x86_64-v3", "qemu-user")}, seconds)).empty());
}

TEST(TierRatios, TakeNothingFromWhatWasNotMeasuredOrIsACopy) {
  auto run = run_of({target("x86_64-v3", "native"), target("x86_64-v2", "native")}, {{"x86_64-v3/native", 1}, {"x86_64-v2/native", 2}});
  ASSERT_EQ(tiers_of(run).size(), 1u);
  auto with_control = run;
  with_control.targets[1].side = "control";
  EXPECT_TRUE(tiers_of(with_control).empty());
  run.failures.push_back({"x", "x86_64-v2/native", "killed", ""});
  EXPECT_TRUE(tiers_of(run).empty());
}

}  // namespace
}  // namespace m1bench
