// SPDX-License-Identifier: Apache-2.0
#include "m1bench/kernels/reference.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <type_traits>

#include "m1bench/core/check.hpp"
#include "m1bench/kernels/elementwise.hpp"

namespace m1bench {
namespace {

template <class T>
constexpr double kRoundoff = std::is_same_v<T, float> ? kUnitRoundoffF32 : kUnitRoundoffF64;

// Rounded up, so that turning a bound into single precision never makes it smaller.
float as_bound(double value) { return std::nextafter(static_cast<float>(value), std::numeric_limits<float>::infinity()); }

template <class T>
Reference matmul_in_double(const Gemm<T>& g) {
  check(!g.transpose_a && !g.transpose_b && !g.accumulate && g.alpha == 1, "the reference product takes plain operands");
  const auto m = static_cast<std::size_t>(g.m), n = static_cast<std::size_t>(g.n), k = static_cast<std::size_t>(g.k);
  Reference reference{std::vector<double>(m * n, 0.0), std::vector<float>(m * n)};
  std::vector<double> row_norm(m), column_norm(n);
  for (std::size_t i = 0; i < m; ++i) {
    for (std::size_t p = 0; p < k; ++p) {
      const double a = g.a[i * k + p];
      row_norm[i] += a * a;
      double* out = reference.values.data() + i * n;
      for (std::size_t j = 0; j < n; ++j) out[j] += a * static_cast<double>(g.b[p * n + j]);
    }
  }
  for (std::size_t p = 0; p < k; ++p) {
    for (std::size_t j = 0; j < n; ++j) column_norm[j] += static_cast<double>(g.b[p * n + j]) * static_cast<double>(g.b[p * n + j]);
  }
  const double factor = rounding_bound(g.k, kRoundoff<T>) + kRoundoff<T>;
  for (std::size_t i = 0; i < m; ++i) {
    for (std::size_t j = 0; j < n; ++j) reference.bounds[i * n + j] = as_bound(factor * std::sqrt(row_norm[i]) * std::sqrt(column_norm[j]));
  }
  return reference;
}

// Calls visit(pixel, filter) for every pair of image position and filter position that meet at output position (oy, ox).
template <class Visit>
void for_taps(const Conv2dShape& shape, const float* image, const float* weights, std::int64_t oy, std::int64_t ox, const Visit& visit) {
  for (std::int64_t r = 0; r < shape.r; ++r) {
    for (std::int64_t s = 0; s < shape.s; ++s) {
      const std::int64_t iy = oy + r - shape.pad_top(), ix = ox + s - shape.pad_left();
      if (iy < 0 || iy >= shape.h || ix < 0 || ix >= shape.w) continue;
      visit(image + (iy * shape.w + ix) * shape.c, weights + (r * shape.s + s) * shape.c * shape.k);
    }
  }
}

double plus_flush(double bound) { return bound + static_cast<double>(std::numeric_limits<float>::min()); }

}  // namespace

Reference reference_matmul(const Gemm<float>& g) { return matmul_in_double(g); }
Reference reference_matmul(const Gemm<double>& g) { return matmul_in_double(g); }

Reference reference_matmul(const GemmI8& g) {
  const auto m = static_cast<std::size_t>(g.m), n = static_cast<std::size_t>(g.n), k = static_cast<std::size_t>(g.k);
  Reference reference{std::vector<double>(m * n), std::vector<float>(m * n)};
  std::vector<std::int64_t> sums(n);
  for (std::size_t i = 0; i < m; ++i) {
    std::ranges::fill(sums, 0);
    for (std::size_t p = 0; p < k; ++p) {
      for (std::size_t j = 0; j < n; ++j) sums[j] += g.a[i * k + p] * g.b[p * n + j];
    }
    std::ranges::copy(sums, reference.values.begin() + static_cast<std::ptrdiff_t>(i * n));
  }
  return reference;
}

Reference reference_conv2d(const Conv2dShape& shape, const float* x, const float* weights) {
  const auto filters = static_cast<std::size_t>(shape.k), channels = static_cast<std::size_t>(shape.c);
  const auto outputs = static_cast<std::size_t>(shape.output_shape().elements());
  Reference reference{std::vector<double>(outputs, 0.0), std::vector<float>(outputs)};
  std::vector<double> filter_norm(filters);
  for (std::size_t i = 0; i < static_cast<std::size_t>(shape.patch()) * filters; ++i) {
    filter_norm[i % filters] += static_cast<double>(weights[i]) * static_cast<double>(weights[i]);
  }
  const double factor = rounding_bound(shape.patch(), kUnitRoundoffF32) + kUnitRoundoffF32;
  std::size_t position = 0;
  for (std::int64_t n = 0; n < shape.n; ++n) {
    const float* image = x + n * shape.h * shape.w * shape.c;
    for (std::int64_t oy = 0; oy < shape.out_h(); ++oy) {
      for (std::int64_t ox = 0; ox < shape.out_w(); ++ox, ++position) {
        double* out = reference.values.data() + position * filters;
        double patch_norm = 0;
        for_taps(shape, image, weights, oy, ox, [&](const float* pixel, const float* filter) {
          for (std::size_t c = 0; c < channels; ++c) {
            const double value = pixel[c];
            patch_norm += value * value;
            for (std::size_t k = 0; k < filters; ++k) out[k] += value * static_cast<double>(filter[c * filters + k]);
          }
        });
        for (std::size_t k = 0; k < filters; ++k) {
          reference.bounds[position * filters + k] = as_bound(factor * std::sqrt(patch_norm) * std::sqrt(filter_norm[k]));
        }
      }
    }
  }
  return reference;
}

Reference reference_unary(std::span<const float> x, const std::function<double(double)>& f, double ulps) {
  Reference reference{std::vector<double>(x.size()), std::vector<float>(x.size())};
  for (std::size_t i = 0; i < x.size(); ++i) {
    const double value = f(static_cast<double>(x[i]));
    reference.values[i] = value;
    reference.bounds[i] = as_bound(plus_flush(ulps * 2 * kUnitRoundoffF32 * std::abs(value)));
  }
  return reference;
}

Reference reference_binary(std::span<const float> a, std::span<const float> b, const std::function<double(double, double)>& f,
                           double ulps) {
  Reference reference{std::vector<double>(a.size()), std::vector<float>(a.size())};
  for (std::size_t i = 0; i < a.size(); ++i) {
    const double value = f(static_cast<double>(a[i]), static_cast<double>(b[i]));
    reference.values[i] = value;
    reference.bounds[i] = as_bound(plus_flush(ulps * 2 * kUnitRoundoffF32 * std::abs(value)));
  }
  return reference;
}

Reference reference_sum(std::span<const float> x) {
  double total = 0, magnitude = 0;
  for (const float value : x) {
    total += static_cast<double>(value);
    magnitude += std::abs(static_cast<double>(value));
  }
  const double factor = rounding_bound(kSumBlock, kUnitRoundoffF32) + kUnitRoundoffF32;
  return {{total}, {as_bound(factor * magnitude)}};
}

Reference reference_softmax(const float* x, std::int64_t rows, std::int64_t columns) {
  // Relative error of one element: that of exp's argument (|x - max| u), of exp itself (two units in the last place each for
  // the element and for the sum), of the sum of positive terms, and of the final division done as a multiplication.
  constexpr double kExpUlps = 2;
  const auto width = static_cast<std::size_t>(columns);
  Reference reference{std::vector<double>(static_cast<std::size_t>(rows) * width), std::vector<float>(static_cast<std::size_t>(rows) * width)};
  for (std::size_t row = 0; row < static_cast<std::size_t>(rows); ++row) {
    const float* in = x + row * width;
    const double max = *std::max_element(in, in + width), min = *std::min_element(in, in + width);
    double total = 0;
    for (std::size_t j = 0; j < width; ++j) total += std::exp(static_cast<double>(in[j]) - max);
    const double relative = rounding_bound(columns, kUnitRoundoffF32) + kUnitRoundoffF32 * (2 * (max - min) + 4 * kExpUlps + 3);
    for (std::size_t j = 0; j < width; ++j) {
      const double value = std::exp(static_cast<double>(in[j]) - max) / total;
      reference.values[row * width + j] = value;
      reference.bounds[row * width + j] = as_bound(plus_flush(relative * value));
    }
  }
  return reference;
}

}  // namespace m1bench
