// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>

#include "m1bench/kernels/conv2d.hpp"

// Winograd's convolution F(4x4, 3x3): each tile of 4x4 outputs of a 3x3 filter is Y = A^T [(G g G^T) * (B^T d B)] A, where d is
// the 6x6 patch of the input, g the filter and * the element-wise product, which is summed over the channels. So 36 products
// do what 144 do directly, and over all tiles they are 36 matrix products of (tiles, c) by (c, k).
// Source: Lavin and Gray, "Fast algorithms for convolutional neural networks", arXiv:1509.09308 (2015), section 4.3.
namespace m1bench {

template <int kRows, int kColumns>
using TransformMatrix = std::array<std::array<float, kColumns>, kRows>;

struct Winograd {
  static constexpr int kOut = 4, kIn = 6, kTaps = 3, kProducts = kIn * kIn;

  static constexpr TransformMatrix<kIn, kIn> kInput{{{4, 0, -5, 0, 1, 0},    // B^T
                                                     {0, -4, -4, 1, 1, 0},
                                                     {0, 4, -4, -1, 1, 0},
                                                     {0, -2, -1, 2, 1, 0},
                                                     {0, 2, -1, -2, 1, 0},
                                                     {0, 4, 0, -5, 0, 1}}};
  static constexpr TransformMatrix<kIn, kTaps> kFilter{{{1.0f / 4, 0, 0},    // G
                                                        {-1.0f / 6, -1.0f / 6, -1.0f / 6},
                                                        {-1.0f / 6, 1.0f / 6, -1.0f / 6},
                                                        {1.0f / 24, 1.0f / 12, 1.0f / 6},
                                                        {1.0f / 24, -1.0f / 12, 1.0f / 6},
                                                        {0, 0, 1}}};
  static constexpr TransformMatrix<kOut, kIn> kOutput{{{1, 1, 1, 1, 1, 0},   // A^T
                                                       {0, 1, -1, 2, -2, 0},
                                                       {0, 1, 1, 4, 4, 0},
                                                       {0, 1, -1, 8, -8, 1}}};

  // How often what becomes of one product of a weight and an input may be rounded, but for the sum over the channels: in each
  // of the two directions of a transform once with the coefficient, and once with each term that is added to the first; the
  // coefficients of G are rounded themselves.
  static constexpr int kRoundings = 2 * ((2 + 2) + (1 + 3) + (1 + 4));

  // The tiles of an image, of which the last of a row or column may hang over, and of the batch.
  static std::int64_t tile_rows(const Conv2dShape& shape) { return (shape.out_h() + kOut - 1) / kOut; }
  static std::int64_t tile_columns(const Conv2dShape& shape) { return (shape.out_w() + kOut - 1) / kOut; }
  static std::int64_t tiles(const Conv2dShape& shape) { return shape.n * tile_rows(shape) * tile_columns(shape); }
};

// One tile: its image, and its first output pixel. Tiles are counted over the whole batch.
struct WinogradTile {
  std::int64_t n, oy, ox;
  WinogradTile(const Conv2dShape& shape, std::int64_t tile) {
    const std::int64_t columns = Winograd::tile_columns(shape), area = Winograd::tile_rows(shape) * columns;
    n = tile / area;
    oy = tile % area / columns * Winograd::kOut;
    ox = tile % columns * Winograd::kOut;
  }
};

// conv2d() of a 3x3 filter. The filter is transformed anew in each call, as in training, where it has changed by then.
void conv2d_winograd(const Conv2dShape& shape, const float* x, const float* weights, float* y, Parallel& parallel);

}  // namespace m1bench
