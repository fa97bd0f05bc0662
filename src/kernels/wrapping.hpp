// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace m1bench {

// Two's complement arithmetic that wraps, as what a network's numbers are is not ours to choose.
inline std::int32_t wrapping_sum(std::int32_t a, std::int32_t b) {
  return static_cast<std::int32_t>(static_cast<std::uint32_t>(a) + static_cast<std::uint32_t>(b));
}
inline std::int32_t wrapping_product(std::int32_t a, std::int32_t b) {
  return static_cast<std::int32_t>(static_cast<std::uint32_t>(a) * static_cast<std::uint32_t>(b));
}

inline float wrapping_sum(float a, float b) { return a + b; }  // for code that is written for both

// What the zero point of x adds to a sum of `count` products with weights `stride` apart: -x_zero times the sum of them.
inline std::int32_t zero_share(std::int32_t x_zero, const std::int8_t* weights, std::int64_t count, std::int64_t stride) {
  std::int32_t sum = 0;
  for (std::int64_t i = 0; i < count; ++i) sum = wrapping_sum(sum, weights[i * stride]);
  return wrapping_product(-x_zero, sum);
}

}  // namespace m1bench
