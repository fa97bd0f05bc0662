// SPDX-License-Identifier: Apache-2.0
// Kernels made ready against the plain loops: bit for bit in int8, exactly in f32 too where all numbers are small integers.
#include "m1bench/kernels/prepared.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "m1bench/core/error.hpp"
#include "m1bench/core/rng.hpp"

namespace m1bench {
namespace {

struct Row {
  const char* name;
  Windows windows;
  std::int64_t k;  // of a convolution; of a depthwise one, the multiplier
};

const std::vector<Row>& shapes() {
  constexpr Padding kSame = Padding::same, kValid = Padding::valid;
  static const std::vector<Row> table{
      {"one pixel", {1, 1, {1, 1}, {1, 1}}, 1},
      {"mnist", {1, 1, {28, 3}, {28, 3}}, 32},
      {"three to sixteen", {2, 3, {9, 3, 2, 1, kSame}, {11, 3, 2, 1, kSame}}, 16},
      {"five to seventeen", {1, 5, {7, 2, 1, 1, kSame}, {8, 3, 1, 1, kSame}}, 17},
      {"sixteen to thirty-three", {1, 16, {6, 3, 1, 1, kSame}, {6, 3, 1, 1, kSame}}, 33},
      {"seventeen to five", {1, 17, {5, 1, 1, 1, kValid}, {6, 5, 1, 1, kValid}}, 5},
      {"thirty-three to one", {1, 33, {6, 3, 3, 1, kSame}, {7, 2, 3, 1, kSame}}, 1},
      {"dilated", {1, 3, {12, 3, 1, 3, kSame}, {11, 3, 1, 2, kSame}}, 4},
      {"dilated, strides", {2, 2, {13, 2, 3, 4, kValid}, {12, 3, 2, 3, kSame}}, 9},
      {"a window larger than the image", {1, 4, {2, 5, 1, 1, kSame}, {3, 7, 2, 1, kSame}}, 6},
      {"strides beyond the window", {1, 8, {17, 1, 5, 1, kValid}, {19, 2, 7, 1, kValid}}, 12},
      {"strides beyond the image", {1, 8, {3, 1, 5, 1, kSame}, {4, 1, 7, 1, kSame}}, 12},
      {"pointwise, a batch", {3, 24, {5, 1}, {7, 1}}, 40},
      {"wider than a strip", {1, 2, {2, 1}, {150, 3, 1, 1, kSame}}, 20},
      {"deep", {1, 130, {4, 3, 1, 1, kSame}, {4, 3, 1, 1, kSame}}, 65},
  };
  return table;
}

class Values {
 public:
  explicit Values(std::uint64_t stream) : rng_(3, stream) {}
  std::int64_t between(std::int64_t least, std::int64_t most) {
    return least + static_cast<std::int64_t>(rng_.below(static_cast<std::uint32_t>(most - least + 1)));
  }
  template <class T>
  std::vector<T> many(std::int64_t count, std::int64_t least, std::int64_t most) {
    std::vector<T> values(static_cast<std::size_t>(count));
    for (T& value : values) value = static_cast<T>(between(least, most));
    return values;
  }

 private:
  Rng rng_;
};

std::int64_t pixels_in(const Windows& w) { return w.n * w.height.extent * w.width.extent; }
std::int64_t pixels_out(const Windows& w, JoinedPool pool = {}) {
  return w.n * (w.height.out() / pool.rows) * (w.width.out() / pool.columns);
}
std::int64_t window(const Windows& w) { return w.height.window * w.width.window; }

// What becomes of the sums of k channels: of a size that gives all int8, with a few that go far beyond, and factors above 1.
struct RandomOutput {
  std::vector<std::int32_t> bias;
  std::vector<FixedPoint> factors;
  std::vector<double> reals;
  std::int32_t x_zero, y_zero;
  Range8 range;

