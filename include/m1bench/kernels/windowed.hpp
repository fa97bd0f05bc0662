// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <limits>
#include <span>

#include "m1bench/kernels/quantized.hpp"
#include "m1bench/kernels/windows.hpp"

// Operators of inference that slide windows over images, for any stride and dilation. Plain loops, by which the kernels of
// prepared.hpp are tested. Images are NHWC; filters lie as in TensorFlow Lite's files: (k, r, s, c) for a convolution,
// (1, r, s, c * multiplier) for a depthwise one. Arrays do not alias; their sizes follow from the shapes.
namespace m1bench {

// What a sum of products becomes in single precision: clamp(sum + bias[k]). No bias where it is null.
struct FloatOutput {
  const float* bias = nullptr;
  float min = -std::numeric_limits<float>::infinity(), max = std::numeric_limits<float>::infinity();
};

// What a sum of products of int8 becomes: clamp(y_zero + factors[k] * (sum + bias[k])). Sums wrap at 32 bits.
struct QuantizedOutput {
  std::int32_t x_zero = 0;
  const std::int32_t* bias = nullptr;
  std::span<const FixedPoint> factors{};  // one for each output channel
  std::int32_t y_zero = 0;
  Range8 range{};
};

// The same with factors that are real numbers: clamp(y_zero + round(factors[k] * (sum + bias[k]))), halves away from zero.
// TensorFlow Lite's reference kernel of a fully-connected layer does so (2.21; older ones take fixed point there too, which gives
// another int8 about three times in a thousand).
struct RealOutput {
  std::int32_t x_zero = 0;
  const std::int32_t* bias = nullptr;
  std::span<const double> factors{};
  std::int32_t y_zero = 0;
  Range8 range{};
};

// y is (n, out_h, out_w, k).
void conv2d(const Windows& windows, std::int64_t k, const FloatOutput& output, const float* x, const float* weights, float* y);
void conv2d(const Windows& windows, std::int64_t k, const QuantizedOutput& output, const std::int8_t* x,
            const std::int8_t* weights, std::int8_t* y);

// y is (n, out_h, out_w, c * multiplier); channel c * multiplier + j is made of channel c.
void depthwise_conv2d(const Windows& windows, std::int64_t multiplier, const FloatOutput& output, const float* x,
                      const float* weights, float* y);
void depthwise_conv2d(const Windows& windows, std::int64_t multiplier, const QuantizedOutput& output, const std::int8_t* x,
                      const std::int8_t* weights, std::int8_t* y);

// y = x W^T. x is (rows, in), weights are (out, in), y is (rows, out).
struct DenseShape {
  std::int64_t rows = 1, in = 1, out = 1;
};
void fully_connected(const DenseShape& shape, const FloatOutput& output, const float* x, const float* weights, float* y);
void fully_connected(const DenseShape& shape, const RealOutput& output, const std::int8_t* x, const std::int8_t* weights,
                     std::int8_t* y);

// Over the pixels of a window that lie inside the image; an int8 mean is rounded, halves away from zero. `output` has no bias.
void max_pool(const Windows& windows, const FloatOutput& output, const float* x, float* y);
void max_pool(const Windows& windows, Range8 range, const std::int8_t* x, std::int8_t* y);
void average_pool(const Windows& windows, const FloatOutput& output, const float* x, float* y);
void average_pool(const Windows& windows, Range8 range, const std::int8_t* x, std::int8_t* y);

}  // namespace m1bench
