// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <immintrin.h>

#include <cstdint>
#include <cstring>

// Operands widened to 16 bits, and the multiplication that adds pairs of their products (PMADDWD): 2 * 128^2 fits 32 bits with
// room. PMADDUBSW would take bytes as they are and twice as many at once, but saturates pairs at 16 bits.
namespace m1bench {

// The pair of 16-bit factors of one row as the 32-bit integer that a broadcast wants.
inline std::int32_t pair_at(const std::int16_t* a) {
  std::int32_t pair;
  std::memcpy(&pair, a, sizeof pair);
  return pair;
}

// 4x8 sums: 8 of the 16 registers, for the two-operand form needs a copy of one factor.
struct Sse2I8Lanes {
  using Packed = std::int16_t;
  using Vector = __m128i;
  using Rows = __m128i;  // four pairs, one for each row
  using Columns = __m128i;
  static constexpr int kGroup = 2, kLanes = 4, kVectors = 2, kRows = 4;

  static Vector zero() { return _mm_setzero_si128(); }
  static Rows load_rows(const Packed* a) { return _mm_loadu_si128(reinterpret_cast<const __m128i*>(a)); }
  static Columns load_columns(const Packed* b) { return _mm_loadu_si128(reinterpret_cast<const __m128i*>(b)); }
  template <int kRow>
  static Vector add_products(Vector sum, Rows a, Columns b) {
    return multiply_add(sum, _mm_shuffle_epi32(a, kRow * 0x55), b);
  }
  static Columns broadcast(const Packed* a) { return _mm_set1_epi32(pair_at(a)); }
  static Columns widen(const std::int8_t* a) {
    const __m128i bytes = _mm_loadl_epi64(reinterpret_cast<const __m128i*>(a));
    return _mm_srai_epi16(_mm_unpacklo_epi8(bytes, bytes), 8);
  }
  static Vector multiply_add(Vector sum, Columns a, Columns b) {
    const Vector products = _mm_madd_epi16(a, b);
    // Spelled out, because GCC 12 adds into the register of the products and moves it back: 41 instructions a step, not 30.
    asm("paddd %1, %0" : "+x"(sum) : "x"(products));
    return sum;
  }
  static Vector load(const std::int32_t* c) { return _mm_loadu_si128(reinterpret_cast<const __m128i*>(c)); }
  static Vector add(Vector x, Vector y) { return _mm_add_epi32(x, y); }
  static void store(std::int32_t* c, Vector value) { _mm_storeu_si128(reinterpret_cast<__m128i*>(c), value); }
};

#ifdef __AVX2__
// 6x16 sums: 12 of 16 registers.
struct Avx2I8Lanes {
  using Packed = std::int16_t;
  using Vector = __m256i;
  using Rows = const Packed*;
  using Columns = __m256i;
  static constexpr int kGroup = 2, kLanes = 8, kVectors = 2, kRows = 6;

  static Vector zero() { return _mm256_setzero_si256(); }
  static Rows load_rows(const Packed* a) { return a; }
  static Columns load_columns(const Packed* b) { return _mm256_loadu_si256(reinterpret_cast<const __m256i*>(b)); }
  template <int kRow>
  static Vector add_products(Vector sum, Rows a, Columns b) {
    return multiply_add(sum, broadcast(a + 2 * kRow), b);
  }
  static Columns broadcast(const Packed* a) { return _mm256_set1_epi32(pair_at(a)); }
  static Columns widen(const std::int8_t* a) {
    return _mm256_cvtepi8_epi16(_mm_loadu_si128(reinterpret_cast<const __m128i*>(a)));
  }
  static Vector multiply_add(Vector sum, Columns a, Columns b) { return _mm256_add_epi32(sum, _mm256_madd_epi16(a, b)); }
  static Vector load(const std::int32_t* c) { return _mm256_loadu_si256(reinterpret_cast<const __m256i*>(c)); }
  static Vector add(Vector x, Vector y) { return _mm256_add_epi32(x, y); }
  static void store(std::int32_t* c, Vector value) { _mm256_storeu_si256(reinterpret_cast<__m256i*>(c), value); }
};
#endif

#ifdef __AVX512BW__
// 12x32 sums: 24 of 32 registers. The tier has no VNNI, whose VPDPWSSD would save the addition.
struct Avx512I8Lanes {
  using Packed = std::int16_t;
  using Vector = __m512i;
  using Rows = const Packed*;
  using Columns = __m512i;
  static constexpr int kGroup = 2, kLanes = 16, kVectors = 2, kRows = 12;

  static Vector zero() { return _mm512_setzero_si512(); }
  static Rows load_rows(const Packed* a) { return a; }
  static Columns load_columns(const Packed* b) { return _mm512_loadu_si512(b); }
  template <int kRow>
  static Vector add_products(Vector sum, Rows a, Columns b) {
    return multiply_add(sum, broadcast(a + 2 * kRow), b);
  }
  static Columns broadcast(const Packed* a) { return _mm512_set1_epi32(pair_at(a)); }
  static Columns widen(const std::int8_t* a) {
    return _mm512_cvtepi8_epi16(_mm256_loadu_si256(reinterpret_cast<const __m256i*>(a)));
  }
  static Vector multiply_add(Vector sum, Columns a, Columns b) { return _mm512_add_epi32(sum, _mm512_madd_epi16(a, b)); }
  static Vector load(const std::int32_t* c) { return _mm512_loadu_si512(c); }
  static Vector add(Vector x, Vector y) { return _mm512_add_epi32(x, y); }
  static void store(std::int32_t* c, Vector value) { _mm512_storeu_si512(c, value); }
};
#endif

}  // namespace m1bench
