// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>

#include "kernels/tile.hpp"

// C = A B in blocks, for operands that need not exist as matrices: each copies the parts of itself that are asked for into
// panels, in the order in which the register tile reads them.
//
//   a.pack(r0, r1, k0, k1, panel)  panel[(k - k0) * Tile<T>::kRows + (r - r0)] = A(r, k); r1 - r0 <= kRows. What belongs to rows
//                                  that there are not may be anything.
//   b.pack(c0, c1, k0, k1, panel)  panel[(k - k0) * Tile<T>::kColumns + (c - c0)] = B(k, c); c1 - c0 <= kColumns. What belongs to
//                                  columns that there are not is zero.
//   b.in_place()                   B's row 0 if B is stored by rows, b.stride() elements apart; otherwise nullptr.
//
// A block of A (kBlockRows x kBlockDepth) stays in the second cache while the panels of B pass over it; each of those is packed
// when it is first needed, just before its use. Source of the scheme: Goto and van de Geijn, "Anatomy of high-performance matrix
// multiplication", ACM TOMS 34 (2008), with the register tile as its only kernel as in Van Zee and van de Geijn, "BLIS", ACM
// TOMS 41 (2015).
namespace m1bench {

struct Range {
  std::int64_t begin, end;
  std::int64_t size() const { return end - begin; }
};

inline constexpr std::int64_t round_up(std::int64_t value, std::int64_t unit) { return (value + unit - 1) / unit * unit; }

template <class T>
struct PackedBlocks {
  static constexpr std::int64_t kRows = Tile<T>::kRows, kColumns = Tile<T>::kColumns;
  // A block of A is 192 KB of floats.
  static constexpr std::int64_t kBlockDepth = 256, kBlockRows = 192;
  static constexpr std::int64_t kBlockColumns = round_up(2048, kColumns);
  // So few rows use each panel of B that packing it would not pay: it is read where it is.
  static constexpr std::int64_t kRowsInPlace = 64;
  static_assert(kBlockRows % kRows == 0);

  // Scratch for a product of m rows, n columns and depth k.
  static std::int64_t a_elements(std::int64_t m, std::int64_t k) {
    return round_up(std::min(m, kBlockRows), kRows) * std::min(k, kBlockDepth);
  }
  static std::int64_t b_elements(std::int64_t n, std::int64_t k) {
    return round_up(std::min(n, kBlockColumns), kColumns) * std::min(k, kBlockDepth);
  }
  // A multiple of the cache line, so that parts of one allocation lie on lines of their own.
  static std::int64_t scratch_elements(std::int64_t m, std::int64_t n, std::int64_t k) {
    return round_up(a_elements(m, k), 64) + round_up(b_elements(n, k), 64);
  }
};

// The kernels for any number of rows and vectors, up to a whole tile; in place, B's rows are always whole.
template <class T>
struct TileKernels {
  using Kernel = void (*)(const TileTask<T>&);
  using AllRows = std::make_integer_sequence<int, Tile<T>::kRows>;
  using AllVectors = std::make_integer_sequence<int, Tile<T>::kVectors>;
  template <int kRows, int... kVector>
  static constexpr auto of_rows(std::integer_sequence<int, kVector...>) {
    return std::array<Kernel, sizeof...(kVector)>{multiply_tile<T, kRows, kVector + 1, TileB::packed>...};
  }
  template <int... kRow>
  static constexpr auto packed(std::integer_sequence<int, kRow...>) {
    return std::array{of_rows<kRow + 1>(AllVectors{})...};
  }
  template <int... kRow>
  static constexpr auto in_place(std::integer_sequence<int, kRow...>) {
    return std::array<Kernel, sizeof...(kRow)>{multiply_tile<T, kRow + 1, Tile<T>::kVectors, TileB::in_place>...};
  }
  static constexpr auto kPacked = packed(AllRows{});
  static constexpr auto kInPlace = in_place(AllRows{});
};

// A tile of `rows` x `columns` of packed panels, either of which may be less than a whole tile.
template <class T>
void multiply_packed_tile(const TileTask<T>& task, std::int64_t rows, std::int64_t columns) {
  constexpr std::int64_t kLanes = Tile<T>::kLanes;
  const auto row = static_cast<std::size_t>(rows - 1), vector = static_cast<std::size_t>((columns - 1) / kLanes);
  const auto kernel = TileKernels<T>::kPacked[row][vector];
  if (columns % kLanes == 0) return kernel(task);
  multiply_aside<Tile<T>::kRows>(kernel, task, rows, columns);
}

// The rows and columns of C that one thread computes, for all of the depth. `scratch` holds scratch_elements().
template <class T, class A, class B>
class PackedProduct {
 public:
  PackedProduct(const A& a, const B& b, std::int64_t depth, T* c, std::int64_t stride_c, bool accumulate)
      : a_(a), b_(b), k_(depth), c_(c), stride_c_(stride_c), accumulate_(accumulate) {}

