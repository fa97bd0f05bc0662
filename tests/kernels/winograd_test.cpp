// SPDX-License-Identifier: Apache-2.0
#include "kernels/winograd.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "m1bench/core/error.hpp"
#include "m1bench/kernels/reference.hpp"
#include "m1bench/tensor/fill.hpp"

namespace m1bench {
namespace {

using Floats = std::vector<float>;

// Y = A^T [(G g G^T) * (B^T d B)] A is an identity of polynomials: it holds for every element of g with every element of d
// exactly if it holds for one direction.
TEST(Winograd, MatricesAreThoseOfTheFilter) {
  for (int out = 0; out < Winograd::kOut; ++out) {
    for (int tap = 0; tap < Winograd::kTaps; ++tap) {
      for (int in = 0; in < Winograd::kIn; ++in) {
        double sum = 0;
        for (std::size_t i = 0; i < Winograd::kIn; ++i) {
          sum += static_cast<double>(Winograd::kOutput[static_cast<std::size_t>(out)][i]) *
                 static_cast<double>(Winograd::kFilter[i][static_cast<std::size_t>(tap)]) *
                 static_cast<double>(Winograd::kInput[i][static_cast<std::size_t>(in)]);
        }
        EXPECT_NEAR(sum, in == out + tap ? 1 : 0, 40 * kUnitRoundoffF32) << out << " " << tap << " " << in;
      }
    }
  }
}

Floats normals(const Shape& shape, std::uint64_t stream) {
  Floats values(static_cast<std::size_t>(shape.elements()));
  fill_normal(std::span<float>(values), 4, stream);
  return values;
}

struct Problem {
  Conv2dShape shape;
  Floats x, w;
  explicit Problem(const Conv2dShape& s) : shape(s), x(normals(s.input_shape(), 0)), w(normals(s.filter_shape(), 1)) {}

  Floats forward(Parallel& parallel) const {
    Floats y(static_cast<std::size_t>(shape.output_shape().elements()), std::numeric_limits<float>::quiet_NaN());
    conv2d(Conv2dVariant::winograd, shape, x.data(), w.data(), y.data(), parallel);
    return y;
  }
  Reference reference() const { return reference_winograd(shape, x.data(), w.data()); }
  Deviation deviation(const Floats& y, const Reference& right) const {
    return compare({DType::f32, shape.output_shape(), std::as_bytes(std::span(y))}, right);
  }
};

void expect_right(const Conv2dShape& shape) {
  const Problem problem(shape);
  const Reference right = problem.reference();
  for (const int threads : {1, 2, 3}) {
    Parallel parallel(threads);
    const Floats y = problem.forward(parallel);
    const Deviation found = problem.deviation(y, right);
    EXPECT_TRUE(found.ok()) << threads << " threads: " << found.wrong << " wrong, worst " << found.worst << ": " << found.got
                            << " for " << found.want;
    EXPECT_EQ(problem.forward(parallel), y) << "with the scratch memory of the call before";
  }
}

// Every way in which tiles may hang over, with padding and without.
TEST(Winograd, TakesImagesOfAnySize) {
  for (const Padding padding : {Padding::same, Padding::valid}) {
    const std::int64_t least = padding == Padding::same ? 1 : 3;
    for (std::int64_t h = least; h <= 9; ++h) {
      for (std::int64_t w = least; w <= 9; ++w) {
        SCOPED_TRACE(std::to_string(h) + "x" + std::to_string(w) + (padding == Padding::same ? " same" : " valid"));
        expect_right({.n = h % 3 + 1, .h = h, .w = w, .c = 3, .k = 5, .padding = padding});
      }
    }
  }
}

// Vectors, blocks of channels and shares of threads that are not full, and more tiles than are taken at once.
TEST(Winograd, TakesAnyNumberOfChannelsAndTiles) {
  for (const std::int64_t c : {1, 3, 16, 33, 65, 130}) {
    for (const std::int64_t k : {1, 3, 16, 33, 65, 130}) {
      SCOPED_TRACE(std::to_string(c) + " to " + std::to_string(k));
      expect_right({.n = 2, .h = 6, .w = 7, .c = c, .k = k, .padding = Padding::same});
    }
  }
  expect_right({.n = 3, .h = 22, .w = 39, .c = 230, .k = 2, .padding = Padding::valid});
}

// One product of the 576 that are summed, whose usual size is one, could not be missing.
TEST(Winograd, BoundsDoNotHideAProduct) {
  const Problem problem({.n = 1, .h = 14, .w = 14, .c = 64, .k = 32, .padding = Padding::same});
  const Reference right = problem.reference();
  for (std::size_t i = 0; i < right.bounds.size(); ++i) EXPECT_LT(right.bounds[i], 0.5f) << i;
}

TEST(Winograd, FlagsWhatIsBeyondABound) {
  const Problem problem({.n = 2, .h = 7, .w = 6, .c = 3, .k = 4, .padding = Padding::same});
  Parallel parallel;
  const Reference right = problem.reference();
  Floats y = problem.forward(parallel);
  for (std::size_t i = 0; i < y.size(); i += 13) {
    const float exact = y[i];
    y[i] += 3 * right.bounds[i];
    const Deviation found = problem.deviation(y, right);
    EXPECT_EQ(found.wrong, 1u);
    EXPECT_EQ(found.worst, i);
    y[i] = exact;
  }
}

TEST(Winograd, IsForFiltersOfThreeByThree) {
  const Problem problem({.h = 5, .w = 5, .r = 3, .s = 2});
  Parallel parallel;
  EXPECT_THROW(problem.forward(parallel), Error);
}

}  // namespace
}  // namespace m1bench
