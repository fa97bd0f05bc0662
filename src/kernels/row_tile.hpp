// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>

#include "kernels/packed_gemm.hpp"

// A tile of C = A B in registers, as multiply_tile computes it, but of an A that stays where it is: its rows are walks through
// an image, whose elements serve several rows each, and packing them would copy each as often.
namespace m1bench {

struct RowTask {
  static constexpr std::int64_t kRows = kWalkRows;
  const float* a;
  std::int64_t rows[kRows];                // where each row begins, seen from a
  std::int64_t step, run, runs, run_step;  // a row is `runs` runs, run_step elements apart, of `run` elements, step apart
  const float* b;                          // a row of B for each element of a row of A, stride_b elements apart
  std::int64_t stride_b, skip_b;           // rows of B that are left out between runs
  float* c;                                // rows stride_c elements apart
  std::int64_t stride_c;
  bool add;                                // to C, which is overwritten otherwise
  const float* ahead;                      // what is here for each row of B, stride_ahead apart, is fetched into the second cache
  std::int64_t stride_ahead;
};

// Adds the outer product of a column of A, factor_of(row), with a row of B.
template <int kRows, int kVectors, class FactorOf>
inline void add_step(TileVector<float> (&sums)[kRows][kVectors], const float* b, const FactorOf& factor_of) {
  TileVector<float> row[kVectors];
#pragma GCC unroll 4
  for (int v = 0; v < kVectors; ++v) row[v] = load_vector<TileVector<float>>(b + v * Tile<float>::kLanes);
#pragma GCC unroll 8
  for (int i = 0; i < kRows; ++i) {
    const TileVector<float> factor = factor_of(i);
#pragma GCC unroll 4
    for (int v = 0; v < kVectors; ++v) sums[i][v] += factor * row[v];
  }
}

template <int kRows, int kVectors>
void multiply_rows(const RowTask& task) {
  using Vector = TileVector<float>;
  constexpr int kLanes = Tile<float>::kLanes;
  const float* a[kRows];
  for (int i = 0; i < kRows; ++i) a[i] = task.a + task.rows[i];
  Vector sums[kRows][kVectors] = {};
  const float *b = task.b, *ahead = task.ahead;
  const std::int64_t stride_b = task.stride_b, stride_ahead = task.stride_ahead, step = task.step, end = task.run * step;
  const auto add = [&](std::int64_t at, const auto& factor_of) {
    __builtin_prefetch(ahead + at * stride_ahead, 0, 2);
    add_step<kRows, kVectors>(sums, b + at * stride_b, factor_of);
  };
  const auto advance = [&](std::int64_t steps) {
    b += steps * stride_b;
    ahead += steps * stride_ahead;
  };
  for (std::int64_t run = task.runs; run > 0; --run) {
    std::int64_t k = 0;
    if constexpr (kSpreadsFloats) {
      // Neighbours of a row are loaded together, a vector of them.
      for (; step == 1 && k + kLanes <= end; k += kLanes) {
        Vector factors[kRows];
#pragma GCC unroll 8
        for (int i = 0; i < kRows; ++i) factors[i] = load_vector<Vector>(a[i] + k);
        const auto each = [&]<std::size_t... kLane>(std::index_sequence<kLane...>) {
          (add(kLane, [&](int i) { return spread<static_cast<int>(kLane)>(factors[i]); }), ...);
        };
        each(std::make_index_sequence<kLanes>{});
        advance(kLanes);
      }
    }
    for (; k < end; k += step) {
      add(0, [&](int i) { return a[i][k] - Vector{}; });
      advance(1);
    }
#pragma GCC unroll 8
    for (int i = 0; i < kRows; ++i) a[i] += task.run_step;
    advance(task.skip_b);
  }
  store_tile(task, sums);
}

// multiply_rows for any number of rows and vectors up to a whole tile.
using RowKernel = void (*)(const RowTask&);
template <std::size_t... kRows>
constexpr auto row_kernels(std::index_sequence<kRows...>) {
  constexpr auto of_rows = []<int kCount, std::size_t... kVectors>(std::index_sequence<kVectors...>) {
    return std::array<RowKernel, sizeof...(kVectors)>{multiply_rows<kCount, static_cast<int>(kVectors) + 1>...};
  };
  constexpr std::make_index_sequence<Tile<float>::kVectors> kEachVector{};
  return std::array{of_rows.template operator()<static_cast<int>(kRows) + 1>(kEachVector)...};
}
inline constexpr auto kRowKernels = row_kernels(std::make_index_sequence<RowTask::kRows>{});

// The first `rows` rows and `columns` columns of a tile. B has whole vectors of columns, whatever C has.
inline void multiply_row_tile(const RowTask& task, std::int64_t rows, std::int64_t columns) {
  constexpr std::int64_t kLanes = Tile<float>::kLanes;
  const RowKernel kernel = kRowKernels[static_cast<std::size_t>(rows - 1)][static_cast<std::size_t>((columns - 1) / kLanes)];
  if (columns % kLanes == 0) return kernel(task);
  multiply_aside<RowTask::kRows>(kernel, task, rows, columns);
}

// A length cut into parts of at most `most` that are as equal as can be: a tile that is nearly whole is nearly as fast.
struct EvenParts {
  EvenParts(std::int64_t total, std::int64_t most) : length(total), count((total + most - 1) / most) {}
  std::int64_t begin(std::int64_t part) const { return length * part / count; }
  Range operator[](std::int64_t part) const { return {begin(part), begin(part + 1)}; }
  std::int64_t length, count;
};

// Vectors of output channels cut into the panels of tiles, and the channels that one of them has.
struct ColumnPanels {
  ColumnPanels(Range vectors, std::int64_t columns)
      : first(vectors.begin), all(columns), parts(vectors.size(), Tile<float>::kVectors) {}
  static std::int64_t vectors(std::int64_t columns) { return (columns + Tile<float>::kLanes - 1) / Tile<float>::kLanes; }
  std::int64_t count() const { return parts.count; }
  Range operator[](std::int64_t panel) const {
    constexpr std::int64_t kLanes = Tile<float>::kLanes;
    return {(first + parts.begin(panel)) * kLanes, std::min(all, (first + parts.begin(panel + 1)) * kLanes)};
  }
  std::int64_t first, all;
  EvenParts parts;
};

}  // namespace m1bench
