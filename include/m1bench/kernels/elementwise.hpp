// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>

#include "m1bench/kernels/parallel.hpp"

namespace m1bench {

// y[i] = f(x[i]); x and y have one length and may be the same array.
void add_scalar(std::span<const float> x, float scalar, std::span<float> y, Parallel& parallel);
void mul_scalar(std::span<const float> x, float scalar, std::span<float> y, Parallel& parallel);
void add(std::span<const float> a, std::span<const float> b, std::span<float> y, Parallel& parallel);
void relu(std::span<const float> x, std::span<float> y, Parallel& parallel);  // what is not a number stays so

// a[i] = b[i] + scalar * c[i]: the triad of STREAM (McCalpin 1995), of doubles as there. The arrays have one length and may not
// overlap. 2 flop and 24 bytes an element, as STREAM counts them: what a cache reads only to overwrite it is not among them.
void triad(std::span<const double> b, double scalar, std::span<const double> c, std::span<double> a, Parallel& parallel);

// Eigen's vectorised exponential: within two units in the last place for |x| <= 60, within three up to 87 (its AVX-512 body
// reduces the argument with one constant). Beyond, where results leave the range of normal floats, tiers differ.
void exp(std::span<const float> x, std::span<float> y, Parallel& parallel);

// The sum of all elements: blocks of kSumBlock in single precision, the blocks in double. The order depends on the size, the
// tier and x's alignment (a Tensor's is always the same), not on the team.
inline constexpr std::int64_t kSumBlock = 1024;
float sum(std::span<const float> x, Parallel& parallel);

// Softmax of each row: x and y are (rows, columns) row-major, with at least one column, and may be the same array.
void softmax(const float* x, float* y, std::int64_t rows, std::int64_t columns, Parallel& parallel);

}  // namespace m1bench
