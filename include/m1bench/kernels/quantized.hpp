// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <span>

// The arithmetic of quantised networks, bit for bit as TensorFlow Lite's reference kernels have it: a real number is
// scale * (q - zero point), and scales are applied as 32-bit fixed-point factors that are rounded twice.
// Source: "TensorFlow Lite 8-bit quantization specification"; Jacob et al., "Quantization and training of neural networks for
// efficient integer-arithmetic-only inference", CVPR 2018, section 2.2.
namespace m1bench {

// multiplier * 2^(shift - 31), with multiplier 0 or in [2^30, 2^31) and shift in [-31, 30].
struct FixedPoint {
  std::int32_t multiplier = 0;
  int shift = 0;
  bool operator==(const FixedPoint&) const = default;
};

// Whether `factor` has a fixed-point form: it is at least 0 and below 2^30. What is below 2^-32 becomes 0.
bool has_fixed_point(double factor);
FixedPoint fixed_point(double factor);  // throws Error(internal) without one

// x * factor: a doubling high product rounded to nearest, then a right shift rounded to nearest, both away from zero on ties
// but for the former's negative ones. A left shift comes first and wraps.
std::int32_t multiply_by_quantized_multiplier(std::int32_t x, FixedPoint factor);

// What is left of an int8 result after a fused activation.
struct Range8 {
  std::int32_t min = -128, max = 127;
  bool operator==(const Range8&) const = default;
};

// Int8 in, int8 out: y = clamp(y_zero + factor * (x - x_zero)). x and y may be the same array.
struct Requantize {
  FixedPoint factor{};
  std::int32_t x_zero = 0, y_zero = 0;
  Range8 range{};
};
void requantize(const Requantize& how, std::span<const std::int8_t> x, std::span<std::int8_t> y);

// y = clamp(round(x / scale) + zero), halves away from zero; what is not a number becomes the zero point.
void quantize(float scale, std::int32_t zero, std::span<const float> x, std::span<std::int8_t> y);
void dequantize(float scale, std::int32_t zero, std::span<const std::int8_t> x, std::span<float> y);

// y = a + b, each brought to the scale 2 max(scale a, scale b) / 2^20 first. One of a and b may be shorter: it is repeated.
struct QuantizedAdd {
  FixedPoint a_factor{}, b_factor{}, y_factor{};  // none above 1
  std::int32_t a_zero = 0, b_zero = 0, y_zero = 0;
  Range8 range{};
};
// The three factors for these scales; the caller checks that y_factor is at most 1.
QuantizedAdd quantized_add(float a_scale, float b_scale, float y_scale);
double add_output_factor(float a_scale, float b_scale, float y_scale);
void add(const QuantizedAdd& how, std::span<const std::int8_t> a, std::span<const std::int8_t> b, std::span<std::int8_t> y);

// Softmax of each row of `columns` elements, exp(beta * x) over their sum, from a table of 256 exponentials in single
// precision. TensorFlow Lite's result may differ by one step, since exp does.
struct QuantizedSoftmax {
  std::array<float, 256> table{};  // exp(-beta * scale * i)
  float y_scale = 1.0f / 256;
  std::int32_t y_zero = -128;
};
QuantizedSoftmax quantized_softmax(float x_scale, float beta);
void softmax(const QuantizedSoftmax& how, std::span<const std::int8_t> x, std::span<std::int8_t> y, std::int64_t columns);

}  // namespace m1bench
