// SPDX-License-Identifier: Apache-2.0
#include "m1bench/data/synthetic.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <span>
#include <string>
#include <vector>

#include "m1bench/core/error.hpp"
#include "m1bench/tensor/fill.hpp"

namespace m1bench {
namespace {

using Generator = Dataset (*)(std::int64_t rows, std::int64_t first_row, std::uint64_t seed);

struct Family {
  std::string name;
  Generator generate;
  Shape sample;
};
const std::vector<Family>& image_families() {
  static const std::vector<Family> families{{"mnist", synthetic_mnist, {28, 28, 1}}, {"cifar10", synthetic_cifar10, {32, 32, 3}}};
  return families;
}

// If one of these changes, results of different versions of this program stop being comparable; if one differs on another
// slice or compiler, so do its inputs.
TEST(Synthetic, IsTheSameBitsEverywhere) {
  struct Golden {
    std::string name;
    Generator generate;
    std::int64_t first_row;
    std::uint64_t seed, inputs, answers;
  };
  const std::vector<Golden> table{
      {"mnist", synthetic_mnist, 0, 1, 0xb9c55c6db4832ac2, 0x318654e8a719dd3d},
      {"mnist, later rows", synthetic_mnist, 50000, 1, 0xfd1eb48e2aff46d0, 0x167b4d1538b11426},
      {"mnist, another seed", synthetic_mnist, 0, 7, 0x9c960278953a2847, 0x51625252e2badb49},
      {"cifar10", synthetic_cifar10, 0, 1, 0x8de3e13fa9a9f825, 0xa40e344fa25eda7a},
      {"cifar10, later rows", synthetic_cifar10, 50000, 1, 0xa8e6edc5a9f4f4c4, 0x6a6e800dc04e2fac},
      {"cifar10, another seed", synthetic_cifar10, 0, 7, 0xf959f1d1af31da86, 0xff3fc4f1581def1a},
      {"regression", synthetic_regression, 0, 1, 0xbde2cbadbdecd117, 0x3fab3d49bea1d9a1},
      {"regression, later rows", synthetic_regression, 50000, 1, 0x4ca3080972f618db, 0x9625371ad16b0d5b},
      {"regression, another seed", synthetic_regression, 0, 7, 0x24e184e9642e7763, 0xda02dba01f7e3b68},
  };
  for (const Golden& golden : table) {
    const Dataset set = golden.generate(100, golden.first_row, golden.seed);
    const DatasetView view = set.view();
    const bool images = view.classes > 0;
    EXPECT_EQ(images ? checksum_of(view.pixels) : checksum_of(view.features), golden.inputs) << golden.name;
    EXPECT_EQ(images ? checksum_of(view.labels) : checksum_of(view.targets), golden.answers) << golden.name;
  }
}

TEST(Synthetic, HasTheShapesOfTheRealSets) {
  for (const Family& family : image_families()) {
    const Dataset set = family.generate(3, 0, 1);
    EXPECT_EQ(set.sample, family.sample) << family.name;
    EXPECT_EQ(set.rows, 3) << family.name;
    EXPECT_EQ(set.classes, 10) << family.name;
    EXPECT_EQ(set.pixels.size(), static_cast<std::size_t>(3 * family.sample.elements())) << family.name;
    EXPECT_EQ(set.labels.size(), 3u) << family.name;
    EXPECT_TRUE(set.features.empty() && set.targets.empty()) << family.name;
  }
  const Dataset set = synthetic_regression(3, 0, 1);
  EXPECT_EQ(set.sample, Shape{100});
  EXPECT_EQ(set.classes, 0);
  EXPECT_EQ(set.features.size(), 300u);
  EXPECT_EQ(set.targets.size(), 3u);
  EXPECT_TRUE(set.pixels.empty() && set.labels.empty());
}

TEST(Synthetic, ARowDoesNotDependOnWhereGenerationBegan) {
  for (const Family& family : image_families()) {
    const Dataset whole = family.generate(50, 0, 3), tail = family.generate(20, 30, 3);
    EXPECT_TRUE(std::ranges::equal(std::span(whole.pixels).last(tail.pixels.size()), tail.pixels)) << family.name;
    EXPECT_TRUE(std::ranges::equal(std::span(whole.labels).last(20), tail.labels)) << family.name;
  }
  const Dataset whole = synthetic_regression(50, 0, 3), tail = synthetic_regression(20, 30, 3);
  EXPECT_TRUE(std::ranges::equal(std::span(whole.features).last(tail.features.size()), tail.features));
  EXPECT_TRUE(std::ranges::equal(std::span(whole.targets).last(20), tail.targets));
}

TEST(Synthetic, ClassesAreBalanced) {
  for (const Family& family : image_families()) {
    for (const std::uint64_t seed : {1u, 2u, 3u}) {
      const Dataset set = family.generate(5000, 0, seed);
      std::array<int, 10> count{};
      for (const std::uint8_t label : set.labels) ++count.at(label);
      // Binomial with n = 5000 and p = 0.1: standard deviation 21.
      for (const int rows : count) EXPECT_NEAR(rows, 500, 100) << family.name << " with seed " << seed;
    }
  }
}

TEST(Synthetic, PixelsUseTheirRangeAroundGrey) {
  for (const Family& family : image_families()) {
    const Dataset set = family.generate(500, 0, 1);
    double sum = 0, squares = 0;
    for (const std::uint8_t pixel : set.pixels) {
      sum += pixel;
      squares += pixel * pixel;
    }
    const double n = static_cast<double>(set.pixels.size()), mean = sum / n;
    EXPECT_NEAR(mean, 127.5, 5) << family.name;
    EXPECT_NEAR(std::sqrt(squares / n - mean * mean), 57, 6) << family.name;
  }
}

// The squared distance of an image from a mean image.
double distance(std::span<const std::uint8_t> image, std::span<const double> mean) {
  double sum = 0;
  for (std::size_t i = 0; i < image.size(); ++i) sum += (image[i] - mean[i]) * (image[i] - mean[i]);
  return sum;
}

// The best a classifier can do is near 0.8, and chance is 0.1. Here held-out rows are classified by the nearest mean image of
// a class, the simplest thing that learns.
TEST(Synthetic, LabelsCanBeLearnedFromImagesButNotPerfectly) {
  for (const Family& family : image_families()) {
    const Dataset train = family.generate(3000, 0, 1), test = family.generate(500, 3000, 1);
    const auto width = static_cast<std::size_t>(family.sample.elements());
    std::vector<std::vector<double>> means(10, std::vector<double>(width));
    std::array<double, 10> count{};
    for (std::size_t row = 0; row < 3000; ++row) ++count[train.labels[row]];
    for (std::size_t row = 0; row < 3000; ++row) {
      const std::uint8_t label = train.labels[row];
      for (std::size_t i = 0; i < width; ++i) means[label][i] += train.pixels[row * width + i] / count[label];
    }
    int right = 0;
    for (std::size_t row = 0; row < 500; ++row) {
      const std::span image = std::span(test.pixels).subspan(row * width, width);
      const auto nearest = std::ranges::min_element(means, {}, [&](const auto& mean) { return distance(image, mean); });
      right += nearest - means.begin() == test.labels[row];
    }
    EXPECT_GT(right, 500 * 0.3) << family.name;
    EXPECT_LT(right, 500 * 0.9) << family.name;
  }
}

// With independent features of variance 1/3, the linear part of the teacher is three times the mean of target * feature.
TEST(Synthetic, TargetsCanBeLearnedFromFeatures) {
  constexpr std::size_t kTrain = 5000, kTest = 1000, kWidth = 100;
  const Dataset train = synthetic_regression(kTrain, 0, 1), test = synthetic_regression(kTest, kTrain, 1);
  std::array<double, kWidth> weights{};
  double mean = 0;
  for (std::size_t row = 0; row < kTrain; ++row) {
    const double target = static_cast<double>(train.targets[row]);
    mean += target / kTrain;
    for (std::size_t i = 0; i < kWidth; ++i) {
      weights[i] += 3.0 / kTrain * target * static_cast<double>(train.features[row * kWidth + i]);
    }
  }
  double variance = 0, error = 0;
  for (std::size_t row = 0; row < kTest; ++row) {
    double predicted = mean;
    for (std::size_t i = 0; i < kWidth; ++i) predicted += weights[i] * static_cast<double>(test.features[row * kWidth + i]);
    const double target = static_cast<double>(test.targets[row]);
    variance += (target - mean) * (target - mean) / kTest;
    error += (target - predicted) * (target - predicted) / kTest;
  }
  EXPECT_NEAR(std::sqrt(variance), 0.85, 0.1);
  EXPECT_LT(error, 0.3 * variance);
  EXPECT_GT(error, 0.01 * variance);  // what is not linear, and the noise
}

TEST(Synthetic, FeaturesFillTheirInterval) {
  const Dataset set = synthetic_regression(1000, 0, 1);
  const auto [low, high] = std::ranges::minmax(set.features);
  EXPECT_GE(low, -1.0f);
  EXPECT_LT(low, -0.999f);
  EXPECT_LT(high, 1.0f);
  EXPECT_GT(high, 0.999f);
}

TEST(Synthetic, RefusesNegativeRowsAndMakesEmptySets) {
  EXPECT_THROW(synthetic_mnist(-1, 0, 1), Error);
  EXPECT_THROW(synthetic_cifar10(1, -1, 1), Error);
  EXPECT_THROW(synthetic_regression(-1, 0, 1), Error);
  EXPECT_EQ(synthetic_mnist(0, 0, 1).view().pixels.size(), 0u);
}

}  // namespace
}  // namespace m1bench
