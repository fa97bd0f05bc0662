// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <arm_neon.h>

#include <cstring>

#include "kernels/fixed_point_lanes_plain.hpp"

namespace m1bench {

// The processor has both roundings as instructions: SQRDMULH, and SRSHL with a count below zero, whose halves go up.
struct NeonFixedPoint {
  using Vector = int32x4_t;
  struct Factors {
    Vector multiplier, left;
    Vector right, shifts;  // right: -e; shifts: -1 where e > 0, else 0
  };

  static Factors load(const FixedPoint* factors) {
    const auto split = [&](const auto& part) {
      std::int32_t parts[4];
      split_factors(factors, parts, 4, part);
      return vld1q_s32(parts);
    };
    return {split([](const FixedPoint& f) { return f.multiplier; }), split(left_shift_of),
            split([](const FixedPoint& f) { return -right_shift_of(f); }),
            split([](const FixedPoint& f) { return right_shift_of(f) > 0 ? -1 : 0; })};
  }
  static Vector scaled(Vector x, const Factors& f) {
    const Vector product = vqrdmulhq_s32(vshlq_s32(x, f.left), f.multiplier);
    return vrshlq_s32(vaddq_s32(product, vandq_s32(vshrq_n_s32(product, 31), f.shifts)), f.right);
  }
  static Vector max(Vector a, Vector b) { return vmaxq_s32(a, b); }
  static Vector min(Vector a, Vector b) { return vminq_s32(a, b); }
  static Vector broadcast(std::int32_t value) { return vdupq_n_s32(value); }
  static void store(std::int8_t* y, Vector value) {
    const int16x4_t words = vmovn_s32(value);
    const std::int32_t four = vget_lane_s32(vreinterpret_s32_s8(vmovn_s16(vcombine_s16(words, words))), 0);
    std::memcpy(y, &four, sizeof four);
  }
};

}  // namespace m1bench
