// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>

#include "kernels/i8_lanes_plain.hpp"
#include "m1bench/kernels/quantized.hpp"

// What becomes of a vector of 32-bit sums, for one instruction set; one such type for each of i8_lanes.hpp, whose Vector it
// takes:
//   Factors    kLanes fixed-point factors, from an array
//   scaled     multiply_by_quantized_multiplier of each lane, for every x and factor there is
//   max, min, add
//   store      kLanes numbers, each within int8, as int8
//
// With a multiplier below 2^31 both roundings come without a case for the sign. The doubling high product is
// (x * multiplier + 2^30) >> 31, and, being at least 1 - 2^31 and at most 2^31 - 2, leaves room for one more on both sides: a
// shift by e > 0 that rounds halves away from zero is (x + (x < 0 ? -1 : 0) + 2^(e-1)) >> e.
namespace m1bench {

struct PlainFixedPoint {
  using Vector = PlainI8Lanes::Vector;
  using Factors = std::array<FixedPoint, PlainI8Lanes::kLanes>;

  static Factors load(const FixedPoint* factors) {
    Factors loaded;
    std::copy_n(factors, loaded.size(), loaded.begin());
    return loaded;
  }
  static Vector scaled(Vector x, const Factors& factors) {
    for (std::size_t lane = 0; lane < x.size(); ++lane) x[lane] = multiply_by_quantized_multiplier(x[lane], factors[lane]);
    return x;
  }
  static Vector max(Vector a, const Vector& b) {
    for (std::size_t lane = 0; lane < a.size(); ++lane) a[lane] = std::max(a[lane], b[lane]);
    return a;
  }
  static Vector min(Vector a, const Vector& b) {
    for (std::size_t lane = 0; lane < a.size(); ++lane) a[lane] = std::min(a[lane], b[lane]);
    return a;
  }
  static Vector broadcast(std::int32_t value) {
    Vector all;
    all.fill(value);
    return all;
  }
  static void store(std::int8_t* y, const Vector& value) {
    for (std::size_t lane = 0; lane < value.size(); ++lane) y[lane] = static_cast<std::int8_t>(value[lane]);
  }
};

// One part of each of `count` factors, where vectors can load it.
template <class Part>
inline void split_factors(const FixedPoint* factors, std::int32_t* parts, std::size_t count, const Part& part) {
  for (std::size_t i = 0; i < count; ++i) parts[i] = part(factors[i]);
}
inline std::int32_t left_shift_of(const FixedPoint& factor) { return std::max(factor.shift, 0); }
inline std::int32_t right_shift_of(const FixedPoint& factor) { return std::max(-factor.shift, 0); }

}  // namespace m1bench