  void run(Range rows, Range columns, T* scratch) const {
    const Part part{rows, columns, scratch, scratch + round_up(Blocks::a_elements(rows.size(), k_), 64)};
    for (std::int64_t k0 = 0; k0 < k_; k0 += Blocks::kBlockDepth) {
      const Range depth{k0, std::min(k_, k0 + Blocks::kBlockDepth)};
      for (std::int64_t c0 = columns.begin; c0 < columns.end; c0 += Blocks::kBlockColumns) {
        multiply_columns(part, depth, {c0, std::min(columns.end, c0 + Blocks::kBlockColumns)});
      }
    }
  }

 private:
  using Blocks = PackedBlocks<T>;
  static constexpr std::int64_t kRows = Blocks::kRows, kColumns = Blocks::kColumns;
  struct Part {
    Range rows, columns;
    T *packed_a, *packed_b;
  };

  void multiply_columns(const Part& part, Range depth, Range columns) const {
    for (std::int64_t r0 = part.rows.begin; r0 < part.rows.end; r0 += Blocks::kBlockRows) {
      const Range rows{r0, std::min(part.rows.end, r0 + Blocks::kBlockRows)};
      // The only block of rows is still there from the columns before.
      if (rows.size() < part.rows.size() || columns.begin == part.columns.begin) pack_a(part, depth, rows);
      for (std::int64_t c0 = columns.begin; c0 < columns.end; c0 += kColumns) {
        multiply_panel(part, depth, rows, columns.begin, {c0, std::min(columns.end, c0 + kColumns)});
      }
    }
  }

  void pack_a(const Part& part, Range depth, Range rows) const {
    for (std::int64_t r0 = rows.begin; r0 < rows.end; r0 += kRows) {
      a_.pack(r0, std::min(rows.end, r0 + kRows), depth.begin, depth.end, part.packed_a + (r0 - rows.begin) * depth.size());
    }
  }

  void multiply_panel(const Part& part, Range depth, Range rows, std::int64_t first_column, Range columns) const {
    T* c = c_ + rows.begin * stride_c_ + columns.begin;
    const bool add = accumulate_ || depth.begin > 0;
    const TileTask<T> task{.a = part.packed_a, .b = nullptr, .depth = depth.size(), .c = c, .stride_c = stride_c_, .add = add};
    if (b_.in_place() && part.rows.size() <= Blocks::kRowsInPlace && columns.size() == kColumns) {
      return multiply_in_place(task, depth, rows, columns, part.columns.end);
    }
    // Where only one block of rows uses the panels, each may take the place of the one before, and stays in the first caches.
    const bool once = part.rows.size() <= Blocks::kBlockRows;
    T* panel = part.packed_b + (once ? 0 : (columns.begin - first_column) * depth.size());
    if (rows.begin == part.rows.begin) b_.pack(columns.begin, columns.end, depth.begin, depth.end, panel);
    multiply_packed(task, panel, rows.size(), columns.size());
  }

  static void multiply_packed(TileTask<T> task, const T* panel, std::int64_t rows, std::int64_t columns) {
    task.b = panel;
    for (std::int64_t r = 0; r < rows; r += kRows, task.a += kRows * task.depth, task.c += kRows * task.stride_c) {
      multiply_packed_tile(task, std::min(kRows, rows - r), columns);
    }
  }

  // The tiles take turns to fetch the cache lines of the columns to come.
  void multiply_in_place(TileTask<T> task, Range depth, Range rows, Range columns, std::int64_t last_column) const {
    task.stride_b = b_.stride();
    task.b = b_.in_place() + depth.begin * task.stride_b + columns.begin;
    const std::int64_t to_come = std::min(kColumns, last_column - columns.end);
    for (std::int64_t r = 0, line = 0; r < rows.size(); r += kRows, line += kLine) {
      task.ahead = to_come > 0 ? kColumns + std::min(line, to_come - 1) : 0;
      TileKernels<T>::kInPlace[static_cast<std::size_t>(std::min(kRows, rows.size() - r) - 1)](task);
      task.a += kRows * task.depth;
      task.c += kRows * task.stride_c;
    }
  }

  static constexpr std::int64_t kLine = 64 / sizeof(T);
  const A& a_;
  const B& b_;
  std::int64_t k_;
  T* c_;
  std::int64_t stride_c_;
  bool accumulate_;
};

}  // namespace m1bench
