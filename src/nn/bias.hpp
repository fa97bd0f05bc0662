// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "m1bench/kernels/parallel.hpp"

// What a bias adds to a layer, and its gradient. y is (rows, columns) row-major, bias (columns). Results do not depend on
// the number of threads.
namespace m1bench {

// y[r][c] = bias[c]
void broadcast_bias(const float* bias, std::int64_t rows, std::int64_t columns, float* y, Parallel& parallel);

// y[r][c] += bias[c]
void add_bias(const float* bias, std::int64_t rows, std::int64_t columns, float* y, Parallel& parallel);

// d_bias[c] = the sum of d_y[r][c] over all rows
void bias_gradient(const float* d_y, std::int64_t rows, std::int64_t columns, float* d_bias, Parallel& parallel);

}  // namespace m1bench
