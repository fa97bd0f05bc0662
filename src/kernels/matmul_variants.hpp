// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "m1bench/kernels/matmul.hpp"

// The variants that have a source file of their own. All of them take transposed operands and add to C where asked to.
namespace m1bench {

void packed_gemm(const Gemm<float>& g, Parallel& parallel);
void packed_gemm(const Gemm<double>& g, Parallel& parallel);

void eigen_gemm(const Gemm<float>& g, Parallel& parallel);
void eigen_gemm(const Gemm<double>& g, Parallel& parallel);

}  // namespace m1bench
