// SPDX-License-Identifier: Apache-2.0
#include <Accelerate/Accelerate.h>

#include "kernels/blas_call.hpp"
#include "m1bench/kernels/blas.hpp"

namespace m1bench {
namespace {

CBLAS_TRANSPOSE transposed(bool yes) { return yes ? CblasTrans : CblasNoTrans; }

}  // namespace

std::string blas_library() { return "Accelerate"; }

void blas_gemm(const Gemm<float>& g, const Parallel&) {
  const BlasSizes s = blas_sizes(g);
  cblas_sgemm(CblasRowMajor, transposed(g.transpose_a), transposed(g.transpose_b), s.m, s.n, s.k, g.alpha, g.a, s.lda, g.b, s.ldb,
              g.accumulate ? 1 : 0, g.c, s.n);
}

void blas_gemm(const Gemm<double>& g, const Parallel&) {
  const BlasSizes s = blas_sizes(g);
  cblas_dgemm(CblasRowMajor, transposed(g.transpose_a), transposed(g.transpose_b), s.m, s.n, s.k, g.alpha, g.a, s.lda, g.b, s.ldb,
              g.accumulate ? 1 : 0, g.c, s.n);
}

}  // namespace m1bench
