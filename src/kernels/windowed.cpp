// SPDX-License-Identifier: Apache-2.0
#include "m1bench/kernels/windowed.hpp"

#include <cmath>

#include "kernels/each_window.hpp"
#include "kernels/wrapping.hpp"

namespace m1bench {
namespace {

// How the two element types sum products and what becomes of a sum.
struct FloatSums {
  const FloatOutput& output;
  float product(float x, float weight) const { return x * weight; }
  float sum(float a, float b) const { return a + b; }
  float finish(float sum, std::int64_t k) const {
    return std::clamp(output.bias ? sum + output.bias[k] : sum, output.min, output.max);
  }
};
std::int64_t scaled(std::int32_t sum, FixedPoint factor) { return multiply_by_quantized_multiplier(sum, factor); }
std::int64_t scaled(std::int32_t sum, double factor) { return static_cast<std::int64_t>(std::round(sum * factor)); }

template <class Output>
struct QuantizedSums {
  const Output& output;
  std::int32_t product(std::int8_t x, std::int8_t weight) const { return (x - output.x_zero) * weight; }
  std::int32_t sum(std::int32_t a, std::int32_t b) const { return wrapping_sum(a, b); }
  std::int8_t finish(std::int32_t sum, std::int64_t k) const {
    const std::int32_t all = output.bias ? wrapping_sum(sum, output.bias[k]) : sum;
    const std::int64_t y = scaled(all, output.factors[static_cast<std::size_t>(k)]);
    return static_cast<std::int8_t>(std::clamp<std::int64_t>(y + output.y_zero, output.range.min, output.range.max));
  }
};

template <class Sums, class T>
auto dot(const Sums& sums, const T* x, const T* weights, std::int64_t count, decltype(sums.product(T{}, T{})) sum) {
  for (std::int64_t i = 0; i < count; ++i) sum = sums.sum(sum, sums.product(x[i], weights[i]));
  return sum;
}

template <class Sums, class T>
void convolve(const Windows& windows, std::int64_t filters, const Sums& sums, const T* x, const T* weights, T* y) {
  const std::int64_t filter = windows.height.window * windows.width.window * windows.c;
  for_windows(windows, [&](const Window& at) {
    for (std::int64_t k = 0; k < filters; ++k) {
      decltype(sums.product(T{}, T{})) sum{};
      for_taps(windows, at, [&](std::int64_t pixel, std::int64_t tap) {
        sum = dot(sums, x + pixel, weights + k * filter + tap * windows.c, windows.c, sum);
      });
      y[at.pixel * filters + k] = sums.finish(sum, k);
    }
  });
}

template <class Sums, class T>
void convolve_depthwise(const Windows& windows, std::int64_t multiplier, const Sums& sums, const T* x, const T* weights, T* y) {
  const std::int64_t channels = windows.c * multiplier;
  for_windows(windows, [&](const Window& at) {
    for (std::int64_t k = 0; k < channels; ++k) {
      decltype(sums.product(T{}, T{})) sum{};
      for_taps(windows, at, [&](std::int64_t pixel, std::int64_t tap) {
        sum = sums.sum(sum, sums.product(x[pixel + k / multiplier], weights[tap * channels + k]));
      });
      y[at.pixel * channels + k] = sums.finish(sum, k);
    }
  });
}

template <class Sums, class T>
void connect(const DenseShape& shape, const Sums& sums, const T* x, const T* weights, T* y) {
  for (std::int64_t row = 0; row < shape.rows; ++row) {
    for (std::int64_t k = 0; k < shape.out; ++k) {
      y[row * shape.out + k] = sums.finish(dot(sums, x + row * shape.in, weights + k * shape.in, shape.in, {}), k);
    }
  }
}

// One value for each channel of each window, folded from `start` by fold(sum, x) and turned into y by finish(sum, taps).
template <class T, class Sum, class Fold, class Finish>
void pool(const Windows& windows, Sum start, const T* x, T* y, const Fold& fold, const Finish& finish) {
  for_windows(windows, [&](const Window& at) {
    for (std::int64_t c = 0; c < windows.c; ++c) {
      Sum sum = start;
      for_taps(windows, at, [&](std::int64_t pixel, std::int64_t) { sum = fold(sum, x[pixel + c]); });
      const std::int64_t taps = (at.rows.end - at.rows.begin) * (at.columns.end - at.columns.begin);
      y[at.pixel * windows.c + c] = finish(sum, taps);
    }
  });
}

}  // namespace

void conv2d(const Windows& windows, std::int64_t k, const FloatOutput& output, const float* x, const float* weights, float* y) {
  convolve(windows, k, FloatSums{output}, x, weights, y);
}
void conv2d(const Windows& windows, std::int64_t k, const QuantizedOutput& output, const std::int8_t* x,
            const std::int8_t* weights, std::int8_t* y) {
  convolve(windows, k, QuantizedSums<QuantizedOutput>{output}, x, weights, y);
}

void depthwise_conv2d(const Windows& windows, std::int64_t multiplier, const FloatOutput& output, const float* x,
                      const float* weights, float* y) {
  convolve_depthwise(windows, multiplier, FloatSums{output}, x, weights, y);
}
void depthwise_conv2d(const Windows& windows, std::int64_t multiplier, const QuantizedOutput& output, const std::int8_t* x,
                      const std::int8_t* weights, std::int8_t* y) {
  convolve_depthwise(windows, multiplier, QuantizedSums<QuantizedOutput>{output}, x, weights, y);
}

void fully_connected(const DenseShape& shape, const FloatOutput& output, const float* x, const float* weights, float* y) {
  connect(shape, FloatSums{output}, x, weights, y);
}
void fully_connected(const DenseShape& shape, const RealOutput& output, const std::int8_t* x, const std::int8_t* weights,
                     std::int8_t* y) {
  connect(shape, QuantizedSums<RealOutput>{output}, x, weights, y);
}

void max_pool(const Windows& windows, const FloatOutput& output, const float* x, float* y) {
  pool(windows, -std::numeric_limits<float>::infinity(), x, y, [](float a, float b) { return std::max(a, b); },
       [&](float top, std::int64_t) { return std::clamp(top, output.min, output.max); });
}
void max_pool(const Windows& windows, Range8 range, const std::int8_t* x, std::int8_t* y) {
  pool(windows, std::int32_t{-128}, x, y, [](std::int32_t a, std::int8_t b) { return std::max<std::int32_t>(a, b); },
       [&](std::int32_t top, std::int64_t) { return static_cast<std::int8_t>(std::clamp(top, range.min, range.max)); });
}

void average_pool(const Windows& windows, const FloatOutput& output, const float* x, float* y) {
  pool(windows, 0.0f, x, y, [](float a, float b) { return a + b; },
       [&](float sum, std::int64_t taps) { return std::clamp(sum / static_cast<float>(taps), output.min, output.max); });
}
void average_pool(const Windows& windows, Range8 range, const std::int8_t* x, std::int8_t* y) {
  pool(windows, std::int64_t{0}, x, y, [](std::int64_t a, std::int8_t b) { return a + b; },
       [&](std::int64_t sum, std::int64_t taps) {
         const std::int64_t mean = (sum > 0 ? sum + taps / 2 : sum - taps / 2) / taps;
         return static_cast<std::int8_t>(std::clamp<std::int64_t>(mean, range.min, range.max));
       });
}

}  // namespace m1bench
