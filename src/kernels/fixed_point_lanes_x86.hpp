// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <smmintrin.h>

#include "kernels/fixed_point_lanes_plain.hpp"
#include "kernels/i8_lanes_x86.hpp"

// The 64-bit products of even and of odd lanes come separately (PMULDQ) and are shifted to where their 32 bits belong.
namespace m1bench {

// There is no shift by lane, and none is needed: with m = 2^(31-e), the doubling high product is a rounding shift by e > 0.
struct Sse4FixedPoint {
  using Vector = __m128i;
  struct Factors {
    Vector multiplier, left;  // left: the power of two
    Vector right, shifts;     // right: 2^(31-e); shifts: -1 where e > 0, else 0
  };

  static Factors load(const FixedPoint* factors) {
    const auto split = [&](const auto& part) {
      alignas(16) std::int32_t parts[4];
      split_factors(factors, parts, 4, part);
      return _mm_load_si128(reinterpret_cast<const __m128i*>(parts));
    };
    return {split([](const FixedPoint& f) { return f.multiplier; }),
            split([](const FixedPoint& f) { return std::int32_t{1} << left_shift_of(f); }),
            split([](const FixedPoint& f) { return right_shift_of(f) > 0 ? std::int32_t{1} << (31 - right_shift_of(f)) : 0; }),
            split([](const FixedPoint& f) { return right_shift_of(f) > 0 ? -1 : 0; })};
  }
  static Vector doubling_high_product(Vector x, Vector m) {
    const Vector half = _mm_set1_epi64x(std::int64_t{1} << 30);
    const Vector even = _mm_add_epi64(_mm_mul_epi32(x, m), half);
    const Vector odd = _mm_add_epi64(_mm_mul_epi32(_mm_srli_epi64(x, 32), _mm_srli_epi64(m, 32)), half);
    return _mm_blend_epi16(_mm_srli_epi64(even, 31), _mm_slli_epi64(odd, 1), 0xCC);
  }
  static Vector scaled(Vector x, const Factors& f) {
    const Vector product = doubling_high_product(_mm_mullo_epi32(x, f.left), f.multiplier);
    const Vector nudged = _mm_add_epi32(product, _mm_srai_epi32(product, 31));
    return _mm_blendv_epi8(product, doubling_high_product(nudged, f.right), f.shifts);
  }
  static Vector max(Vector a, Vector b) { return _mm_max_epi32(a, b); }
  static Vector min(Vector a, Vector b) { return _mm_min_epi32(a, b); }
  static Vector broadcast(std::int32_t value) { return _mm_set1_epi32(value); }
  static void store(std::int8_t* y, Vector value) {
    const Vector words = _mm_packs_epi32(value, value);
    const std::int32_t four = _mm_cvtsi128_si32(_mm_packs_epi16(words, words));
    std::memcpy(y, &four, sizeof four);
  }
};

#ifdef __AVX2__
struct Avx2FixedPoint {
  using Vector = __m256i;
  struct Factors {
    Vector multiplier, left;
    Vector right, last, shifts;  // a right shift by e > 0 as one by e - 1, then one by 1; -1 where there is one, else 0
  };

  static Factors load(const FixedPoint* factors) {
    const auto split = [&](const auto& part) {
      alignas(32) std::int32_t parts[8];
      split_factors(factors, parts, 8, part);
      return _mm256_load_si256(reinterpret_cast<const __m256i*>(parts));
    };
    return {split([](const FixedPoint& f) { return f.multiplier; }), split(left_shift_of),
            split([](const FixedPoint& f) { return std::max(right_shift_of(f) - 1, 0); }),
            split([](const FixedPoint& f) { return std::min(right_shift_of(f), 1); }),
            split([](const FixedPoint& f) { return right_shift_of(f) > 0 ? -1 : 0; })};
  }
  static Vector scaled(Vector x, const Factors& f) {
    const Vector half = _mm256_set1_epi64x(std::int64_t{1} << 30), left = _mm256_sllv_epi32(x, f.left);
    const Vector even = _mm256_add_epi64(_mm256_mul_epi32(left, f.multiplier), half);
    const Vector odd =
        _mm256_add_epi64(_mm256_mul_epi32(_mm256_srli_epi64(left, 32), _mm256_srli_epi64(f.multiplier, 32)), half);
    const Vector product = _mm256_blend_epi32(_mm256_srli_epi64(even, 31), _mm256_slli_epi64(odd, 1), 0xAA);
    const Vector nudged = _mm256_add_epi32(product, _mm256_and_si256(_mm256_srai_epi32(product, 31), f.shifts));
    return _mm256_srav_epi32(_mm256_add_epi32(_mm256_srav_epi32(nudged, f.right), f.last), f.last);
  }
  static Vector max(Vector a, Vector b) { return _mm256_max_epi32(a, b); }
  static Vector min(Vector a, Vector b) { return _mm256_min_epi32(a, b); }
  static Vector broadcast(std::int32_t value) { return _mm256_set1_epi32(value); }
  static void store(std::int8_t* y, Vector value) {
    const __m128i words = _mm_packs_epi32(_mm256_castsi256_si128(value), _mm256_extracti128_si256(value, 1));
    _mm_storel_epi64(reinterpret_cast<__m128i*>(y), _mm_packs_epi16(words, words));
  }
};
#endif

#ifdef __AVX512BW__
struct Avx512FixedPoint {
  using Vector = __m512i;
  struct Factors {
    Vector multiplier, left;
    Vector right, last, shifts;
  };

  static Factors load(const FixedPoint* factors) {
    const auto split = [&](const auto& part) {
      alignas(64) std::int32_t parts[16];
      split_factors(factors, parts, 16, part);
      return _mm512_load_si512(parts);
    };
    return {split([](const FixedPoint& f) { return f.multiplier; }), split(left_shift_of),
            split([](const FixedPoint& f) { return std::max(right_shift_of(f) - 1, 0); }),
            split([](const FixedPoint& f) { return std::min(right_shift_of(f), 1); }),
            split([](const FixedPoint& f) { return right_shift_of(f) > 0 ? -1 : 0; })};
  }
  static Vector scaled(Vector x, const Factors& f) {
    const Vector half = _mm512_set1_epi64(std::int64_t{1} << 30), left = _mm512_sllv_epi32(x, f.left);
    const Vector even = _mm512_add_epi64(_mm512_mul_epi32(left, f.multiplier), half);
    const Vector odd =
        _mm512_add_epi64(_mm512_mul_epi32(_mm512_srli_epi64(left, 32), _mm512_srli_epi64(f.multiplier, 32)), half);
    const Vector product = _mm512_mask_blend_epi32(0xAAAA, _mm512_srli_epi64(even, 31), _mm512_slli_epi64(odd, 1));
    const Vector nudged = _mm512_add_epi32(product, _mm512_and_si512(_mm512_srai_epi32(product, 31), f.shifts));
    return _mm512_srav_epi32(_mm512_add_epi32(_mm512_srav_epi32(nudged, f.right), f.last), f.last);
  }
  static Vector max(Vector a, Vector b) { return _mm512_max_epi32(a, b); }
  static Vector min(Vector a, Vector b) { return _mm512_min_epi32(a, b); }
  static Vector broadcast(std::int32_t value) { return _mm512_set1_epi32(value); }
  static void store(std::int8_t* y, Vector value) {
    _mm_storeu_si128(reinterpret_cast<__m128i*>(y), _mm512_cvtepi32_epi8(value));
  }
};
#endif

}  // namespace m1bench
