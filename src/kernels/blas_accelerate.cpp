// SPDX-License-Identifier: Apache-2.0
#include <Accelerate/Accelerate.h>

#include "kernels/blas_call.hpp"
#include "m1bench/kernels/blas.hpp"

namespace m1bench {

std::string blas_library() { return "Accelerate"; }
void blas_gemm(const Gemm<float>& g, const Parallel&) { call_blas(g); }
void blas_gemm(const Gemm<double>& g, const Parallel&) { call_blas(g); }

}  // namespace m1bench
