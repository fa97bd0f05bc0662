// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "m1bench/kernels/parallel.hpp"
#include "m1bench/tensor/shape.hpp"

namespace m1bench {

enum class Padding { valid, same };

// A 2-D convolution with stride 1. x is (n, h, w, c), weights are (r, s, c, k), y is (n, out_h, out_w, k).
struct Conv2dShape {
  std::int64_t n = 1, h = 1, w = 1, c = 1;  // batch, height, width, input channels
  std::int64_t k = 1, r = 3, s = 3;         // output channels, kernel height and width
  Padding padding = Padding::valid;

  std::int64_t pad_top() const { return padding == Padding::same ? (r - 1) / 2 : 0; }
  std::int64_t pad_left() const { return padding == Padding::same ? (s - 1) / 2 : 0; }
  std::int64_t out_h() const { return padding == Padding::same ? h : h - r + 1; }
  std::int64_t out_w() const { return padding == Padding::same ? w : w - s + 1; }
  std::int64_t patch() const { return r * s * c; }
  Shape input_shape() const { return {n, h, w, c}; }
  Shape filter_shape() const { return {r, s, c, k}; }
  Shape output_shape() const { return {n, out_h(), out_w(), k}; }
  // Of the definition, whatever a variant saves of it, so that the rates of all compare as their times do.
  double flop() const { return 2.0 * static_cast<double>(n * out_h() * out_w() * k * patch()); }
};

enum class Conv2dVariant {
  reference,  // seven loops
  direct,     // a product whose left operand, the patches, is read from the image itself
  winograd,   // filters of 3x3 only: a quarter of the multiplications, and rounding errors about ten times as large
};

// All pointers are row-major and do not alias; sizes follow from the shape. Outputs are overwritten. What lies between input and
// output is in the team's scratch memory: at most a copy of the filter, the images with their padding, or their transforms.
void conv2d(Conv2dVariant variant, const Conv2dShape& shape, const float* x, const float* weights, float* y, Parallel& parallel);

// d_weights from the input and the gradient of the output; d_x from the weights and the gradient of the output.
void conv2d_backward_weights(const Conv2dShape& shape, const float* x, const float* d_y, float* d_weights, Parallel& parallel);
void conv2d_backward_input(const Conv2dShape& shape, const float* weights, const float* d_y, float* d_x, Parallel& parallel);

}  // namespace m1bench
