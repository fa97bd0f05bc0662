// SPDX-License-Identifier: Apache-2.0
#include "m1bench/tensor/compare.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "m1bench/core/error.hpp"

namespace m1bench {
namespace {

constexpr float kNan = std::numeric_limits<float>::quiet_NaN(), kInfinity = std::numeric_limits<float>::infinity();

Deviation compare_floats(std::vector<float> values, const Reference& reference) {
  return compare({DType::f32, Shape{static_cast<std::int64_t>(values.size())}, std::as_bytes(std::span(values))}, reference);
}

TEST(Compare, WithinAndBeyondTheBound) {
  const Reference reference{{1, 2, 3}, {0.1f, 0.1f, 0}};
  struct Row {
    const char* name;
    std::vector<float> values;
    std::size_t wrong, worst;
  };
  const Row rows[] = {{"exact", {1, 2, 3}, 0, 0},         {"within", {1.05f, 2, 3}, 0, 0},
                      {"beyond", {1, 2.5f, 3}, 1, 1},     {"bound of zero", {1, 2, 3.0001f}, 1, 2},
                      {"not a number", {1, kNan, 3}, 1, 1}, {"infinite", {kInfinity, 2, 3}, 1, 0}};
  for (const Row& row : rows) {
    const Deviation result = compare_floats(row.values, reference);
    EXPECT_EQ(result.wrong, row.wrong) << row.name;
    EXPECT_EQ(result.worst, row.worst) << row.name;
    EXPECT_EQ(result.ok(), row.wrong == 0) << row.name;
  }
}

TEST(Compare, NothingIsRightAboutTheWrongSize) {
  EXPECT_FALSE(compare_floats({1, 2}, {{1, 2, 3}, {1, 1, 1}}).ok());
  EXPECT_FALSE(compare_floats({1, 2, 3, 4}, {{1, 2, 3}, {1, 1, 1}}).ok());
}

TEST(Compare, OtherTypes) {
  const std::vector<std::int32_t> integers = {1, -2};
  EXPECT_TRUE(compare({DType::i32, {2}, std::as_bytes(std::span(integers))}, {{1, -2}, {0, 0}}).ok());
  const std::vector<std::int8_t> steps = {127, -128};
  EXPECT_TRUE(compare({DType::i8, {2}, std::as_bytes(std::span(steps))}, {{127, -127}, {0, 1}}).ok());
  EXPECT_FALSE(compare({DType::i8, {2}, std::as_bytes(std::span(steps))}, {{126, -128}, {0, 1}}).ok());
  const std::vector<double> doubles = {1.0, 2.0 + 1e-9};
  EXPECT_TRUE(compare({DType::f64, {2}, std::as_bytes(std::span(doubles))}, {{1, 2}, {0, 1e-8f}}).ok());
  EXPECT_THROW(compare({DType::u8, {0}, {}}, {}), Error);
  EXPECT_THROW(compare({DType::f32, {0}, {}}, {{1}, {}}), Error);
}

TEST(Compare, RoundingBoundGrowsAsTheSquareRoot) {
  EXPECT_DOUBLE_EQ(rounding_bound(10000, kUnitRoundoffF32), 600 * kUnitRoundoffF32);
  EXPECT_DOUBLE_EQ(rounding_bound(1, kUnitRoundoffF64), 6 * kUnitRoundoffF64);
}

TEST(Compare, CountsZerosAndDenormals) {
  const std::vector<float> answer{0, -0.0f, 1e-40f, -1e-40f, 1e-37f, 1};
  Reference reference;
  reference.values.assign(answer.begin(), answer.end());
  reference.bounds.assign(answer.size(), 0);
  ArrayView view;
  view.dtype = DType::f32;
  view.bytes = std::as_bytes(std::span(answer));
  EXPECT_EQ(compare(view, reference).zeros, 4u);
}

}  // namespace
}  // namespace m1bench
