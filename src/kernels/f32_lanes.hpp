// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <cstring>

// What i8_lanes.hpp is for int8, for single precision: the compiler's vectors, as wide as the tier's registers.
namespace m1bench {

struct F32Lanes {
#if defined(__AVX512F__)
  static constexpr int kBytes = 64, kVectors = 2, kRows = 12;
#elif defined(__AVX__)
  static constexpr int kBytes = 32, kVectors = 2, kRows = 6;
#elif defined(__aarch64__)
  static constexpr int kBytes = 16, kVectors = 4, kRows = 6;
#else
  static constexpr int kBytes = 16, kVectors = 2, kRows = 6;
#endif
  static constexpr int kGroup = 1, kLanes = kBytes / 4;
  using Packed = float;
  typedef float Vector __attribute__((vector_size(kBytes)));
  using Columns = Vector;

  static Vector load(const float* x) {
    Vector value;
    std::memcpy(&value, x, sizeof value);
    return value;
  }
  static void store(float* y, Vector value) { std::memcpy(y, &value, sizeof value); }
  static Vector zero() { return Vector{}; }
  static Vector broadcast(float value) { return value - Vector{}; }
  static Columns broadcast(const Packed* a) { return broadcast(*a); }
  static Columns load_columns(const Packed* b) { return load(b); }
  static Columns widen(const float* a) { return load(a); }
  static Vector add(Vector a, Vector b) { return a + b; }
  static Vector multiply_add(Vector sum, Columns a, Columns b) { return sum + a * b; }
  static Vector max(Vector a, Vector b) { return a < b ? b : a; }
  static Vector min(Vector a, Vector b) { return b < a ? b : a; }
};

}  // namespace m1bench
