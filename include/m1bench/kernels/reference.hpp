// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <span>

#include "m1bench/kernels/conv2d.hpp"
#include "m1bench/kernels/matmul.hpp"
#include "m1bench/kernels/matmul_i8.hpp"
#include "m1bench/tensor/compare.hpp"

// The right answers: the plainest loops, sums in double precision, with a bound for each element from norms and the
// rounding error of the type (rounding_bound). Compiled without fused multiply-adds, so every slice has the same ones.
namespace m1bench {

// bound = (rounding_bound(k) + u) * |row i of A|_2 * |column j of B|_2, which is at least as large as with |A||B|.
// Neither operand transposed, nothing accumulated.
Reference reference_matmul(const Gemm<float>& g);
Reference reference_matmul(const Gemm<double>& g);

// Sums of integers are exact: the bounds are zero. No k is too large.
Reference reference_matmul(const GemmI8& g);

// The same bound, with the patch of x under the filter and the filter as the two vectors.
Reference reference_conv2d(const Conv2dShape& shape, const float* x, const float* weights);

// The same values for 3x3 filters, and what the variant `winograd` may do to them. Its transforms T X T^T carry elements of
// up to |T| |X| |T|^T, which mostly cancel, but not their rounding errors. With u and v the norms over the channels of such
// an element of the filter and of the input, bound = rounding_bound(c + roundings of the transforms) * (|A|^T (u*v) |A|).
// Source: Barabasz, Anderson, Soodhalter and Gregg, "Error analysis and improving the accuracy of Winograd convolution for
// deep neural networks", ACM TOMS 46 (2020), section 4, with the probabilistic constant of rounding_bound for the worst-case one.
Reference reference_winograd(const Conv2dShape& shape, const float* x, const float* weights);

// bound = ulps * 2u * |f(x)| plus the smallest normal number, since vector code may flush what is smaller.
Reference reference_unary(std::span<const float> x, const std::function<double(double)>& f, double ulps);
Reference reference_binary(std::span<const float> a, std::span<const float> b, const std::function<double(double, double)>& f,
                           double ulps);
// For the blocked sum of kernels/elementwise.hpp: bound = (rounding_bound(kSumBlock) + u) * sum |x|.
Reference reference_sum(std::span<const float> x);
Reference reference_softmax(const float* x, std::int64_t rows, std::int64_t columns);

}  // namespace m1bench
