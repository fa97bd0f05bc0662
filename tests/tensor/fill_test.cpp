// SPDX-License-Identifier: Apache-2.0
#include "m1bench/tensor/fill.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "m1bench/core/rng.hpp"

namespace m1bench {
namespace {

template <class T>
struct Moments {
  double mean = 0, variance = 0, largest = 0;
  explicit Moments(const std::vector<T>& values) {
    for (const T value : values) mean += static_cast<double>(value) / static_cast<double>(values.size());
    for (const T value : values) {
      variance += (static_cast<double>(value) - mean) * (static_cast<double>(value) - mean) / static_cast<double>(values.size());
      largest = std::max(largest, std::abs(static_cast<double>(value)));
    }
  }
};

TEST(Fill, UniformIsTheIntegerScaled) {
  std::vector<float> values(5);
  fill_uniform(values, 1, 2, 0.5f);
  for (std::size_t i = 0; i < values.size(); ++i) {
    const std::uint32_t bits = philox4x32(1, 2, i / 4)[i % 4] >> 8;
    EXPECT_EQ(values[i], static_cast<float>(std::ldexp(static_cast<double>(bits), -24) - 0.5)) << i;
  }
}

TEST(Fill, BytesAreThoseOfTheBlocksAndOfEveryValue) {
  std::vector<std::int8_t> values(16 * 1024 + 5);
  fill_uniform(values, 1, 2);
  for (std::size_t i = 0; i < values.size(); ++i) {
    const std::uint32_t word = philox4x32(1, 2, i / 16)[i / 4 % 4];
    ASSERT_EQ(values[i], static_cast<std::int8_t>(word >> (8 * (i % 4)))) << i;
  }
  for (int value = -128; value < 128; ++value) {
    EXPECT_NEAR(static_cast<double>(std::ranges::count(values, value)), 64, 40) << value;
  }
}

TEST(Fill, Distributions) {
  std::vector<float> values(1 << 16);
  fill_uniform(values, 1, 0, 2.0f);
  const Moments<float> uniform(values);
  EXPECT_NEAR(uniform.mean, 0, 0.025);
  EXPECT_NEAR(uniform.variance, 4.0 / 3, 0.02);
  EXPECT_LE(uniform.largest, 2);
  fill_normal(values, 1, 0);
  const Moments<float> normal(values);
  EXPECT_NEAR(normal.mean, 0, 0.02);
  EXPECT_NEAR(normal.variance, 1, 0.025);
  EXPECT_LE(normal.largest, 4.9);
}

TEST(Fill, SeedStreamAndLengthAreIndependent) {
  std::vector<double> a(64), longer(80), other(64);
  fill_normal(a, 1, 0);
  fill_normal(longer, 1, 0);
  fill_normal(other, 1, 1);
  EXPECT_TRUE(std::equal(a.begin(), a.end(), longer.begin())) << "a prefix does not depend on the length";
  EXPECT_NE(a, other);
}

TEST(Fill, RepeatPrefix) {
  std::vector<float> values = {1, 2, 3, 0, 0, 0, 0, 0};
  repeat_prefix(values, 3);
  EXPECT_EQ(values, (std::vector<float>{1, 2, 3, 1, 2, 3, 1, 2}));
  std::vector<double> doubles = {1, 2, 0, 0, 0};
  repeat_prefix(doubles, 2);
  EXPECT_EQ(doubles, (std::vector<double>{1, 2, 1, 2, 1}));
}

TEST(Fill, ChecksumSeesEveryBitAndTheLength) {
  std::vector<std::uint8_t> bytes(100);
  const auto sum = [&] { return checksum_of<std::uint8_t>(bytes); };
  const std::uint64_t zero = sum();
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    for (int bit = 0; bit < 8; ++bit) {
      bytes[i] ^= static_cast<std::uint8_t>(1 << bit);
      EXPECT_NE(sum(), zero) << i << ":" << bit;
      bytes[i] ^= static_cast<std::uint8_t>(1 << bit);
    }
  }
  EXPECT_EQ(sum(), zero);
  bytes.push_back(0);
  EXPECT_NE(sum(), zero);
  EXPECT_NE(checksum_of<std::uint8_t>(bytes, 1), sum());
}

}  // namespace
}  // namespace m1bench
