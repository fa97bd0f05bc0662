// SPDX-License-Identifier: Apache-2.0
#include "m1bench/kernels/conv2d.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <numeric>
#include <vector>

#include "m1bench/core/error.hpp"
#include "m1bench/kernels/reference.hpp"
#include "m1bench/tensor/fill.hpp"

namespace m1bench {
namespace {

using Floats = std::vector<float>;

struct Row {
  const char* name;
  Conv2dShape shape;
};
constexpr Padding kValid = Padding::valid, kSame = Padding::same;
constexpr Row kRows[] = {
    {"point", {.n = 1, .h = 1, .w = 1, .c = 1, .k = 1, .r = 1, .s = 1}},
    {"one_by_one", {.n = 2, .h = 5, .w = 7, .c = 3, .k = 4, .r = 1, .s = 1}},
    {"valid_3x3", {.n = 3, .h = 7, .w = 5, .c = 2, .k = 3, .padding = kValid}},
    {"same_3x3", {.n = 2, .h = 6, .w = 9, .c = 5, .k = 1, .padding = kSame}},
    {"one_channel", {.n = 2, .h = 9, .w = 8, .c = 1, .k = 16, .padding = kValid}},
    {"even_2x2", {.n = 2, .h = 5, .w = 4, .c = 2, .k = 3, .r = 2, .s = 2, .padding = kSame}},
    {"even_4x4", {.n = 1, .h = 7, .w = 6, .c = 3, .k = 2, .r = 4, .s = 4, .padding = kSame}},
    {"oblong_valid", {.n = 2, .h = 6, .w = 11, .c = 2, .k = 5, .r = 2, .s = 5, .padding = kValid}},
    {"oblong_same", {.n = 1, .h = 6, .w = 11, .c = 2, .k = 5, .r = 5, .s = 2, .padding = kSame}},
    {"filter_beyond_the_image", {.n = 2, .h = 2, .w = 3, .c = 2, .k = 2, .r = 5, .s = 7, .padding = kSame}},
    {"filter_as_the_image", {.n = 2, .h = 4, .w = 3, .c = 3, .k = 2, .r = 4, .s = 3, .padding = kValid}},
    {"channels_beyond_a_tile", {.n = 2, .h = 5, .w = 19, .c = 6, .k = 70, .padding = kSame}},
    {"more_of_an_image_than_a_block", {.n = 1, .h = 9, .w = 60, .c = 600, .k = 2, .padding = kSame}},
    {"more_of_a_gradient_than_a_block", {.n = 1, .h = 30, .w = 60, .c = 3, .k = 50, .padding = kSame}},
    // A row of the filter is a panel of its own.
    {"several_panels", {.n = 5, .h = 7, .w = 8, .c = 512, .k = 3, .padding = kSame}},
};

// Where TensorFlow's "same" with stride 1 puts a filter of `size`: as much outside on either side, the odd one behind.
std::int64_t padding_before(const Conv2dShape& shape, std::int64_t size) { return shape.padding == kSame ? (size - 1) / 2 : 0; }

// The definition, for inputs whose sums are exact.
Floats convolution(const Conv2dShape& s, const Floats& x, const Floats& w) {
  const std::int64_t out_h = s.padding == kSame ? s.h : s.h - s.r + 1, out_w = s.padding == kSame ? s.w : s.w - s.s + 1;
  Floats y(static_cast<std::size_t>(s.n * out_h * out_w * s.k));
  std::size_t at = 0;
  for (std::int64_t n = 0; n < s.n; ++n)
    for (std::int64_t oy = 0; oy < out_h; ++oy)
      for (std::int64_t ox = 0; ox < out_w; ++ox)
        for (std::int64_t k = 0; k < s.k; ++k, ++at)
          for (std::int64_t r = 0; r < s.r; ++r)
            for (std::int64_t q = 0; q < s.s; ++q)
              for (std::int64_t c = 0; c < s.c; ++c) {
                const std::int64_t iy = oy + r - padding_before(s, s.r), ix = ox + q - padding_before(s, s.s);
                if (iy < 0 || iy >= s.h || ix < 0 || ix >= s.w) continue;
                y[at] += x[static_cast<std::size_t>(((n * s.h + iy) * s.w + ix) * s.c + c)] *
                         w[static_cast<std::size_t>(((r * s.s + q) * s.c + c) * s.k + k)];
              }
  return y;
}

Floats random(const Shape& shape, std::uint64_t stream, bool integers) {
  Floats values(static_cast<std::size_t>(shape.elements()));
  fill_normal(std::span<float>(values), 4, stream);
  if (integers) {
    for (float& value : values) value = std::round(2 * value);
  }
  return values;
}

double dot(const Floats& a, const Floats& b) {
  return std::inner_product(a.begin(), a.end(), b.begin(), 0.0, std::plus<>(), [](double s, double t) { return s * t; });
}

// x, w and the gradient of y; small integers make every sum exact in single precision, whatever its order.
struct Problem {
  Conv2dShape shape;
  Floats x, w, d_y;
  explicit Problem(const Conv2dShape& s, bool integers = true)
      : shape(s),
        x(random(s.input_shape(), 0, integers)),
        w(random(s.filter_shape(), 1, integers)),
        d_y(random(s.output_shape(), 2, integers)) {}