  RandomOutput(Values& values, std::int64_t k, std::int64_t depth, int most_shift)
      : bias(values.many<std::int32_t>(k, -9000, 9000)), x_zero(static_cast<std::int32_t>(values.between(-128, 127))),
        y_zero(static_cast<std::int32_t>(values.between(-128, 127))) {
    if (values.between(0, 1) == 1) range = {std::min(y_zero, 20), std::max(y_zero, 60)};
    bias[0] = std::numeric_limits<std::int32_t>::max() - 3;  // wraps
    for (std::int64_t i = 0; i < k; ++i) {
      const double factor = static_cast<double>(values.between(1, 4000)) * 1e-6 / static_cast<double>(depth);
      factors.push_back(fixed_point(i % 9 == 8 ? std::ldexp(0.7, most_shift) : factor * 100));
      reals.push_back(factor * 100);
    }
  }
  QuantizedOutput fixed(bool with_bias = true) const {
    return {x_zero, with_bias ? bias.data() : nullptr, factors, y_zero, range};
  }
  RealOutput real() const { return {x_zero, bias.data(), reals, y_zero, range}; }
};

std::vector<std::int8_t> pooled(const Windows& w, std::int64_t k, JoinedPool pool, const std::vector<std::int8_t>& y) {
  const WindowAxis height{w.height.out(), pool.rows, pool.rows}, width{w.width.out(), pool.columns, pool.columns};
  std::vector<std::int8_t> top(static_cast<std::size_t>(pixels_out(w, pool) * k));
  max_pool({w.n, k, height, width}, Range8{}, y.data(), top.data());
  return top;
}

TEST(PreparedConvolution, IsThePlainOneInInt8) {
  std::uint64_t stream = 0;
  for (const Row& row : shapes()) {
    Values values(stream++);
    const Windows& w = row.windows;
    const std::int64_t depth = window(w) * w.c;
    const auto x = values.many<std::int8_t>(pixels_in(w) * w.c, -128, 127);
    const auto weights = values.many<std::int8_t>(row.k * depth, -128, 127);
    const RandomOutput output(values, row.k, depth, 3);
    for (const bool with_bias : {true, false}) {
      std::vector<std::int8_t> wanted(static_cast<std::size_t>(pixels_out(w) * row.k)), y(wanted.size());
      conv2d(w, row.k, output.fixed(with_bias), x.data(), weights.data(), wanted.data());
      const auto kernel = prepare_conv2d(w, row.k, output.fixed(with_bias), weights.data());
      for (int run = 0; run < 2; ++run) kernel(x.data(), y.data());
      EXPECT_EQ(y, wanted) << row.name;
    }
  }
}

TEST(PreparedConvolution, TakesTheLargestOfEachJoinedWindow) {
  std::uint64_t stream = 100;
  for (const Row& row : shapes()) {
    const Windows& w = row.windows;
    for (const JoinedPool pool : {JoinedPool{2, 2}, JoinedPool{1, 3}, JoinedPool{3, 1}}) {
      if (w.height.out() < pool.rows || w.width.out() < pool.columns) continue;
      Values values(stream++);
      const std::int64_t depth = window(w) * w.c;
      const auto x = values.many<std::int8_t>(pixels_in(w) * w.c, -128, 127);
      const auto weights = values.many<std::int8_t>(row.k * depth, -127, 127);
      const RandomOutput output(values, row.k, depth, 0);
      std::vector<std::int8_t> whole(static_cast<std::size_t>(pixels_out(w) * row.k));
      conv2d(w, row.k, output.fixed(), x.data(), weights.data(), whole.data());
      const std::vector<std::int8_t> wanted = pooled(w, row.k, pool, whole);
      std::vector<std::int8_t> y(wanted.size());
      prepare_conv2d(w, row.k, output.fixed(), weights.data(), pool)(x.data(), y.data());
      EXPECT_EQ(y, wanted) << row.name << " " << pool.rows << "x" << pool.columns;
    }
  }
}

TEST(PreparedConvolution, IsThePlainOneInFloat) {
  std::uint64_t stream = 200;
  for (const Row& row : shapes()) {
    Values values(stream++);
    const Windows& w = row.windows;
    const std::int64_t depth = window(w) * w.c;
    const auto x = values.many<float>(pixels_in(w) * w.c, -9, 9), weights = values.many<float>(row.k * depth, -9, 9);
    const auto bias = values.many<float>(row.k, -50, 50);
    for (const FloatOutput& output : {FloatOutput{bias.data(), -100, 300}, FloatOutput{}}) {
      std::vector<float> wanted(static_cast<std::size_t>(pixels_out(w) * row.k)), y(wanted.size());
      conv2d(w, row.k, output, x.data(), weights.data(), wanted.data());
      prepare_conv2d(w, row.k, output, weights.data())(x.data(), y.data());
      EXPECT_EQ(y, wanted) << row.name;
      if (w.height.out() < 2 || w.width.out() < 2) continue;
      std::vector<float> top(static_cast<std::size_t>(pixels_out(w, {2, 2}) * row.k)), joined(top.size());
      max_pool({w.n, row.k, {w.height.out(), 2, 2}, {w.width.out(), 2, 2}}, FloatOutput{}, wanted.data(), top.data());
      prepare_conv2d(w, row.k, output, weights.data(), {2, 2})(x.data(), joined.data());
      EXPECT_EQ(joined, top) << row.name;
    }
  }
}

TEST(PreparedDepthwiseConvolution, IsThePlainOne) {
  std::uint64_t stream = 300;
  for (const Row& row : shapes()) {
    for (const std::int64_t multiplier : {1, 3}) {
      Values values(stream++);
      const Windows& w = row.windows;
      const std::int64_t k = w.c * multiplier;
      const auto x = values.many<std::int8_t>(pixels_in(w) * w.c, -128, 127);
      const auto weights = values.many<std::int8_t>(window(w) * k, -128, 127);
      const RandomOutput output(values, k, window(w), 2);
      std::vector<std::int8_t> wanted(static_cast<std::size_t>(pixels_out(w) * k)), y(wanted.size());
      depthwise_conv2d(w, multiplier, output.fixed(), x.data(), weights.data(), wanted.data());
      prepare_depthwise_conv2d(w, multiplier, output.fixed(), weights.data())(x.data(), y.data());
      EXPECT_EQ(y, wanted) << row.name;

      const std::vector<float> x_float(x.begin(), x.end()), weights_float(weights.begin(), weights.end());
      const auto bias = values.many<float>(k, -50, 50);
      std::vector<float> wanted_float(wanted.size()), y_float(wanted.size());
      const FloatOutput range{bias.data(), -20000, 30000};
      depthwise_conv2d(w, multiplier, range, x_float.data(), weights_float.data(), wanted_float.data());
      prepare_depthwise_conv2d(w, multiplier, range, weights_float.data())(x_float.data(), y_float.data());
      EXPECT_EQ(y_float, wanted_float) << row.name;
    }
  }
}

TEST(PreparedFullyConnected, IsThePlainOne) {
  std::uint64_t stream = 400;
  for (const std::int64_t in : {1, 3, 16, 63, 64, 65, 127, 300, 1111}) {
    for (const std::int64_t out : {1, 4, 5, 6, 10, 33}) {
      Values values(stream++);
      const DenseShape shape{1 + in % 3, in, out};
      const auto x = values.many<std::int8_t>(shape.rows * in, -128, 127);
      const auto weights = values.many<std::int8_t>(in * out, -128, 127);
      const RandomOutput output(values, out, in, 0);
      std::vector<std::int8_t> wanted(static_cast<std::size_t>(shape.rows * out)), y(wanted.size());
      fully_connected(shape, output.real(), x.data(), weights.data(), wanted.data());
      prepare_fully_connected(shape, output.real(), weights.data())(x.data(), y.data());
      EXPECT_EQ(y, wanted) << in << " to " << out;

      const auto x_float = values.many<float>(shape.rows * in, -20, 20), weights_float = values.many<float>(in * out, -20, 20);
      const auto bias = values.many<float>(out, -50, 50);
      std::vector<float> wanted_float(wanted.size()), y_float(wanted.size());
      fully_connected(shape, {bias.data(), -900, 800}, x_float.data(), weights_float.data(), wanted_float.data());
      prepare_fully_connected(shape, {bias.data(), -900, 800}, weights_float.data())(x_float.data(), y_float.data());
      EXPECT_EQ(y_float, wanted_float) << in << " to " << out;
    }
  }
}

// Sums of integers that no float holds.
TEST(PreparedFullyConnected, SumsIntegersExactly) {
  const DenseShape shape{1, 4096, 2};
  std::vector<std::int8_t> x(4096, 127), weights(2 * 4096, 127), y(2);
  weights[4096] = 126;
  const std::int32_t sum = 4096 * 127 * 127;
  const std::vector<std::int32_t> bias{-sum + 1, -sum + 1};
  const std::vector<double> factors{1, 0.5};
  prepare_fully_connected(shape, RealOutput{.bias = bias.data(), .factors = factors}, weights.data())(x.data(), y.data());
  EXPECT_EQ(y, (std::vector<std::int8_t>{1, -63}));
}

TEST(PreparedPool, IsThePlainOne) {
  std::uint64_t stream = 500;
  for (const Row& row : shapes()) {
    for (const std::int64_t channels : {1, 3, 5, 16, 17, 32, 33, 100}) {
      Windows w = row.windows;
      w.c = channels;
      Values values(stream++);
      const auto x = values.many<std::int8_t>(pixels_in(w) * channels, -128, 127);
      std::vector<std::int8_t> wanted(static_cast<std::size_t>(pixels_out(w) * channels)), y(wanted.size());
      const Range8 range{-100, 90};
      max_pool(w, range, x.data(), wanted.data());
      prepare_max_pool(w, range)(x.data(), y.data());
      EXPECT_EQ(y, wanted) << row.name << " of " << channels;
      average_pool(w, range, x.data(), wanted.data());
      prepare_average_pool(w, range)(x.data(), y.data());
      EXPECT_EQ(y, wanted) << row.name << " of " << channels;

      const std::vector<float> x_float(x.begin(), x.end());
      std::vector<float> wanted_float(wanted.size()), y_float(wanted.size());
      max_pool(w, FloatOutput{.max = 90}, x_float.data(), wanted_float.data());
      prepare_max_pool(w, FloatOutput{.max = 90})(x_float.data(), y_float.data());
      EXPECT_EQ(y_float, wanted_float) << row.name << " of " << channels;
      average_pool(w, FloatOutput{.min = -5}, x_float.data(), wanted_float.data());
      prepare_average_pool(w, FloatOutput{.min = -5})(x_float.data(), y_float.data());
      EXPECT_EQ(y_float, wanted_float) << row.name << " of " << channels;
    }
  }
}

// The quotient of a mean just below and on an integer, for windows up to the largest and beyond.
TEST(PreparedPool, RoundsMeansOfManyAsIntegersDo) {
  for (const std::int64_t side : {1, 3, 100, 181, 200}) {
    const Windows w{1, 16, {side, side}, {side, side}};
    for (const int near : {127, -128, -1, 0, 64}) {
      for (std::int64_t others = 0; others < 3; ++others) {
        std::vector<std::int8_t> x(static_cast<std::size_t>(side * side * 16), static_cast<std::int8_t>(near)), wanted(16), y(16);
        const std::int64_t changed = side * side / 2 + others - 1;  // about half of them one lower: a tie or its neighbour
        const auto other = static_cast<std::int8_t>(near == -128 ? -127 : near - 1);
        if (changed > 0) std::fill_n(x.begin(), changed * 16, other);
        average_pool(w, Range8{}, x.data(), wanted.data());
        prepare_average_pool(w, Range8{})(x.data(), y.data());
        EXPECT_EQ(y, wanted) << side << " " << near << " " << others;
      }
    }
  }
}

TEST(Prepared, RefusesImagesThatAreNearlyAllPadding) {
  const Windows huge{1, 1, {4, 3, 1, 60000, Padding::same}, {4, 3, 1, 60000, Padding::same}};
  EXPECT_FALSE(can_prepare(huge));
  EXPECT_TRUE(can_prepare({1, 64, {56, 3, 1, 1, Padding::same}, {56, 3, 1, 1, Padding::same}}));
  const std::vector<float> weights(9);
  EXPECT_THROW(prepare_conv2d(huge, 1, FloatOutput{}, weights.data()), Error);
  EXPECT_THROW(prepare_depthwise_conv2d(huge, 1, FloatOutput{}, weights.data()), Error);
}

TEST(Prepared, RefusesAPoolBehindALeftShift) {
  const std::vector<FixedPoint> factors{fixed_point(1.5)};
  const std::vector<std::int8_t> weights(1);
  EXPECT_THROW(prepare_conv2d({1, 1, {2, 1}, {2, 1}}, 1, QuantizedOutput{.factors = factors}, weights.data(), {2, 2}), Error);
}

}  // namespace
}  // namespace m1bench
