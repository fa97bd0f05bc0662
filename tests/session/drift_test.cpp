// SPDX-License-Identifier: Apache-2.0
#include "session/drift.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace m1bench {
namespace {

// Blocks of which all canaries took 5 ms but the last.
std::vector<Block> blocks_ending_with(double last_s, int before) {
  std::vector<Block> blocks(static_cast<std::size_t>(before) + 1);
  for (Block& block : blocks) block.canary_s = 5e-3;
  blocks.back().canary_s = last_s;
  return blocks;
}

TEST(Drifted, WhereTheCanaryIsFarFromItsMedian) {
  const Limits limits;
  EXPECT_FALSE(drifted(blocks_ending_with(5e-3, 20), limits));
  EXPECT_FALSE(drifted(blocks_ending_with(5.4e-3, 20), limits));
  EXPECT_TRUE(drifted(blocks_ending_with(5.6e-3, 20), limits));
  EXPECT_TRUE(drifted(blocks_ending_with(4.4e-3, 20), limits)) << "a machine that got faster is another machine too";
}

TEST(Drifted, NotBeforeAMedianMeansSomething) {
  Limits limits;
  limits.repeat_share = 1;
  EXPECT_FALSE(drifted({}, limits));
  EXPECT_FALSE(drifted(blocks_ending_with(9e-3, 3), limits));
  EXPECT_TRUE(drifted(blocks_ending_with(9e-3, 4), limits));
}

TEST(Drifted, RepeatsAreNoMoreThanTheirShare) {
  const Limits limits;
  EXPECT_FALSE(drifted(blocks_ending_with(9e-3, 8), limits)) << "one of nine blocks is more than a tenth";
  EXPECT_TRUE(drifted(blocks_ending_with(9e-3, 9), limits));
  std::vector<Block> blocks = blocks_ending_with(9e-3, 18);
  blocks[3].superseded = true;
  EXPECT_FALSE(drifted(blocks, limits)) << "a second of nineteen";
  blocks.insert(blocks.begin(), blocks[0]);
  EXPECT_TRUE(drifted(blocks, limits)) << "a second of twenty";
}

TEST(Drifted, WithoutACanaryNobodyKnows) {
  std::vector<Block> blocks = blocks_ending_with(9e-3, 20);
  blocks.back().canary_s.reset();
  EXPECT_FALSE(drifted(blocks, Limits{}));
}

}  // namespace
}  // namespace m1bench
