// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <arm_neon.h>

#include <cstdint>
#include <cstring>

// Both take the factor of a row straight from its place in a register, so nothing is broadcast. 8x12 sums: 24 of 32 registers.
namespace m1bench {

// Operands widened to 16 bits and SMLAL: four products an instruction, as many as SMULL and SADALP on bytes, in one step.
struct NeonI8Lanes {
  using Packed = std::int16_t;
  using Vector = int32x4_t;
  using Rows = int16x8_t;
  using Columns = int16x4_t;
  static constexpr int kGroup = 1, kLanes = 4, kVectors = 3, kRows = 8;

  static Vector zero() { return vdupq_n_s32(0); }
  static Rows load_rows(const Packed* a) { return vld1q_s16(a); }
  static Columns load_columns(const Packed* b) { return vld1_s16(b); }
  template <int kRow>
  static Vector add_products(Vector sum, Rows a, Columns b) {
    return vmlal_laneq_s16(sum, b, a, kRow);
  }
  static Columns broadcast(const Packed* a) { return vld1_dup_s16(a); }
  static Columns widen(const std::int8_t* a) {
    std::int32_t four;
    std::memcpy(&four, a, sizeof four);
    return vget_low_s16(vmovl_s8(vreinterpret_s8_s32(vdup_n_s32(four))));
  }
  static Vector multiply_add(Vector sum, Columns a, Columns b) { return vmlal_s16(sum, a, b); }
  static Vector load(const std::int32_t* c) { return vld1q_s32(c); }
  static Vector add(Vector x, Vector y) { return vaddq_s32(x, y); }
  static void store(std::int32_t* c, Vector value) { vst1q_s32(c, value); }
};

#ifdef __ARM_FEATURE_DOTPROD
// Bytes as they are and SDOT: sixteen products an instruction, four to a sum.
struct DotprodI8Lanes {
  using Packed = std::int8_t;
  using Vector = int32x4_t;
  using Rows = int8x16x2_t;  // four rows in each
  using Columns = int8x16_t;
  static constexpr int kGroup = 4, kLanes = 4, kVectors = 3, kRows = 8;

  static Vector zero() { return vdupq_n_s32(0); }
  static Rows load_rows(const Packed* a) { return {{vld1q_s8(a), vld1q_s8(a + 16)}}; }
  static Columns load_columns(const Packed* b) { return vld1q_s8(b); }
  template <int kRow>
  static Vector add_products(Vector sum, const Rows& a, Columns b) {
    return vdotq_laneq_s32(sum, b, a.val[kRow / 4], kRow % 4);
  }
  static Columns broadcast(const Packed* a) {
    std::int32_t four;
    std::memcpy(&four, a, sizeof four);
    return vreinterpretq_s8_s32(vdupq_n_s32(four));
  }
  static Columns widen(const std::int8_t* a) { return vld1q_s8(a); }
  static Vector multiply_add(Vector sum, Columns a, Columns b) { return vdotq_s32(sum, a, b); }
  static Vector load(const std::int32_t* c) { return vld1q_s32(c); }
  static Vector add(Vector x, Vector y) { return vaddq_s32(x, y); }
  static void store(std::int32_t* c, Vector value) { vst1q_s32(c, value); }
};
#endif

}  // namespace m1bench
