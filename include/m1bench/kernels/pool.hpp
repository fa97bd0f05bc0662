// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "m1bench/kernels/parallel.hpp"
#include "m1bench/tensor/shape.hpp"

namespace m1bench {

// The maximum over windows of 2x2 pixels with stride 2. x is (n, h, w, c), y is (n, h/2, w/2, c), both row-major and not
// aliasing; an odd last row or column of x belongs to no window. Reads h*w, writes h*w/4 floats per channel and image.
void max_pool_2x2(const Shape& x_shape, const float* x, float* y, Parallel& parallel);

// d_x is overwritten: the gradient of each window goes to its maximum, of equal ones to the first in row-major order; all
// else is zero.
void max_pool_2x2_backward(const Shape& x_shape, const float* x, const float* d_y, float* d_x, Parallel& parallel);

}  // namespace m1bench
