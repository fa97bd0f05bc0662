// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <utility>

#include "m1bench/kernels/matmul_i8.hpp"

// The packed int8 product for one instruction set, described by `Lanes` (i8_lanes_plain.hpp). Both operands are first copied
// into the order in which the inner loop reads them, zeros filling up odd ends; then each thread multiplies its part of C, a
// block of the depth at a time, so that a panel of B stays in the first cache and a block of A in the second.
// Source of the scheme: Goto and van de Geijn, "Anatomy of high-performance matrix multiplication", ACM TOMS 34 (2008).
namespace m1bench {

template <class Lanes>
class PackedMatmulI8 {
 public:
  PackedMatmulI8(const GemmI8& g, Tensor<std::int8_t>& scratch) : g_(g) {
    const std::int64_t depth = round_up(g.k, Lanes::kGroup);
    const std::int64_t a_bytes = round_up(row_tiles() * kRows * depth * kPackedSize, kCacheLine);
    scratch.resize({a_bytes + column_tiles() * kColumns * depth * kPackedSize});
    packed_a_ = reinterpret_cast<Packed*>(scratch.data());
    packed_b_ = reinterpret_cast<Packed*>(scratch.data() + a_bytes);
  }

  void run(Parallel& parallel) const {
    const std::int64_t rows = row_tiles(), columns = column_tiles();
    parallel.for_panels(rows, 1, [&](std::int64_t begin, std::int64_t end) { pack_a(begin, end); });
    parallel.for_panels(columns, 1, [&](std::int64_t begin, std::int64_t end) { pack_b(begin, end); });
    if (g_.m >= g_.n) {
      parallel.for_panels(rows, 1, [&](std::int64_t begin, std::int64_t end) { multiply(begin, end, 0, columns); });
    } else {
      parallel.for_panels(columns, 1, [&](std::int64_t begin, std::int64_t end) { multiply(0, rows, begin, end); });
    }
  }

 private:
  using Packed = typename Lanes::Packed;
  static constexpr std::int64_t kGroup = Lanes::kGroup, kRows = Lanes::kRows, kColumns = Lanes::kVectors * Lanes::kLanes;
  static constexpr std::int64_t kPackedSize = sizeof(Packed), kCacheLine = 64;
  // A panel of B is at most 256 * 32 * 2 bytes, half of a small first-level cache; a block of A about 100 KB.
  static constexpr std::int64_t kDepth = 256, kBlockTiles = 192 / kRows;
  static_assert(kDepth % kGroup == 0);

  static std::int64_t round_up(std::int64_t value, std::int64_t unit) { return (value + unit - 1) / unit * unit; }
  std::int64_t row_tiles() const { return (g_.m + kRows - 1) / kRows; }
  std::int64_t column_tiles() const { return (g_.n + kColumns - 1) / kColumns; }

  // Where the panel of a tile starts for the depths from k0 on. All depths before k0 are full blocks.
  Packed* a_panel(std::int64_t tile, std::int64_t k0) const {
    return packed_a_ + (k0 * row_tiles() + tile * padded_depth(k0)) * kRows;
  }
  Packed* b_panel(std::int64_t tile, std::int64_t k0) const {
    return packed_b_ + (k0 * column_tiles() + tile * padded_depth(k0)) * kColumns;
  }
  std::int64_t depth(std::int64_t k0) const { return std::min(kDepth, g_.k - k0); }
  std::int64_t padded_depth(std::int64_t k0) const { return round_up(depth(k0), kGroup); }

  void pack_a(std::int64_t begin, std::int64_t end) const {
    for (std::int64_t k0 = 0; k0 < g_.k; k0 += kDepth) {
      for (std::int64_t tile = begin; tile < end; ++tile) {
        for (std::int64_t row = 0; row < kRows; ++row) pack_row(tile, row, k0);
      }
    }
  }

  // Groups of one row of A, kRows groups apart.
  void pack_row(std::int64_t tile, std::int64_t row, std::int64_t k0) const {
    Packed* out = a_panel(tile, k0) + row * kGroup;
    const bool inside = tile * kRows + row < g_.m;
    const std::int8_t* a = g_.a + (inside ? (tile * kRows + row) * g_.k + k0 : 0);
    const std::int64_t elements = inside ? depth(k0) : 0, full = elements / kGroup;
    for (std::int64_t group = 0; group < full; ++group) {
      for (std::int64_t i = 0; i < kGroup; ++i) out[group * kRows * kGroup + i] = a[group * kGroup + i];
    }
    for (std::int64_t p = full * kGroup; p < padded_depth(k0); ++p) {
      out[p / kGroup * kRows * kGroup + p % kGroup] = p < elements ? a[p] : Packed{0};
    }
  }

