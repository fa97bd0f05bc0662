// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <cstring>

#include "kernels/tile_shape.hpp"

// The vectors of a tile, and the factors that its rows are multiplied by: the one place where instruction sets differ.
namespace m1bench {

template <class T>
using TileVector [[gnu::vector_size(kTileBytes)]] = T;

template <class Vector, class T>
inline Vector load_vector(const T* p) {
  Vector value;
  std::memcpy(&value, p, sizeof value);
  return value;
}

template <class Vector, class T>
inline void store_vector(T* p, const Vector& value) {
  std::memcpy(p, &value, sizeof value);
}

// One of four floats in all lanes. FMLA takes a factor straight from its place in a register, so that nothing is done; without
// AVX, whose loads broadcast, floats are spread as integers, for that needs no copy (PSHUFD).
#if defined(__AVX__)
inline constexpr bool kSpreadsFloats = false;
#else
inline constexpr bool kSpreadsFloats = true;
template <int kLane>
inline TileVector<float> spread(const TileVector<float>& from) {
#if defined(__aarch64__)
  return __builtin_shufflevector(from, from, kLane, kLane, kLane, kLane);
#else
  using Bits [[gnu::vector_size(kTileBytes)]] = std::int32_t;
  const Bits bits = reinterpret_cast<Bits>(from);
  return reinterpret_cast<TileVector<float>>(__builtin_shufflevector(bits, bits, kLane, kLane, kLane, kLane));
#endif
}
#endif

// The factors of one step, one for each row of the tile; at<row>() is one of them in all lanes. Here a load that broadcasts.
template <class T>
struct TileFactors {
  explicit TileFactors(const T* a) : a_(a) {}
  template <int kRow>
  TileVector<T> at() const {
    return a_[kRow] - TileVector<T>{};  // taking away zero, unlike adding it, leaves even -0 as it is, and so takes no time
  }
  const T* a_;
};

#if defined(__aarch64__)
template <class T>
struct LaneFactors {
  static constexpr int kLanes = kTileBytes / static_cast<int>(sizeof(T)), kCount = kTileRows / kLanes;
  explicit LaneFactors(const T* a) {
#pragma GCC unroll 8
    for (int i = 0; i < kCount; ++i) a_[i] = load_vector<TileVector<T>>(a + i * kLanes);
  }
  template <int kRow>
  TileVector<T> at() const {
    constexpr int kLane = kRow % kLanes;
    const TileVector<T>& from = a_[kRow / kLanes];
    if constexpr (kLanes == 2) return __builtin_shufflevector(from, from, kLane, kLane);
    if constexpr (kLanes == 4) return __builtin_shufflevector(from, from, kLane, kLane, kLane, kLane);
  }
  TileVector<T> a_[kCount];
};
template <>
struct TileFactors<float> : LaneFactors<float> {
  using LaneFactors::LaneFactors;
};
template <>
struct TileFactors<double> : LaneFactors<double> {
  using LaneFactors::LaneFactors;
};
#elif defined(__SSE2__) && !defined(__AVX__)
template <>
struct TileFactors<float> {
  explicit TileFactors(const float* a) : a_(load_vector<TileVector<float>>(a)) {}
  template <int kRow>
  TileVector<float> at() const {
    return spread<kRow>(a_);
  }
  TileVector<float> a_;
};
#endif

}  // namespace m1bench
