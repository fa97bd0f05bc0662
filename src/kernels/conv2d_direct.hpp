// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "m1bench/kernels/conv2d.hpp"

// The direct convolution: a product of (positions, patch) by (patch, k) whose left operand is never made. The patch of a
// position is, for each row of the filter, s*c neighbouring elements of the image, and the register tile reads them there
// (row_tile.hpp). A tile is a few neighbouring positions. What of the filter lies outside the image for all of them is not
// multiplied, and at the left and right edge the columns of the filter are taken one by one, each with the positions that it
// is inside for. So no zeros are stored, and none multiplied. The filter is copied a panel at a time.
// Source of the idea: Zhang, Franchetti and Low, "High performance zero-memory overhead direct convolutions", ICML 2018.
namespace m1bench {

// x (n, h, w, c), filter (r, s, c, k), y (n, out_h, out_w, k). y at (oy, ox) sums x at (oy + r - top, ox + s - left), where
// that is inside the image.
struct DirectShape {
  std::int64_t n, h, w, c, k, r, s, top, left, out_h, out_w;

  static DirectShape forward(const Conv2dShape& shape);
  // That of d_x from d_y, with the filter's rows and columns reversed and its channels exchanged.
  static DirectShape backward(const Conv2dShape& shape);
};

// Scratch of convolve_direct, in elements.
std::int64_t direct_scratch(const DirectShape& shape, const Parallel& parallel);
void convolve_direct(const DirectShape& shape, const float* x, const float* weights, float* y, float* scratch,
                     Parallel& parallel);

}  // namespace m1bench
