// SPDX-License-Identifier: Apache-2.0
#include "m1bench/kernels/windowed.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "m1bench/core/rng.hpp"

namespace m1bench {
namespace {

TEST(WindowAxis, PadsAsTensorFlowDoes) {
  struct Row {
    WindowAxis axis;
    std::int64_t out, before;
  };
  const std::vector<Row> table{
      {{28, 3, 1, 1, Padding::valid}, 26, 0}, {{28, 3, 1, 1, Padding::same}, 28, 1}, {{28, 3, 2, 1, Padding::same}, 14, 0},
      {{7, 3, 2, 1, Padding::same}, 4, 1},    {{7, 2, 2, 1, Padding::valid}, 3, 0},  {{7, 2, 2, 1, Padding::same}, 4, 0},
      {{9, 3, 1, 2, Padding::valid}, 5, 0},   {{9, 3, 1, 2, Padding::same}, 9, 2},   {{5, 1, 3, 1, Padding::same}, 2, 0},
      {{2, 5, 1, 1, Padding::same}, 2, 2},    {{2, 3, 1, 1, Padding::valid}, 0, 0},
  };
  for (const Row& row : table) {
    EXPECT_EQ(row.axis.out(), row.out) << row.axis.extent << " " << row.axis.window;
    EXPECT_EQ(row.axis.before(), row.before) << row.axis.extent << " " << row.axis.window;
  }
}

TEST(WindowAxis, TapsAreThoseInsideTheImage) {
  for (const std::int64_t extent : {1, 2, 5, 8}) {
    for (const std::int64_t window : {1, 2, 3, 5}) {
      for (const std::int64_t stride : {1, 2, 3}) {
        for (const std::int64_t dilation : {1, 2, 3}) {
          const WindowAxis axis{extent, window, stride, dilation, Padding::same};
          for (std::int64_t position = 0; position < axis.out(); ++position) {
            const Taps taps = axis.taps(position);
            EXPECT_EQ(taps.origin, position * stride - axis.before());
            for (std::int64_t tap = 0; tap < window; ++tap) {
              const std::int64_t pixel = taps.origin + tap * dilation;
              EXPECT_EQ(pixel >= 0 && pixel < extent, tap >= taps.begin && tap < taps.end);
            }
          }
        }
      }
    }
  }
}

Windows windows_of(std::int64_t n, std::int64_t h, std::int64_t w, std::int64_t c, std::int64_t r, std::int64_t s,
                   Padding padding) {
  return {n, c, {h, r, 2, 1, padding}, {w, s, 1, 2, padding}};
}

template <class T>
std::vector<T> random_values(std::int64_t count, std::uint64_t stream) {
  Rng rng(1, stream);
  std::vector<T> values(static_cast<std::size_t>(count));
  for (T& value : values) value = static_cast<T>(static_cast<int>(rng.below(255)) - 127);
  return values;
}

// The definition of a convolution, one product at a time; channel k sees the input channels [first(k), first(k) + depth).
template <class First, class WeightAt>
std::vector<std::int64_t> direct(const Windows& w, std::int64_t outputs, std::int64_t depth, int x_zero,
                                 const std::vector<std::int8_t>& x, First first, WeightAt weight_at) {
  std::vector<std::int64_t> sums;
  const auto pixel_of = [](const WindowAxis& axis, std::int64_t position, std::int64_t tap) {
    return position * axis.stride - axis.before() + tap * axis.dilation;
  };
  for (std::int64_t i = 0; i < w.n * w.height.out() * w.width.out() * outputs; ++i) {
    const std::int64_t k = i % outputs, ox = i / outputs % w.width.out(), oy = i / outputs / w.width.out() % w.height.out();
    const std::int64_t n = i / outputs / w.width.out() / w.height.out();
    std::int64_t sum = 0;
    for (std::int64_t t = 0; t < w.height.window * w.width.window * depth; ++t) {
      const std::int64_t c = t % depth, s = t / depth % w.width.window, r = t / depth / w.width.window;
      const std::int64_t iy = pixel_of(w.height, oy, r), ix = pixel_of(w.width, ox, s);
      if (iy < 0 || iy >= w.height.extent || ix < 0 || ix >= w.width.extent) continue;
      const auto at = static_cast<std::size_t>(((n * w.height.extent + iy) * w.width.extent + ix) * w.c + first(k) + c);
      sum += (x[at] - x_zero) * weight_at(k, r, s, c);
    }
    sums.push_back(sum);
  }
  return sums;
}

// Requantised by factors of 2^-j, which are easily done in another way.
std::int8_t finished(std::int64_t sum, int halvings, int y_zero, Range8 range) {
  const double scaled = std::ldexp(static_cast<double>(sum), -halvings);
  return static_cast<std::int8_t>(std::clamp(static_cast<int>(std::round(scaled)) + y_zero, range.min, range.max));
}

class Convolution : public testing::TestWithParam<Padding> {};

TEST_P(Convolution, IsItsDefinition) {
  const Windows w = windows_of(2, 9, 8, 3, 3, 2, GetParam());
  const std::int64_t k = 5, filter = 3 * 2 * 3;
  const auto x = random_values<std::int8_t>(2 * 9 * 8 * 3, 0), weights = random_values<std::int8_t>(k * filter, 1);
  const std::vector<std::int32_t> bias{1000, -2000, 30, 0, 7};
  const std::vector<FixedPoint> factors{fixed_point(0x1p-9), fixed_point(0x1p-10), fixed_point(0x1p-11), fixed_point(0x1p-10),
                                        fixed_point(0x1p-9)};
  const std::vector<int> halvings{9, 10, 11, 10, 9};
  const auto sums = direct(w, k, 3, -4, x, [](std::int64_t) { return 0; }, [&](auto f, auto r, auto s, auto c) {
    return weights[static_cast<std::size_t>(f * filter + (r * 2 + s) * 3 + c)];
  });
  std::vector<std::int8_t> y(sums.size());
  const Range8 range{-100, 90};
  conv2d(w, k, {.x_zero = -4, .bias = bias.data(), .factors = factors, .y_zero = 6, .range = range}, x.data(), weights.data(),
         y.data());

  const std::vector<float> x_float(x.begin(), x.end()), weights_float(weights.begin(), weights.end());
  std::vector<float> y_float(sums.size());
  conv2d(w, k, {.min = -1000, .max = 5000}, x_float.data(), weights_float.data(), y_float.data());
  const auto plain = direct(w, k, 3, 0, x, [](std::int64_t) { return 0; }, [&](auto f, auto r, auto s, auto c) {
    return weights[static_cast<std::size_t>(f * filter + (r * 2 + s) * 3 + c)];
  });
  for (std::size_t i = 0; i < sums.size(); ++i) {
    const std::size_t channel = i % 5;
    // Twice rounded may be one more than once rounded, and only where the sum lies half a step from a tie.
    EXPECT_NEAR(y[i], finished(sums[i] + bias[channel], halvings[channel], 6, range), 1) << i;
    EXPECT_EQ(y_float[i], std::clamp(static_cast<float>(plain[i]), -1000.0f, 5000.0f)) << i;
  }
}

TEST_P(Convolution, IsDepthwiseToo) {
  const Windows w = windows_of(2, 6, 7, 3, 2, 3, GetParam());
  const std::int64_t multiplier = 2, k = 6;
  const auto x = random_values<std::int8_t>(2 * 6 * 7 * 3, 0), weights = random_values<std::int8_t>(2 * 3 * k, 1);
  const auto weight_at = [&](auto f, auto r, auto s, auto) { return weights[static_cast<std::size_t>((r * 3 + s) * k + f)]; };
  const auto first = [&](std::int64_t f) { return f / multiplier; };
  const std::vector<FixedPoint> factors(6, fixed_point(0x1p-8));
  const auto sums = direct(w, k, 1, 9, x, first, weight_at), plain = direct(w, k, 1, 0, x, first, weight_at);
  std::vector<std::int8_t> y(sums.size());
  depthwise_conv2d(w, multiplier, {.x_zero = 9, .factors = factors}, x.data(), weights.data(), y.data());

  const std::vector<float> x_float(x.begin(), x.end()), weights_float(weights.begin(), weights.end()), bias(6, 0.5f);
  std::vector<float> y_float(sums.size());
  depthwise_conv2d(w, multiplier, {.bias = bias.data()}, x_float.data(), weights_float.data(), y_float.data());
  for (std::size_t i = 0; i < sums.size(); ++i) {
    EXPECT_NEAR(y[i], finished(sums[i], 8, 0, {}), 1) << i;
    EXPECT_EQ(y_float[i], static_cast<float>(plain[i]) + 0.5f) << i;
  }
}

INSTANTIATE_TEST_SUITE_P(Paddings, Convolution, testing::Values(Padding::valid, Padding::same), [](const auto& row) {
  return std::string(row.param == Padding::same ? "same" : "valid");
});

TEST(FullyConnected, MultipliesByTheTransposedWeights) {
  const std::vector<std::int8_t> x{1, 2, 3, -4, 5, -6}, weights{1, 0, 0, 1, 1, 1};
  const std::vector<std::int32_t> bias{10, -1};
  const std::vector<double> factors{1, 2};
  std::vector<std::int8_t> y(4);
  fully_connected({2, 3, 2}, {.x_zero = 1, .bias = bias.data(), .factors = factors, .y_zero = 3, .range = {-20, 12}}, x.data(),
                  weights.data(), y.data());
  EXPECT_EQ(y, (std::vector<std::int8_t>{12, 7, 8, -15}));
  std::vector<float> y_float(4);
  fully_connected({2, 3, 2}, {.min = 0}, std::vector<float>{1, 2, 3, -4, 5, -6}.data(),
                  std::vector<float>{1, 0, 0, 1, 1, 1}.data(), y_float.data());
  EXPECT_EQ(y_float, (std::vector<float>{1, 6, 0, 0}));
}

TEST(FullyConnected, RoundsOnce) {
  // 5 / 4: the nearest is 1, which rounding 5 / 2 first would miss. Halves go away from zero.
  const std::vector<std::int8_t> x{5, 2, -2}, weights{1};
  const std::vector<double> factors{0.25};
  std::vector<std::int8_t> y(3);
  fully_connected({3, 1, 1}, {.factors = factors}, x.data(), weights.data(), y.data());
  EXPECT_EQ(y, (std::vector<std::int8_t>{1, 1, -1}));
}

TEST(FullyConnected, SumsWrapWithoutUndefinedBehaviour) {
  const std::vector<std::int8_t> x{127, 127}, weights{127, 127};
  const std::int32_t bias = std::numeric_limits<std::int32_t>::max();
  const std::vector<double> factors{0x1p-20};
  std::int8_t y = 0;
  fully_connected({1, 2, 1}, {.bias = &bias, .factors = factors}, x.data(), weights.data(), &y);
  EXPECT_EQ(y, -128);
}

TEST(Pool, LooksOnlyInsideTheImage) {
  //  1 2 3
  //  4 5 6      same padding of 2x2 windows at stride 2: the last column and row stand alone
  // -7 8 9
  const Windows w{1, 1, {3, 2, 2, 1, Padding::same}, {3, 2, 2, 1, Padding::same}};
  const std::vector<std::int8_t> x{1, 2, 3, 4, 5, 6, -7, 8, 9};
  const std::vector<float> x_float(x.begin(), x.end());
  std::vector<std::int8_t> y(4);
  std::vector<float> y_float(4);
  max_pool(w, Range8{-128, 8}, x.data(), y.data());
  EXPECT_EQ(y, (std::vector<std::int8_t>{5, 6, 8, 8}));
  average_pool(w, Range8{1, 127}, x.data(), y.data());
  EXPECT_EQ(y, (std::vector<std::int8_t>{3, 5, 1, 9}));  // 3, 4.5, 0.5, 9
  max_pool(w, FloatOutput{.max = 8}, x_float.data(), y_float.data());
  EXPECT_EQ(y_float, (std::vector<float>{5, 6, 8, 8}));
  average_pool(w, FloatOutput{.min = 1}, x_float.data(), y_float.data());
  EXPECT_EQ(y_float, (std::vector<float>{3, 4.5f, 1, 9}));
}

TEST(Pool, RoundsNegativeMeansAwayFromZero) {
  const Windows w{1, 1, {1, 1, 1, 1, Padding::valid}, {2, 2, 1, 1, Padding::valid}};
  std::int8_t y = 0;
  average_pool(w, Range8{}, std::vector<std::int8_t>{-1, -2}.data(), &y);
  EXPECT_EQ(y, -2);
}

}  // namespace
}  // namespace m1bench
