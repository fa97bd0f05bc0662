// SPDX-License-Identifier: Apache-2.0
#include "m1bench/nn/loss.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <ostream>
#include <vector>

#include "m1bench/core/error.hpp"
#include "m1bench/tensor/compare.hpp"
#include "m1bench/tensor/fill.hpp"

namespace m1bench {
namespace {

constexpr LossKind kSquared = LossKind::mean_squared_error;
constexpr LossKind kLogits = LossKind::sparse_categorical_crossentropy_from_logits;
constexpr LossKind kSigmoid = LossKind::categorical_crossentropy_on_sigmoid;

Tensor<float> tensor_of(const Shape& shape, const std::vector<float>& values) {
  Tensor<float> tensor(shape);
  std::ranges::copy(values, tensor.data());
  return tensor;
}

struct Row {
  const char* name;
  LossKind kind;
  Shape shape;
  std::vector<float> y;
  std::vector<std::int64_t> labels;
  std::vector<float> values;
  double loss;
  std::vector<double> gradient;
  std::int64_t correct;
};
void PrintTo(const Row& row, std::ostream* out) { *out << row.name; }
class HandComputedLoss : public testing::TestWithParam<Row> {};

TEST_P(HandComputedLoss, LossGradientAndCorrect) {
  const Row& row = GetParam();
  Tensor<float> d_y(row.shape);
  const StepResult result = loss_and_gradient(row.kind, tensor_of(row.shape, row.y), {row.labels, row.values}, d_y);
  EXPECT_NEAR(result.loss, row.loss, 1e-14 * std::abs(row.loss));
  EXPECT_EQ(result.correct, row.correct);
  ASSERT_EQ(d_y.size(), row.gradient.size());
  for (std::size_t i = 0; i < d_y.size(); ++i) {
    EXPECT_NEAR(double{d_y[i]}, row.gradient[i], kUnitRoundoffF32 * std::abs(row.gradient[i])) << i;
  }
}

// The sigmoid rows use outputs that are exact in f32. 0.5, 0.25, 0.25 sums to 1: p = y. Beyond the clip, p is 2^-30 or
// 1 - 2^-30: the loss is that of the clip and nothing can be learnt.
INSTANTIATE_TEST_SUITE_P(
    Rows, HandComputedLoss,
    testing::Values(
        Row{"squared", kSquared, {2, 2}, {1, 2, 3, 5}, {}, {0, 2, 1, 1}, 21.0 / 4, {0.5, 0, 1, 2}, 0},
        Row{"squared_one_output", kSquared, {3, 1}, {1, 2, 3}, {}, {1, 0, 6}, 13.0 / 3, {0, 4.0 / 3, -2}, 0},
        Row{"logits_equal", kLogits, {1, 4}, {7, 7, 7, 7}, {2}, {}, std::log(4.0), {0.25, 0.25, -0.75, 0.25}, 0},
        Row{"logits_first_maximum", kLogits, {2, 2}, {1, 1, 1, 1}, {0, 1}, {}, std::log(2.0), {-0.25, 0.25, 0.25, -0.25}, 1},
        Row{"logits_no_overflow", kLogits, {2, 2}, {1000, 0, 1000, 0}, {0, 1}, {}, 500, {0, 0, 0.5, -0.5}, 1},
        Row{"logits_no_underflow", kLogits, {1, 2}, {-1000, -1000}, {0}, {}, std::log(2.0), {-0.5, 0.5}, 1},
        Row{"sigmoid", kSigmoid, {1, 3}, {0.5, 0.25, 0.25}, {0}, {}, std::log(2.0), {-1, 1, 1}, 1},
        Row{"sigmoid_unnormalised", kSigmoid, {1, 2}, {0.75, 0.25}, {1}, {}, std::log(4.0), {1, -3}, 0},
        Row{"sigmoid_sum_two", kSigmoid, {1, 3}, {1, 0.5, 0.5}, {1}, {}, std::log(4.0), {0.5, -1.5, 0.5}, 0},
        Row{"sigmoid_clipped_below", kSigmoid, {1, 2}, {1, 0x1p-30f}, {1}, {}, -std::log(1e-7), {0, 0}, 0},
        Row{"sigmoid_zero", kSigmoid, {1, 2}, {1, 0}, {1}, {}, -std::log(1e-7), {0, 0}, 0},
        Row{"sigmoid_clipped_above", kSigmoid, {1, 2}, {1, 0x1p-30f}, {0}, {}, -std::log(1 - 1e-7), {0, 0}, 1},
        Row{"sigmoid_batch", kSigmoid, {2, 2}, {0.5, 0.5, 1, 0}, {1, 1}, {}, std::log(2e7) / 2, {0.5, -0.5, 0, 0}, 0}),
    [](const auto& row) { return row.param.name; });

struct DifferenceRow {
  const char* name;
  LossKind kind;
  float low, high;  // outputs are uniform in here
  float step;
  double third;  // bounds the third derivative of one sample's loss by one output
};
class LossGradient : public testing::TestWithParam<DifferenceRow> {};

TEST_P(LossGradient, MatchesCentralDifferences) {
  const DifferenceRow& row = GetParam();
  const std::size_t batch = 5, outputs = 7;
  const Shape shape{batch, outputs};
  Tensor<float> y(shape), d_y(shape), unused(shape);
  fill_uniform(y.span(), 1, 0, (row.high - row.low) / 2);
  for (float& value : y.span()) value += (row.high + row.low) / 2;
  const std::vector<std::int64_t> labels = {0, 6, 3, 3, 1};
  std::vector<float> values(y.size());
  fill_uniform(std::span<float>(values), 2, 0, 1.0f);
  const Targets targets{labels, values};
  loss_and_gradient(row.kind, y, targets, d_y);

  for (std::size_t i = 0; i < y.size(); ++i) {
    const float start = y[i], up = start + row.step, down = start - row.step;
    y[i] = up;
    const double above = loss_and_gradient(row.kind, y, targets, unused).loss;
    y[i] = down;
    const double below = loss_and_gradient(row.kind, y, targets, unused).loss;
    y[i] = start;
    const double step = double{row.step};
    const double tolerance = row.third * step * step / 6 / static_cast<double>(batch) +
                             kUnitRoundoffF32 * std::abs(double{d_y[i]}) + 100 * kUnitRoundoffF64 * above / step;
    EXPECT_NEAR(double{d_y[i]}, (above - below) / (double{up} - double{down}), tolerance) << i;
  }
}
// Third derivatives: a square has none; log sum exp has p(1-p)(1-2p), within 0.1; log sum(y) - log y[label] has at most
// 2/y^3 for y at its least.
INSTANTIATE_TEST_SUITE_P(Rows, LossGradient,
                         testing::Values(DifferenceRow{"squared", kSquared, -2, 2, 0.25f, 0},
                                         DifferenceRow{"logits", kLogits, -3, 3, 0x1p-6f, 0.1},
                                         DifferenceRow{"sigmoid", kSigmoid, 0.25f, 0.95f, 0x1p-8f, 2 / std::pow(0.24, 3)}),
                         [](const auto& row) { return row.param.name; });

TEST(Loss, RefusesTargetsThatDoNotFit) {
  const Tensor<float> y({2, 3});
  Tensor<float> d_y({2, 3}), other({3, 2});
  const std::vector<std::int64_t> good = {0, 2}, short_labels = {0}, negative = {0, -1}, beyond = {3, 0};
  const std::vector<float> short_values(5);
  EXPECT_NO_THROW(loss_and_gradient(kLogits, y, {good, {}}, d_y));
  EXPECT_THROW(loss_and_gradient(kLogits, y, {good, {}}, other), Error);
  EXPECT_THROW(loss_and_gradient(kLogits, y, {short_labels, {}}, d_y), Error);
  EXPECT_THROW(loss_and_gradient(kSquared, y, {good, short_values}, d_y), Error);
  for (const auto& labels : {negative, beyond}) {
    try {
      loss_and_gradient(kSigmoid, y, {labels, {}}, d_y);
      FAIL() << "a label outside the classes was accepted";
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::data);
    }
  }
}

}  // namespace
}  // namespace m1bench
