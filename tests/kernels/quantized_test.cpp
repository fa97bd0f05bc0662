// SPDX-License-Identifier: Apache-2.0
#include "m1bench/kernels/quantized.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <vector>

#include "m1bench/core/error.hpp"

namespace m1bench {
namespace {

constexpr std::int32_t kLowest = std::numeric_limits<std::int32_t>::min(), kHighest = std::numeric_limits<std::int32_t>::max();

TEST(FixedPoint, HoldsThirtyOneBitsAndAnExponent) {
  struct Row {
    double factor;
    FixedPoint wanted;
  };
  const std::vector<Row> table{
      {0, {}},
      {0.5, {1 << 30, 0}},
      {1, {1 << 30, 1}},
      {0.75, {3 << 29, 0}},
      {1.0 / 3, {1431655765, -1}},
      {1 - 0x1p-40, {1 << 30, 1}},  // rounds up to the next power of two
      {0x1p29, {1 << 30, 30}},
      {0x1p-32, {1 << 30, -31}},
      {0x1p-33, {}},
  };
  for (const Row& row : table) EXPECT_EQ(fixed_point(row.factor), row.wanted) << row.factor;
  for (const double factor : {-0.5, 0x1p30, std::nan(""), HUGE_VAL}) {
    EXPECT_FALSE(has_fixed_point(factor)) << factor;
    EXPECT_THROW(fixed_point(factor), Error) << factor;
  }
}

TEST(FixedPoint, RoundsTwice) {
  struct Row {
    std::int32_t x;
    FixedPoint factor;
    std::int32_t wanted;
  };
  const std::vector<Row> table{
      {100, {1 << 30, 0}, 50},
      {101, {1 << 30, 0}, 51},    // 50.5: up
      {-101, {1 << 30, 0}, -50},  // -50.5: the high product rounds negative halves up
      {-103, {1 << 30, 1}, -103},
      {3, {1 << 30, -1}, 1},      // 1.5 -> 2, then 2 / 2; once would give 0.75 -> 1
      {5, {1 << 30, -1}, 2},      // 2.5 -> 3, then 1.5 -> 2, where 1.25 is nearer to 1
      {-6, {1 << 30, -1}, -2},    // -3, then -1.5: away from zero
      {7, {1 << 30, 3}, 28},
      {kLowest, {kHighest, 0}, -kHighest},
      {kHighest, {1 << 30, -31}, 1},  // half a step
      {kLowest, {1 << 30, -30}, -1},
      {1 << 30, {1 << 30, 2}, 0},  // wraps
  };
  for (const Row& row : table) {
    EXPECT_EQ(multiply_by_quantized_multiplier(row.x, row.factor), row.wanted) << row.x << " " << row.factor.shift;
  }
}

TEST(Quantize, RoundsHalvesAwayFromZeroAndSaturates) {
  const std::vector<float> x{0, 0.24f, 0.25f, -0.25f, -0.75f, 100, -100, 1e30f, -HUGE_VALF, std::nanf("")};
  std::vector<std::int8_t> y(x.size());
  quantize(0.5f, 3, x, y);
  EXPECT_EQ(y, (std::vector<std::int8_t>{3, 3, 4, 2, 1, 127, -128, 127, -128, 3}));
  std::vector<float> back(3);
  dequantize(0.5f, 3, std::vector<std::int8_t>{3, -128, 127}, back);
  EXPECT_EQ(back, (std::vector<float>{0, -65.5f, 62}));
}

TEST(Requantize, MovesTheZeroPointAndClamps) {
  const std::vector<std::int8_t> x{-128, -1, 0, 1, 3, 127};
  std::vector<std::int8_t> y(x.size());
  requantize({.factor = fixed_point(0.5), .x_zero = 1, .y_zero = -10, .range = {-20, 20}}, x, y);
  EXPECT_EQ(y, (std::vector<std::int8_t>{-20, -11, -10, -10, -9, 20}));
  requantize({.factor = fixed_point(1000)}, x, y);
  EXPECT_EQ(y, (std::vector<std::int8_t>{-128, -128, 0, 127, 127, 127}));
}

TEST(QuantizedAdd, AddsRealNumbersOfDifferentScales) {
  QuantizedAdd how = quantized_add(0.5f, 0.25f, 1.0f);
  how.a_zero = 1;
  how.b_zero = -2;
  how.y_zero = 5;
  std::vector<std::int8_t> y(4);
  //            (a - 1) / 2 + (b + 2) / 4:  2 + 1, -1 + 0.25, 63 + 0.25, 0 + 0.5
  add(how, std::vector<std::int8_t>{5, -1, 127, 1}, std::vector<std::int8_t>{2, -1, -1, 0}, y);
  EXPECT_EQ(y, (std::vector<std::int8_t>{8, 4, 68, 6}));
  add(how, std::vector<std::int8_t>{5, -1, 127, 1}, std::vector<std::int8_t>{2}, y);  // 1 to all of them
  EXPECT_EQ(y, (std::vector<std::int8_t>{8, 5, 69, 6}));
}

TEST(QuantizedSoftmax, GivesSharesOfOne) {
  const QuantizedSoftmax how = quantized_softmax(0.1f, 1);
  std::vector<std::int8_t> y(4);
  softmax(how, std::vector<std::int8_t>{7, 7, 127, -128}, y, 2);
  EXPECT_EQ(y, (std::vector<std::int8_t>{0, 0, 127, -128}));
  softmax(how, std::vector<std::int8_t>{-20, -20, -10, -10}, y, 4);  // 1 : e in a sum of 2 + 2 e
  EXPECT_EQ(y, (std::vector<std::int8_t>{-94, -94, -34, -34}));
}

}  // namespace
}  // namespace m1bench