  Floats forward(Conv2dVariant variant, Parallel& parallel) const {
    Floats y(static_cast<std::size_t>(shape.output_shape().elements()), std::numeric_limits<float>::quiet_NaN());
    conv2d(variant, shape, x.data(), w.data(), y.data(), parallel);
    return y;
  }
  Floats d_weights(Parallel& parallel) const {
    Floats d_w(w.size(), std::numeric_limits<float>::quiet_NaN());
    conv2d_backward_weights(shape, x.data(), d_y.data(), d_w.data(), parallel);
    return d_w;
  }
  Floats d_input(Parallel& parallel) const {
    Floats d_x(x.size(), std::numeric_limits<float>::quiet_NaN());
    conv2d_backward_input(shape, w.data(), d_y.data(), d_x.data(), parallel);
    return d_x;
  }
};

class Conv2dKernel : public testing::TestWithParam<Row> {};

TEST_P(Conv2dKernel, EveryVariantIsTheDefinition) {
  const Problem problem(GetParam().shape);
  const Floats want = convolution(problem.shape, problem.x, problem.w);
  const Reference reference = reference_conv2d(problem.shape, problem.x.data(), problem.w.data());
  EXPECT_TRUE(std::ranges::equal(reference.values, want));
  for (const int threads : {1, 3}) {
    Parallel parallel(threads);
    EXPECT_EQ(problem.forward(Conv2dVariant::reference, parallel), want) << threads;
    EXPECT_EQ(problem.forward(Conv2dVariant::direct, parallel), want) << threads;
  }
}

TEST_P(Conv2dKernel, StaysWithinTheBoundsOfRounding) {
  const Problem problem(GetParam().shape, false);
  const Reference reference = reference_conv2d(problem.shape, problem.x.data(), problem.w.data());
  for (const int threads : {1, 3}) {
    Parallel parallel(threads);
    for (const Conv2dVariant variant : {Conv2dVariant::reference, Conv2dVariant::direct}) {
      const Floats y = problem.forward(variant, parallel);
      const Deviation found = compare({DType::f32, problem.shape.output_shape(), std::as_bytes(std::span(y))}, reference);
      EXPECT_TRUE(found.ok()) << found.wrong << " wrong, worst " << found.worst << ": " << found.got << " for " << found.want;
      EXPECT_EQ(problem.forward(variant, parallel), y);
    }
  }
}

// <conv(x, w), g> = <w, dW(x, g)> = <x, dX(w, g)>: the gradients are the adjoints of the convolution.
TEST_P(Conv2dKernel, GradientsAreAdjoint) {
  const Problem problem(GetParam().shape);
  for (const int threads : {1, 3}) {
    Parallel parallel(threads);
    const double want = dot(problem.forward(Conv2dVariant::reference, parallel), problem.d_y);
    EXPECT_EQ(dot(problem.w, problem.d_weights(parallel)), want) << threads;
    EXPECT_EQ(dot(problem.x, problem.d_input(parallel)), want) << threads;
  }
}

INSTANTIATE_TEST_SUITE_P(Shapes, Conv2dKernel, testing::ValuesIn(kRows), [](const auto& row) { return row.param.name; });

// <conv, g> is linear in each element, so that its difference over two units is exactly twice the gradient.
TEST(Conv2dGradients, AreCentralDifferences) {
  Parallel parallel(2);
  for (const Row& row : kRows) {
    if (row.shape.input_shape().elements() > 200) continue;
    SCOPED_TRACE(row.name);
    Problem problem(row.shape);
    const Floats d_w = problem.d_weights(parallel), d_x = problem.d_input(parallel);
    const auto difference = [&](float& element) {
      element += 1;
      const double above = dot(problem.forward(Conv2dVariant::reference, parallel), problem.d_y);
      element -= 2;
      const double below = dot(problem.forward(Conv2dVariant::reference, parallel), problem.d_y);
      element += 1;
      return (above - below) / 2;
    };
    for (std::size_t i = 0; i < d_w.size(); ++i)
      EXPECT_EQ(static_cast<double>(d_w[i]), difference(problem.w[i])) << "weight " << i;
    for (std::size_t i = 0; i < d_x.size(); ++i)
      EXPECT_EQ(static_cast<double>(d_x[i]), difference(problem.x[i])) << "input " << i;
  }
}

// What TensorFlow gives for filters of ones over 1..9 with padding "same": the window reaches further right and down.
TEST(Conv2dPadding, OfEvenFiltersIsTensorFlows) {
  const Floats x{1, 2, 3, 4, 5, 6, 7, 8, 9};
  struct Case {
    std::int64_t size;
    Floats y;
  };
  for (const Case& item : {Case{2, {12, 16, 9, 24, 28, 15, 15, 17, 9}}, Case{4, {45, 45, 33, 45, 45, 33, 39, 39, 28}}}) {
    const Conv2dShape shape{.n = 1, .h = 3, .w = 3, .c = 1, .k = 1, .r = item.size, .s = item.size, .padding = kSame};
    const Floats ones(static_cast<std::size_t>(item.size * item.size), 1);
    Floats y(9);
    Parallel parallel;
    conv2d(Conv2dVariant::direct, shape, x.data(), ones.data(), y.data(), parallel);
    EXPECT_EQ(y, item.y) << item.size;
  }
}

TEST(Conv2dReference, FlagsWhatIsBeyondABound) {
  const Problem problem(kRows[3].shape, false);
  Parallel parallel;
  const Reference reference = reference_conv2d(problem.shape, problem.x.data(), problem.w.data());
  Floats y = problem.forward(Conv2dVariant::direct, parallel);
  for (std::size_t i = 0; i < y.size(); i += 13) {
    const float right = y[i];
    y[i] += 3 * reference.bounds[i];
    const Deviation found = compare({DType::f32, problem.shape.output_shape(), std::as_bytes(std::span(y))}, reference);
    EXPECT_EQ(found.wrong, 1u);
    EXPECT_EQ(found.worst, i);
    y[i] = right;
  }
}

TEST(Conv2dShapes, TheFilterMustFitIntoTheImage) {
  const Conv2dShape shape{.h = 2, .w = 5};
  Parallel parallel;
  EXPECT_THROW(conv2d(Conv2dVariant::direct, shape, nullptr, nullptr, nullptr, parallel), Error);
}

}  // namespace
}  // namespace m1bench
