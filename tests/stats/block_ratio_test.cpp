// SPDX-License-Identifier: Apache-2.0
#include "stats/block_ratio.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace m1bench {
namespace {

using Walls = std::vector<double>;

TEST(BlockRatio, TheMedianOfPairsAndNotTheRatioOfMedians) {
  // The machine is slower from slot to slot, and doubles one slot of one side: the ratio is 1.1 in every other pair.
  const Walls own{1.1, 2.2, 3.3, 8.8, 5.5}, other{1, 2, 3, 4, 5};
  EXPECT_NEAR(*log_ratio({own, 1}, {other, 1}), std::log(1.1), 1e-12);
  EXPECT_NEAR(*log_loop_time({own, 1}) - *log_loop_time({other, 1}), std::log(1.1), 1e-12);
  // Where slots are disturbed in pairs, medians of each side fall into different ones.
  const Walls disturbed{3, 1, 3, 1}, calm{3, 1, 3, 1.2};
  EXPECT_NEAR(*log_ratio({disturbed, 1}, {calm, 1}), 0, 1e-12);
  EXPECT_GT(std::abs(*log_loop_time({disturbed, 1}) - *log_loop_time({calm, 1})), 0.05);
}

TEST(BlockRatio, IsPerLoop) {
  const Walls own{1, 1}, other{1, 1};
  EXPECT_NEAR(*log_ratio({own, 10}, {other, 5}), -std::log(2.0), 1e-12);
}

TEST(BlockRatio, SwappedSidesGiveTheExactMirrorImage) {
  const Walls own{0.3, 0.7, 0.11, 0.13}, other{0.5, 0.2, 0.9, 0.37};
  EXPECT_EQ(*log_ratio({own, 3}, {other, 7}), -*log_ratio({other, 7}, {own, 3}));
}

TEST(BlockRatio, UnlikeNumbersOfSlotsHaveNoPairs) {
  const Walls own{4, 4, 4}, other{1, 2, 3, 2, 2};
  EXPECT_NEAR(*log_ratio({own, 1}, {other, 1}), std::log(2.0), 1e-12);
}

TEST(BlockRatio, NothingFromSlotsThatAreNoTimes) {
  const Walls good{1, 1}, none{}, still{1, 0}, backwards{1, -1};
  for (const Walls* bad : {&none, &still, &backwards}) {
    EXPECT_FALSE(log_ratio({good, 1}, {*bad, 1}));
    EXPECT_FALSE(log_ratio({*bad, 1}, {good, 1}));
    EXPECT_FALSE(log_loop_time({*bad, 1}));
  }
  EXPECT_FALSE(log_ratio({good, 0}, {good, 1}));
}

}  // namespace
}  // namespace m1bench
