// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "m1bench/core/check.hpp"
#include "m1bench/kernels/matmul.hpp"

namespace m1bench {

// A Gemm in the words of CBLAS, whose header has been included: overloads choose the routine by type.
inline void cblas_gemm(CBLAS_TRANSPOSE ta, CBLAS_TRANSPOSE tb, const int (&mnk)[3], const float* a, int lda, const float* b, int ldb,
                       float beta, float* c) {
  cblas_sgemm(CblasRowMajor, ta, tb, mnk[0], mnk[1], mnk[2], 1, a, lda, b, ldb, beta, c, mnk[1]);
}
inline void cblas_gemm(CBLAS_TRANSPOSE ta, CBLAS_TRANSPOSE tb, const int (&mnk)[3], const double* a, int lda, const double* b, int ldb,
                       double beta, double* c) {
  cblas_dgemm(CblasRowMajor, ta, tb, mnk[0], mnk[1], mnk[2], 1, a, lda, b, ldb, beta, c, mnk[1]);
}

template <class T>
void call_blas(const Gemm<T>& g) {
  const int mnk[3] = {static_cast<int>(g.m), static_cast<int>(g.n), static_cast<int>(g.k)};
  check(mnk[0] == g.m && mnk[1] == g.n && mnk[2] == g.k, "BLAS counts rows and columns in 32 bits");
  cblas_gemm(g.transpose_a ? CblasTrans : CblasNoTrans, g.transpose_b ? CblasTrans : CblasNoTrans, mnk, g.a,
             g.transpose_a ? mnk[0] : mnk[2], g.b, g.transpose_b ? mnk[2] : mnk[1], g.accumulate ? T(1) : T(0), g.c);
}

}  // namespace m1bench
