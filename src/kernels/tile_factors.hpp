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
// FMLA takes a factor straight from its place in a register, so that nothing is broadcast.
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
// Without a load that broadcasts floats, they are spread from a register; as integers, for that needs no copy (PSHUFD).
template <>
struct TileFactors<float> {
  using Bits [[gnu::vector_size(kTileBytes)]] = std::int32_t;
  explicit TileFactors(const float* a) : a_(load_vector<Bits>(a)) {}
  template <int kRow>
  TileVector<float> at() const {
    return reinterpret_cast<TileVector<float>>(__builtin_shufflevector(a_, a_, kRow, kRow, kRow, kRow));
  }
  Bits a_;
};
#endif

}  // namespace m1bench
