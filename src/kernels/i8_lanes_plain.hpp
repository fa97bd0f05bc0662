// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <cstring>

#include "kernels/wrapping.hpp"

// What the packed int8 product (matmul_i8_packed.hpp) asks of an instruction set; one such type for each. A step of the inner
// loop takes kGroup neighbouring elements of each of kRows rows of A and of each of kVectors * kLanes columns of B, in this
// order in memory (direct_conv.hpp takes the rows' groups from where they are, one at a time):
//   Packed           the type that elements are packed as, already widened if the multiplication needs it
//   Vector           kLanes sums of 32 bits, one for each of as many columns
//   load_rows        A's part of a step; load_columns, B's part for one vector
//   add_products<r>  adds, for each column, the kGroup products of row r with that column; exact, never saturating
//   broadcast        one row's group for every column; widen, bytes as load_columns would have them packed
//   multiply_add     adds, lane by lane, the kGroup products of two of what load_columns, broadcast and widen give
namespace m1bench {

// For any compiler: what it makes of loops of fixed length.
struct PlainI8Lanes {
  using Packed = std::int16_t;
  using Vector = std::array<std::int32_t, 8>;
  using Rows = const Packed*;
  using Columns = std::array<Packed, 16>;
  static constexpr int kGroup = 2, kLanes = 8, kVectors = 1, kRows = 4;

  static Vector zero() { return {}; }
  static Rows load_rows(const Packed* a) { return a; }
  static Columns load_columns(const Packed* b) {
    Columns columns;
    std::memcpy(columns.data(), b, sizeof columns);
    return columns;
  }
  template <int kRow>
  static Vector add_products(Vector sum, Rows a, const Columns& b) {
    return multiply_add(sum, broadcast(a + 2 * kRow), b);
  }
  static Columns broadcast(const Packed* a) {
    Columns columns;
    for (std::size_t i = 0; i < columns.size(); ++i) columns[i] = a[i % 2];
    return columns;
  }
  static Columns widen(const std::int8_t* a) {
    Columns columns;
    for (std::size_t i = 0; i < columns.size(); ++i) columns[i] = a[i];
    return columns;
  }
  static Vector multiply_add(Vector sum, const Columns& a, const Columns& b) {
    for (std::size_t lane = 0; lane < sum.size(); ++lane) {
      sum[lane] = wrapping_sum(sum[lane], a[2 * lane] * b[2 * lane] + a[2 * lane + 1] * b[2 * lane + 1]);
    }
    return sum;
  }
  static Vector load(const std::int32_t* c) {
    Vector value;
    std::memcpy(value.data(), c, sizeof value);
    return value;
  }
  static Vector add(Vector x, const Vector& y) {
    for (std::size_t lane = 0; lane < x.size(); ++lane) x[lane] += y[lane];
    return x;
  }
  static void store(std::int32_t* c, const Vector& value) { std::memcpy(c, value.data(), sizeof value); }
};

}  // namespace m1bench
