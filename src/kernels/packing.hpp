// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstdint>

#include "kernels/tile_factors.hpp"

// Copies a strip of a matrix into a panel: kWidth neighbouring elements for each step of the depth, one step after another, as
// multiply_tile reads them. A strip that is narrower than the panel is filled up with zeros.
namespace m1bench {

// panel[k * kWidth + j] = x[k * stride + j], for the `width` elements of each of `depth` rows.
template <int kWidth, class T>
void pack_rows(const T* x, std::int64_t stride, std::int64_t depth, std::int64_t width, T* __restrict panel) {
  for (std::int64_t k = 0; k < depth; ++k, x += stride, panel += kWidth) {
    if (width == kWidth) {
      std::copy_n(x, kWidth, panel);
    } else {
      std::fill(std::copy_n(x, width, panel), panel + kWidth, T(0));
    }
  }
}

// Square blocks of vectors of 16 bytes, which every instruction set has.
template <class T>
using BlockVector [[gnu::vector_size(16)]] = T;
template <class T>
inline constexpr int kBlockSide = 16 / static_cast<int>(sizeof(T));

// Rows become columns.
inline void transpose_block(BlockVector<float> (&x)[4]) {
  const auto low01 = __builtin_shufflevector(x[0], x[1], 0, 4, 1, 5), high01 = __builtin_shufflevector(x[0], x[1], 2, 6, 3, 7);
  const auto low23 = __builtin_shufflevector(x[2], x[3], 0, 4, 1, 5), high23 = __builtin_shufflevector(x[2], x[3], 2, 6, 3, 7);
  x[0] = __builtin_shufflevector(low01, low23, 0, 1, 4, 5);
  x[1] = __builtin_shufflevector(low01, low23, 2, 3, 6, 7);
  x[2] = __builtin_shufflevector(high01, high23, 0, 1, 4, 5);
  x[3] = __builtin_shufflevector(high01, high23, 2, 3, 6, 7);
}
inline void transpose_block(BlockVector<double> (&x)[2]) {
  const auto first = __builtin_shufflevector(x[0], x[1], 0, 2);
  x[1] = __builtin_shufflevector(x[0], x[1], 1, 3);
  x[0] = first;
}

// panel[k * kWidth + j] = x[j * stride + k], for `width` columns of `depth` elements.
template <int kWidth, class T>
void pack_columns(const T* x, std::int64_t stride, std::int64_t depth, std::int64_t width, T* __restrict panel) {
  constexpr int kSide = kBlockSide<T>;
  static_assert(kWidth % kSide == 0);
  std::int64_t j = 0;
  for (; j + kSide <= width; j += kSide, x += kSide * stride) {
    std::int64_t k = 0;
    for (; k + kSide <= depth; k += kSide) {
      BlockVector<T> block[kSide];
      for (int i = 0; i < kSide; ++i) block[i] = load_vector<BlockVector<T>>(x + i * stride + k);
      transpose_block(block);
      for (int i = 0; i < kSide; ++i) store_vector(panel + (k + i) * kWidth + j, block[i]);
    }
    for (; k < depth; ++k) {
      for (int i = 0; i < kSide; ++i) panel[k * kWidth + j + i] = x[i * stride + k];
    }
  }
  for (; j < kWidth; ++j, x += stride) {
    for (std::int64_t k = 0; k < depth; ++k) panel[k * kWidth + j] = j < width ? x[k] : T(0);
  }
}

}  // namespace m1bench
