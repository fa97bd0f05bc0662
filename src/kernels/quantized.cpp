// SPDX-License-Identifier: Apache-2.0
#include "m1bench/kernels/quantized.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "m1bench/core/check.hpp"
#include "kernels/wrapping.hpp"

namespace m1bench {
namespace {

// The upper 32 bits of 2ab, rounded to nearest; the one product that does not fit saturates.
// Source: gemmlowp, fixedpoint/fixedpoint.h, SaturatingRoundingDoublingHighMul (as a definition).
std::int32_t doubling_high_product(std::int32_t a, std::int32_t b) {
  constexpr std::int32_t kLowest = std::numeric_limits<std::int32_t>::min();
  if (a == kLowest && b == kLowest) return std::numeric_limits<std::int32_t>::max();
  const std::int64_t product = static_cast<std::int64_t>(a) * b;
  const std::int64_t half = product >= 0 ? std::int64_t{1} << 30 : 1 - (std::int64_t{1} << 30);
  return static_cast<std::int32_t>((product + half) / (std::int64_t{1} << 31));
}

// x / 2^exponent, rounded to nearest, ties away from zero; exponent in [0, 31].
std::int32_t rounding_right_shift(std::int32_t x, int exponent) {
  const std::int64_t mask = (std::int64_t{1} << exponent) - 1, remainder = x & mask;
  const std::int64_t threshold = (mask >> 1) + (x < 0 ? 1 : 0);
  return (x >> exponent) + (remainder > threshold ? 1 : 0);
}

std::int8_t clamped(std::int64_t value, Range8 range) {
  return static_cast<std::int8_t>(std::clamp<std::int64_t>(value, range.min, range.max));
}

constexpr int kAddShift = 20;  // headroom that rounding the inputs of an addition may use

}  // namespace

bool has_fixed_point(double factor) { return factor >= 0 && factor < 0x1p30; }

FixedPoint fixed_point(double factor) {
  check(has_fixed_point(factor), "a factor within the range of fixed point");
  int shift = 0;
  auto multiplier = static_cast<std::int64_t>(std::round(std::frexp(factor, &shift) * 0x1p31));
  if (multiplier == std::int64_t{1} << 31) {
    multiplier /= 2;
    ++shift;
  }
  if (multiplier == 0 || shift < -31) return {};
  return {static_cast<std::int32_t>(multiplier), shift};
}

std::int32_t multiply_by_quantized_multiplier(std::int32_t x, FixedPoint factor) {
  const int left = std::max(factor.shift, 0), right = std::max(-factor.shift, 0);
  return rounding_right_shift(doubling_high_product(wrapping_product(x, std::int32_t{1} << left), factor.multiplier), right);
}

void requantize(const Requantize& how, std::span<const std::int8_t> x, std::span<std::int8_t> y) {
  for (std::size_t i = 0; i < y.size(); ++i) {
    y[i] = clamped(std::int64_t{how.y_zero} + multiply_by_quantized_multiplier(x[i] - how.x_zero, how.factor), how.range);
  }
}

void quantize(float scale, std::int32_t zero, std::span<const float> x, std::span<std::int8_t> y) {
  for (std::size_t i = 0; i < y.size(); ++i) {
    const float steps = std::round(x[i] / scale);
    // Beyond 256 steps from the zero point nothing changes any more, and a conversion could overflow.
    y[i] = clamped(std::isnan(steps) ? zero : zero + static_cast<std::int32_t>(std::clamp(steps, -256.0f, 256.0f)), {});
  }
}

void dequantize(float scale, std::int32_t zero, std::span<const std::int8_t> x, std::span<float> y) {
  for (std::size_t i = 0; i < y.size(); ++i) y[i] = scale * static_cast<float>(x[i] - zero);
}

double add_output_factor(float a_scale, float b_scale, float y_scale) {
  return 2.0 * std::max(a_scale, b_scale) / (static_cast<double>(y_scale) * (1 << kAddShift));
}

QuantizedAdd quantized_add(float a_scale, float b_scale, float y_scale) {
  const double both = 2.0 * std::max(a_scale, b_scale);
  return {.a_factor = fixed_point(a_scale / both), .b_factor = fixed_point(b_scale / both),
          .y_factor = fixed_point(add_output_factor(a_scale, b_scale, y_scale))};
}

void add(const QuantizedAdd& how, std::span<const std::int8_t> a, std::span<const std::int8_t> b, std::span<std::int8_t> y) {
  const auto scaled = [](std::int32_t value, FixedPoint factor) {
    return multiply_by_quantized_multiplier(value * (1 << kAddShift), factor);
  };
  for (std::size_t i = 0; i < y.size(); ++i) {
    const std::int32_t sum =
        scaled(a[i % a.size()] - how.a_zero, how.a_factor) + scaled(b[i % b.size()] - how.b_zero, how.b_factor);
    y[i] = clamped(std::int64_t{how.y_zero} + multiply_by_quantized_multiplier(sum, how.y_factor), how.range);
  }
}

QuantizedSoftmax quantized_softmax(float x_scale, float beta) {
  QuantizedSoftmax how;
  for (std::size_t i = 0; i < how.table.size(); ++i) how.table[i] = std::exp(-x_scale * beta * static_cast<float>(i));
  return how;
}

void softmax(const QuantizedSoftmax& how, std::span<const std::int8_t> x, std::span<std::int8_t> y, std::int64_t columns) {
  const auto width = static_cast<std::size_t>(columns);
  for (std::size_t row = 0; row < y.size(); row += width) {
    const std::span in = x.subspan(row, width);
    const int top = *std::max_element(in.begin(), in.end());
    const auto exponential = [&](std::int8_t value) { return how.table[static_cast<std::size_t>(top - value)]; };
    float sum = 0;
    for (const std::int8_t value : in) sum += exponential(value);
    const float steps = 1.0f / (sum * how.y_scale);
    for (std::size_t i = 0; i < width; ++i) {
      y[row + i] = clamped(static_cast<std::int64_t>(std::nearbyint(exponential(in[i]) * steps)) + how.y_zero, {});
    }
  }
}

}  // namespace m1bench
