// SPDX-License-Identifier: Apache-2.0
#include "m1bench/nn/layers.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <numeric>
#include <vector>

#include "m1bench/core/error.hpp"
#include "m1bench/core/rng.hpp"
#include "m1bench/nn/initialize.hpp"
#include "nn/gradient_check.hpp"

namespace m1bench {
namespace {

// A sum of `terms` products, each factor at most 1.5 in magnitude even after a step.
LayerAccuracy accuracy_of_products(std::int64_t terms) {
  const double scale = 1.5 * 1.5 * static_cast<double>(terms);
  return {.forward_error = rounding_bound(terms, kUnitRoundoffF32) * scale, .slope = 1.5};
}

// Distinct values at least 0.1 apart and away from zero, in random order: no step of 0.03 crosses a kink.
Tensor<float> spaced_tensor(const Shape& shape) {
  std::vector<int> order(static_cast<std::size_t>(shape.elements()));
  std::iota(order.begin(), order.end(), 0);
  Rng rng(7, 0);
  shuffle(order, rng);
  Tensor<float> tensor(shape);
  const auto middle = static_cast<float>(order.size() / 2);
  for (std::size_t i = 0; i < order.size(); ++i) tensor[i] = (static_cast<float>(order[i]) - middle + 0.5f) * 0.125f;
  return tensor;
}

struct DenseRow {
  const char* name;
  std::int64_t batch, in, out;
};
class DenseGradient : public testing::TestWithParam<DenseRow> {};
TEST_P(DenseGradient, MatchesCentralDifferences) {
  const auto [name, batch, in, out] = GetParam();
  Dense layer(in, out);
  std::uint64_t stream = 0;
  layer.initialize(5, stream);
  GradientCheck(layer, random_tensor({batch, in}, 1), 0.5f, accuracy_of_products(in + 1)).run();
}
INSTANTIATE_TEST_SUITE_P(Shapes, DenseGradient,
                         testing::Values(DenseRow{"odd", 3, 7, 5}, DenseRow{"one_output", 5, 9, 1},
                                         DenseRow{"one_sample", 1, 4, 6}, DenseRow{"one_input", 2, 1, 3},
                                         DenseRow{"beyond_one_tile", 6, 19, 37}),
                         [](const auto& row) { return row.param.name; });

struct ConvRow {
  const char* name;
  std::int64_t batch, h, w, in, out, size;
  Padding padding;
};
class Conv2dGradient : public testing::TestWithParam<ConvRow> {};
TEST_P(Conv2dGradient, MatchesCentralDifferences) {
  const auto [name, batch, h, w, in, out, size, padding] = GetParam();
  Conv2d layer(in, out, size, padding);
  std::uint64_t stream = 0;
  layer.initialize(6, stream);
  GradientCheck(layer, random_tensor({batch, h, w, in}, 2), 0.5f, accuracy_of_products(size * size * in + 1)).run();
}
INSTANTIATE_TEST_SUITE_P(Shapes, Conv2dGradient,
                         testing::Values(ConvRow{"valid", 2, 6, 5, 1, 3, 3, Padding::valid},
                                         ConvRow{"same", 1, 5, 4, 2, 3, 3, Padding::same},
                                         ConvRow{"pointwise", 3, 3, 2, 3, 2, 1, Padding::valid},
                                         ConvRow{"whole_image", 2, 3, 3, 2, 5, 3, Padding::valid}),
                         [](const auto& row) { return row.param.name; });

TEST(LayerGradient, OfPiecewiseLinearLayers) {
  Relu relu;
  GradientCheck(relu, spaced_tensor({3, 11}), 0.03f, {}).run();
  MaxPool2d pool;
  GradientCheck(pool, spaced_tensor({2, 5, 7, 3}), 0.03f, {}).run();
  Flatten flatten;
  GradientCheck(flatten, spaced_tensor({2, 3, 2, 5}), 0.03f, {}).run();
}

// One softmax output is c * sigmoid(x[k] - log of the others' sum) with c <= 1, so both have a third derivative within 1/8.
TEST(LayerGradient, OfSmoothLayers) {
  constexpr float kStep = 0x1p-6f;
  Sigmoid sigmoid;
  GradientCheck(sigmoid, random_tensor({3, 7}, 3, 4), kStep, {.forward_error = 4 * kUnitRoundoffF32, .third = 0.125}).run();
  for (const std::int64_t columns : {1, 2, 9}) {
    Softmax softmax;
    const double error = rounding_bound(columns, kUnitRoundoffF32) + 4 * kUnitRoundoffF32;
    GradientCheck(softmax, random_tensor({3, columns}, 4, 3), kStep, {.forward_error = error, .third = 0.125}).run();
  }
}

TEST(Relu, DerivativeAtZeroIsZero) {
  Relu layer;
  Parallel parallel;
  Tensor<float> x({1, 3}), y({1, 3}), d_y({1, 3}), d_x({1, 3});
  x[0] = -1, x[1] = 0, x[2] = 2;
  std::ranges::fill(d_y.span(), 5.0f);
  layer.forward(x, y, parallel);
  layer.backward(x, y, d_y, &d_x, parallel);
  EXPECT_EQ(std::vector<float>(y.span().begin(), y.span().end()), (std::vector<float>{0, 0, 2}));
  EXPECT_EQ(std::vector<float>(d_x.span().begin(), d_x.span().end()), (std::vector<float>{0, 0, 5}));
}

TEST(Sigmoid, SaturatesWithoutOverflow) {
  Sigmoid layer;
  Parallel parallel;
  Tensor<float> x({1, 5}), y({1, 5});
  x[0] = -200, x[1] = -20, x[2] = 0, x[3] = 20, x[4] = 200;
  layer.forward(x, y, parallel);
  EXPECT_GE(y[0], 0.0f);
  EXPECT_LT(y[0], 1e-37f);
  EXPECT_NEAR(double{y[1]}, std::exp(-20.0), 8 * kUnitRoundoffF32 * std::exp(-20.0));
  EXPECT_EQ(y[2], 0.5f);
  EXPECT_EQ(y[3], 1.0f);
  EXPECT_EQ(y[4], 1.0f);
}

TEST(Layers, RefuseInputsTheyCannotTake) {
  struct Row {
    const char* name;
    std::shared_ptr<Layer> layer;
    Shape input;
  };
  const Row rows[] = {
      {"dense, other size", std::make_shared<Dense>(4, 2), {5}},
      {"dense, image", std::make_shared<Dense>(4, 2), {2, 2, 1}},
      {"conv, flat", std::make_shared<Conv2d>(1, 2, 3, Padding::valid), {9}},
      {"conv, other channels", std::make_shared<Conv2d>(1, 2, 3, Padding::valid), {9, 9, 3}},
      {"conv, image below the filter", std::make_shared<Conv2d>(1, 2, 3, Padding::valid), {2, 9, 1}},
      {"pool, flat", std::make_shared<MaxPool2d>(), {9}},
      {"pool, one row", std::make_shared<MaxPool2d>(), {1, 9, 3}},
      {"softmax, no classes", std::make_shared<Softmax>(), {0}},
  };
  for (const Row& row : rows) EXPECT_THROW(row.layer->output_shape(row.input), Error) << row.name;
}

// Layers whose every element is computed alike whatever the team: the same bits. Sizes are such that all threads have work.
TEST(Layers, SameBitsForAnyNumberOfThreads) {
  struct Row {
    std::shared_ptr<Layer> layer;
    Shape input;
  };
  const Row rows[] = {{std::make_shared<Relu>(), {8, 12345}},
                      {std::make_shared<Sigmoid>(), {8, 12345}},
                      {std::make_shared<Softmax>(), {800, 123}},
                      {std::make_shared<MaxPool2d>(), {3, 65, 67, 31}},
                      {std::make_shared<Flatten>(), {3, 5, 5, 7}}};
  Parallel alone(1), team(3);
  for (const auto& [layer, shape] : rows) {
    const Tensor<float> x = random_tensor(shape, 8);
    Tensor<float> y[2], d_x[2];
    for (const int i : {0, 1}) {
      y[i] = Tensor<float>(with_batch(shape[0], layer->output_shape(without_batch(shape))));
      d_x[i] = Tensor<float>(shape);
      layer->forward(x, y[i], i == 0 ? alone : team);
      layer->backward(x, y[i], random_tensor(y[i].shape(), 9), &d_x[i], i == 0 ? alone : team);
    }
    EXPECT_TRUE(std::ranges::equal(y[0].span(), y[1].span())) << layer->name();
    EXPECT_TRUE(std::ranges::equal(d_x[0].span(), d_x[1].span())) << layer->name();
  }
}

// A product may be blocked differently for another team, so results agree only to rounding; bias gradients agree in bits.
TEST(Layers, ProductsAgreeForAnyNumberOfThreads) {
  const std::int64_t batch = 600, in = 70, out = 90;
  Dense layer(in, out);
  std::uint64_t stream = 0;
  layer.initialize(1, stream);
  const Tensor<float> x = random_tensor({batch, in}, 10), d_y = random_tensor({batch, out}, 11);
  Tensor<float> y[2], d_x[2], kernel[2], bias[2];
  Parallel alone(1), team(3);
  for (const int i : {0, 1}) {
    Parallel& parallel = i == 0 ? alone : team;
    y[i] = Tensor<float>({batch, out});
    d_x[i] = Tensor<float>({batch, in});
    layer.forward(x, y[i], parallel);
    layer.backward(x, y[i], d_y, &d_x[i], parallel);
    kernel[i] = layer.parameters()[0]->gradient;
    bias[i] = layer.parameters()[1]->gradient;
  }
  // All factors are at most 1, so a sum of n products is off by at most rounding_bound(n) * n, each of the two times.
  const auto expect_near = [](const Tensor<float>* values, std::int64_t terms) {
    const double tolerance = 2 * rounding_bound(terms, kUnitRoundoffF32) * static_cast<double>(terms);
    for (std::size_t i = 0; i < values[0].size(); ++i) ASSERT_NEAR(double{values[0][i]}, double{values[1][i]}, tolerance) << i;
  };
  expect_near(y, in + 1);
  expect_near(d_x, out);
  expect_near(kernel, batch);
  EXPECT_TRUE(std::ranges::equal(bias[0].span(), bias[1].span()));
}

TEST(Dense, BiasGradientSumsManyRowsExactly) {
  // Small integers: any order of summation is exact, so the blocks of rows and of columns must cover all, once.
  for (const std::int64_t columns : {1, 31, 32, 33, 70, 2048}) {
    Dense layer(1, columns);
    Parallel parallel(2);
    const std::int64_t batch = 519;
    Tensor<float> x({batch, 1}), y({batch, columns}), d_y({batch, columns});
    for (std::size_t i = 0; i < d_y.size(); ++i) d_y[i] = static_cast<float>(i * 7 % 13) - 5;
    layer.backward(x, y, d_y, nullptr, parallel);
    for (std::int64_t c = 0; c < columns; ++c) {
      float sum = 0;
      for (std::int64_t r = 0; r < batch; ++r) sum += d_y[static_cast<std::size_t>(r * columns + c)];
      ASSERT_EQ(layer.parameters()[1]->gradient[static_cast<std::size_t>(c)], sum) << columns << " columns, column " << c;
    }
  }
}

TEST(Layers, StartIsGlorotUniformWithZeroBias) {
  struct Row {
    std::shared_ptr<Layer> layer;
    double fans;
  };
  const Row rows[] = {{std::make_shared<Dense>(300, 100), 300 + 100},
                      {std::make_shared<Conv2d>(16, 48, 3, Padding::same), 9 * (16 + 48)}};
  for (const auto& [layer, fans] : rows) {
    std::uint64_t stream = 40;
    layer->parameters()[1]->value[0] = 3;
    layer->initialize(9, stream);
    EXPECT_EQ(stream, 41u);
    const double limit = std::sqrt(6 / fans);
    double greatest = 0, squares = 0;
    for (const float w : layer->parameters()[0]->value.span()) {
      greatest = std::max(greatest, std::abs(double{w}));
      squares += double{w} * double{w};
    }
    const auto n = static_cast<double>(layer->parameters()[0]->value.size());
    EXPECT_LE(greatest, limit * (1 + kUnitRoundoffF32)) << layer->name();
    // A uniform variable's square has mean limit^2/3 and standard deviation limit^2 * sqrt(4/45).
    EXPECT_NEAR(squares / n / (limit * limit), 1.0 / 3, 5 * std::sqrt(4.0 / 45 / n)) << layer->name();
    for (const float b : layer->parameters()[1]->value.span()) EXPECT_EQ(b, 0.0f);
  }
}

TEST(GlorotUniform, StreamsDiffer) {
  float a[8], b[8];
  glorot_uniform(a, 3, 5, 1, 0);
  glorot_uniform(b, 3, 5, 1, 1);
  EXPECT_FALSE(std::ranges::equal(a, b));
}

}  // namespace
}  // namespace m1bench
