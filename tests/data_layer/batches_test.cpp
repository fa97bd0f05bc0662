// SPDX-License-Identifier: Apache-2.0
#include "m1bench/data/batches.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <numeric>

#include "m1bench/core/error.hpp"

namespace m1bench {
namespace {

// Rows of 1x2x2 pixels: row r holds 4r..4r+3 and has the label r % 10.
Dataset counting_images(std::int64_t rows) {
  Dataset set{.sample = {2, 2, 1}, .rows = rows, .classes = 10};
  set.pixels.resize(static_cast<std::size_t>(4 * rows));
  std::iota(set.pixels.begin(), set.pixels.end(), std::uint8_t{0});
  for (std::int64_t row = 0; row < rows; ++row) set.labels.push_back(static_cast<std::uint8_t>(row % 10));
  return set;
}

Dataset counting_features(std::int64_t rows) {
  Dataset set{.sample = {3}, .rows = rows};
  for (std::int64_t i = 0; i < 3 * rows; ++i) set.features.push_back(static_cast<float>(i) / 2);
  for (std::int64_t row = 0; row < rows; ++row) set.targets.push_back(static_cast<float>(-row));
  return set;
}

TEST(Gather, DividesEveryPixelValueBy255Exactly) {
  const Dataset set = counting_images(64);  // all 256 values
  std::array<std::int32_t, 64> rows;
  std::iota(rows.begin(), rows.end(), 0);
  Batch batch;
  gather(set.view(), rows, batch);
  ASSERT_EQ(batch.x.size(), 256u);
  for (int value = 0; value < 256; ++value) {
    // Division in double and one rounding gives the float quotient, since 53 >= 2*24 + 2 bits.
    // Source: Figueroa, "When is double rounding innocuous?", SIGNUM Newsletter 30 (1995).
    const auto exact = static_cast<float>(static_cast<double>(value) / 255.0);
    EXPECT_EQ(batch.x[static_cast<std::size_t>(value)], exact) << value;
  }
}

TEST(Gather, TakesImagesAndLabelsInTheOrderAskedFor) {
  const Dataset set = counting_images(12);
  Batch batch;
  gather(set.view(), std::array<std::int32_t, 3>{11, 0, 11}, batch);
  EXPECT_EQ(batch.rows, 3);
  EXPECT_EQ(batch.x.shape(), (Shape{3, 2, 2, 1}));
  EXPECT_EQ(batch.x[0], 44 / 255.0f);
  EXPECT_EQ(batch.x[4], 0.0f);
  EXPECT_EQ(batch.x[11], 47 / 255.0f);
  EXPECT_EQ(batch.labels, (std::vector<std::int64_t>{1, 0, 1}));
  EXPECT_EQ(batch.targets.size(), 0u);
}

TEST(Gather, TakesFeaturesAndTargets) {
  const Dataset set = counting_features(5);
  Batch batch;
  gather(set.view(), std::array<std::int32_t, 2>{4, 1}, batch);
  EXPECT_EQ(batch.rows, 2);
  EXPECT_EQ(batch.x.shape(), (Shape{2, 3}));
  EXPECT_EQ(batch.targets.shape(), (Shape{2, 1}));
  EXPECT_EQ(batch.x[0], 6.0f);
  EXPECT_EQ(batch.x[5], 2.5f);
  EXPECT_EQ(batch.targets[0], -4.0f);
  EXPECT_EQ(batch.targets[1], -1.0f);
  EXPECT_TRUE(batch.labels.empty());
}

TEST(Gather, ReusesTheBatchOfTheStepBefore) {
  const Dataset set = counting_images(8);
  Batch batch;
  gather(set.view(), std::array<std::int32_t, 4>{0, 1, 2, 3}, batch);
  const float* x = batch.x.data();
  const std::int64_t* labels = batch.labels.data();
  gather(set.view(), std::array<std::int32_t, 4>{4, 5, 6, 7}, batch);
  EXPECT_EQ(batch.x.data(), x);
  EXPECT_EQ(batch.labels.data(), labels);
  EXPECT_EQ(batch.x[0], 16 / 255.0f);
}

TEST(Gather, LeavesNothingOfALongerOrOtherBatch) {
  const Dataset images = counting_images(8), features = counting_features(8);
  Batch batch;
  gather(images.view(), std::array<std::int32_t, 4>{0, 1, 2, 3}, batch);
  gather(images.view(), std::array<std::int32_t, 1>{7}, batch);
  EXPECT_EQ(batch.x.shape(), (Shape{1, 2, 2, 1}));
  EXPECT_EQ(batch.labels, std::vector<std::int64_t>{7});
  gather(features.view(), std::array<std::int32_t, 2>{0, 1}, batch);
  EXPECT_TRUE(batch.labels.empty());
  gather(images.view(), std::array<std::int32_t, 1>{7}, batch);
  EXPECT_EQ(batch.targets.size(), 0u);
}

TEST(Gather, RefusesRowsThatDoNotExist) {
  const Dataset set = counting_images(8);
  Batch batch;
  EXPECT_THROW(gather(set.view(), std::array<std::int32_t, 2>{0, 8}, batch), Error);
  EXPECT_THROW(gather(set.view(), std::array<std::int32_t, 1>{-1}, batch), Error);
}

TEST(EpochOrder, IsTheRowsInOrderUnlessShuffled) {
  EXPECT_EQ(epoch_order(4, 1, 9, false), (std::vector<std::int32_t>{0, 1, 2, 3}));
  EXPECT_TRUE(epoch_order(0, 1, 0, true).empty());
  EXPECT_THROW(epoch_order(-1, 1, 0, true), Error);
  EXPECT_THROW(epoch_order(1LL << 31, 1, 0, false), Error);
}

TEST(EpochOrder, IsOnePermutationForEachSeedAndEpoch) {
  EXPECT_EQ(epoch_order(10, 1, 0, true), (std::vector<std::int32_t>{3, 4, 0, 5, 7, 8, 2, 6, 9, 1}));
  const std::vector<std::int32_t> order = epoch_order(1000, 1, 0, true);
  EXPECT_EQ(order, epoch_order(1000, 1, 0, true));
  EXPECT_NE(order, epoch_order(1000, 1, 1, true));
  EXPECT_NE(order, epoch_order(1000, 2, 0, true));
  std::vector<std::int32_t> sorted = order;
  std::ranges::sort(sorted);
  EXPECT_EQ(sorted, epoch_order(1000, 1, 0, false));
}

}  // namespace
}  // namespace m1bench
