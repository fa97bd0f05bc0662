// SPDX-License-Identifier: Apache-2.0
#include "session/precision.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

namespace m1bench {
namespace {

// A run of one case in which target "b" takes `ratio` times as long as "a" in all but every third of `blocks` blocks, where it
// takes `spread` times that.
Run run_of(int blocks, double ratio, double spread) {
  Run run;
  run.session.baseline = "a";
  for (const char* name : {"a", "b", "never measured"}) run.targets.emplace_back().name = name;
  for (int i = 0; i < blocks; ++i) {
    Block block;
    block.case_name = "case";
    for (const double factor : {1.0, ratio * (i % 3 == 0 ? spread : 1)}) {
      TargetBlock entry;
      entry.target = factor == 1.0 && block.targets.empty() ? "a" : "b";
      entry.loops = 1;
      entry.wall_s = {factor, factor};
      block.targets.push_back(entry);
    }
    run.blocks.push_back(block);
  }
  return run;
}

double width(const Run& run, const std::vector<std::string>& targets = {"a", "b"}) {
  return relative_width(run, "case", targets, Limits{});
}

TEST(RelativeWidth, ComparesTheHalfWidthWithThePrecisionWanted) {
  EXPECT_LT(width(run_of(12, 2, 1.0001)), 1);
  EXPECT_GT(width(run_of(12, 2, 1.2)), 1);
  EXPECT_TRUE(std::isinf(width(run_of(2, 2, 1)))) << "no interval yet";
  EXPECT_TRUE(std::isinf(width(run_of(0, 2, 1))));
}

TEST(RelativeWidth, AWideRatioNeedsHalfThePrecision) {
  const double narrow = width(run_of(12, 2.9, 1.02)), wide = width(run_of(12, 3.2, 1.02)),
               inverse = width(run_of(12, 1 / 3.2, 1.02));
  EXPECT_NEAR(narrow / wide, 2, 1e-6);
  EXPECT_NEAR(inverse, wide, 1e-6);
}

// Otherwise a case would be measured to the most blocks allowed for an interval that cannot get narrower.
TEST(RelativeWidth, NobodyWaitsForWhoIsNotAskedAbout) {
  const m1bench::Run run = run_of(12, 2, 1.2);
  EXPECT_GT(width(run), 1);
  EXPECT_EQ(width(run, {"a"}), 0);
  EXPECT_EQ(width(run, {}), 0);
  EXPECT_EQ(width(run, {"b"}), 0) << "without the baseline there is no ratio";
  EXPECT_TRUE(std::isinf(width(run, {"a", "never measured"})));
}

}  // namespace
}  // namespace m1bench
