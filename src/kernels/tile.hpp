// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <type_traits>
#include <utility>

#include "kernels/tile_factors.hpp"

// The innermost loop of every packed product: one tile of C in registers, to which each step of the depth adds the outer
// product of a column of A with a row of B. Written once, with the vector types of GCC and clang.
namespace m1bench {

template <class T>
struct Tile {
  using Vector = TileVector<T>;
  static constexpr int kLanes = kTileBytes / static_cast<int>(sizeof(T));
  static constexpr int kRows = kTileRows, kVectors = kTileVectors, kColumns = kVectors * kLanes;
};

// Where the rows of B are: in a packed panel, Tile<T>::kColumns elements apart and on a border of vectors, or anywhere.
enum class TileB { packed, in_place };

// What a tile is computed from and where it goes. C is overwritten, or added to.
template <class T>
struct TileTask {
  const T* a;          // a packed panel: Tile<T>::kRows values for each step
  const T* b;          // a row for each step
  std::int64_t depth;  // steps
  T* c;                // rows `stride_c` elements apart
  std::int64_t stride_c;
  bool add;
  std::int64_t stride_b = 0;  // of rows in place
  std::int64_t ahead = 0;     // likewise: what lies so many elements behind each row is fetched for later
};

// Writes a tile where its task says: over C, or added to it.
template <class Task, class Vector, int kRows, int kVectors>
inline void store_tile(const Task& task, const Vector (&sums)[kRows][kVectors]) {
  constexpr int kLanes = sizeof(Vector) / sizeof(*task.c);
#pragma GCC unroll 8
  for (int i = 0; i < kRows; ++i) {
#pragma GCC unroll 4
    for (int v = 0; v < kVectors; ++v) {
      auto* c = task.c + i * task.stride_c + v * kLanes;
      store_vector(c, task.add ? load_vector<Vector>(c) + sums[i][v] : sums[i][v]);
    }
  }
}

// The first kRows rows and kVectors vectors of a tile. 2 * kRows * kVectors * kLanes flop a step.
template <class T, int kRows, int kVectors, TileB kB>
void multiply_tile(const TileTask<T>& task) {
  using Vector = TileVector<T>;
  constexpr int kLanes = Tile<T>::kLanes;
  const T *a = task.a, *b = task.b;
  const std::int64_t stride_b = kB == TileB::packed ? Tile<T>::kColumns : task.stride_b, ahead = task.ahead;
#pragma GCC unroll 8
  for (int i = 0; i < kRows; ++i) __builtin_prefetch(task.c + i * task.stride_c, 1);
  Vector sums[kRows][kVectors] = {};
#pragma GCC unroll 4
  for (std::int64_t k = task.depth; k > 0; --k) {
    if constexpr (kB == TileB::in_place) __builtin_prefetch(b + ahead, 0, 2);
    if constexpr (kB == TileB::packed) b = static_cast<const T*>(__builtin_assume_aligned(b, sizeof(Vector)));
    const TileFactors<T> factors(a);
    Vector row[kVectors];
#pragma GCC unroll 4
    for (int v = 0; v < kVectors; ++v) row[v] = load_vector<Vector>(b + v * kLanes);
    const auto add_row = [&](Vector* sum, const Vector& factor) {
#pragma GCC unroll 4
      for (int v = 0; v < kVectors; ++v) sum[v] += factor * row[v];
    };
    [&]<std::size_t... kRow>(std::index_sequence<kRow...>) {
      (add_row(sums[kRow], factors.template at<static_cast<int>(kRow)>()), ...);
    }(std::make_index_sequence<static_cast<std::size_t>(kRows)>{});
    a += Tile<T>::kRows;
    b += stride_b;
  }
  store_tile(task, sums);
}

// A tile of so many columns, the last vector of which reaches beyond C: `kernel` computes it elsewhere.
template <int kMostRows, class Task>
void multiply_aside(void (*kernel)(const Task&), const Task& task, std::int64_t rows, std::int64_t columns) {
  using T = std::remove_pointer_t<decltype(task.c)>;
  constexpr std::int64_t kColumns = Tile<T>::kColumns;
  T whole[kMostRows * kColumns];
  Task aside = task;
  aside.c = whole;
  aside.stride_c = kColumns;
  aside.add = false;
  kernel(aside);
  for (std::int64_t i = 0; i < rows; ++i) {
    T* c = task.c + i * task.stride_c;
    for (std::int64_t j = 0; j < columns; ++j) c[j] = task.add ? c[j] + whole[i * kColumns + j] : whole[i * kColumns + j];
  }
}

}  // namespace m1bench