  void pack_b(std::int64_t begin, std::int64_t end) const {
    for (std::int64_t k0 = 0; k0 < g_.k; k0 += kDepth) {
      for (std::int64_t tile = begin; tile < end; ++tile) {
        Packed* out = b_panel(tile, k0);
        for (std::int64_t k = k0; k < k0 + depth(k0); k += kGroup, out += kColumns * kGroup) pack_group(tile, k, out);
      }
    }
  }

  // kGroup neighbouring rows of B interleaved.
  void pack_group(std::int64_t tile, std::int64_t k, Packed* __restrict out) const {
    const std::int64_t columns = std::min(kColumns, g_.n - tile * kColumns), members = std::min(kGroup, g_.k - k);
    const std::int8_t* __restrict b = g_.b + k * g_.n + tile * kColumns;
    if (columns == kColumns && members == kGroup) {
      for (std::int64_t column = 0; column < kColumns; ++column) {
        for (std::int64_t i = 0; i < kGroup; ++i) out[column * kGroup + i] = b[i * g_.n + column];
      }
      return;
    }
    for (std::int64_t column = 0; column < kColumns; ++column) {
      for (std::int64_t i = 0; i < kGroup; ++i) {
        out[column * kGroup + i] = column < columns && i < members ? b[i * g_.n + column] : Packed{0};
      }
    }
  }

  // The tiles of C in [r0, r1) by [c0, c1).
  void multiply(std::int64_t r0, std::int64_t r1, std::int64_t c0, std::int64_t c1) const {
    for (std::int64_t k0 = 0; k0 < g_.k; k0 += kDepth) {
      for (std::int64_t block = r0; block < r1; block += kBlockTiles) {
        for (std::int64_t column = c0; column < c1; ++column) {
          for (std::int64_t row = block; row < std::min(r1, block + kBlockTiles); ++row) multiply_tile(row, column, k0);
        }
      }
    }
  }

  void multiply_tile(std::int64_t row, std::int64_t column, std::int64_t k0) const {
    const std::int64_t rows = std::min(kRows, g_.m - row * kRows), columns = std::min(kColumns, g_.n - column * kColumns);
    std::int32_t* c = g_.c + row * kRows * g_.n + column * kColumns;
    const Packed *a = a_panel(row, k0), *b = b_panel(column, k0);
    const std::int64_t groups = padded_depth(k0) / kGroup;
    constexpr std::make_index_sequence<kRows> kEachRow{};
    if (rows == kRows && columns == kColumns) return register_tile(a, b, groups, c, g_.n, k0 > 0, kEachRow);
    std::int32_t whole[kRows * kColumns];
    register_tile(a, b, groups, whole, kColumns, false, kEachRow);
    for (std::int64_t i = 0; i < rows; ++i) {
      for (std::int64_t j = 0; j < columns; ++j) c[i * g_.n + j] = whole[i * kColumns + j] + (k0 > 0 ? c[i * g_.n + j] : 0);
    }
  }

  // One tile of C in registers: overwritten, or added to.
  template <std::size_t... kRow>
  static void register_tile(const Packed* a, const Packed* b, std::int64_t groups, std::int32_t* c, std::int64_t stride, bool add,
                            std::index_sequence<kRow...>) {
    typename Lanes::Vector sums[kRows][Lanes::kVectors];
    for (auto& row : sums) std::fill(std::begin(row), std::end(row), Lanes::zero());
    for (; groups > 0; --groups, a += kRows * kGroup, b += kColumns * kGroup) {
      typename Lanes::Columns columns[Lanes::kVectors];
      for (int v = 0; v < Lanes::kVectors; ++v) columns[v] = Lanes::load_columns(b + v * Lanes::kLanes * kGroup);
      const auto rows = Lanes::load_rows(a);
      (add_row<kRow>(sums[kRow], rows, columns), ...);
    }
    (store_row(c + static_cast<std::int64_t>(kRow) * stride, sums[kRow], add), ...);
  }

  template <std::size_t kRow>
  static void add_row(typename Lanes::Vector* sums, const typename Lanes::Rows& rows, const typename Lanes::Columns* columns) {
    for (int v = 0; v < Lanes::kVectors; ++v) sums[v] = Lanes::template add_products<kRow>(sums[v], rows, columns[v]);
  }

  static void store_row(std::int32_t* c, const typename Lanes::Vector* sums, bool add) {
    for (int v = 0; v < Lanes::kVectors; ++v, c += Lanes::kLanes) {
      Lanes::store(c, add ? Lanes::add(sums[v], Lanes::load(c)) : sums[v]);
    }
  }

  const GemmI8 g_;
  Packed* packed_a_;
  Packed* packed_b_;
};

}  // namespace m1bench
