// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "m1bench/core/check.hpp"
#include "m1bench/kernels/matmul.hpp"

namespace m1bench {

// The sizes of a Gemm as CBLAS counts them, row-major.
struct BlasSizes {
  int m, n, k, lda, ldb;
};

template <class T>
BlasSizes blas_sizes(const Gemm<T>& g) {
  const int m = static_cast<int>(g.m), n = static_cast<int>(g.n), k = static_cast<int>(g.k);
  check(m == g.m && n == g.n && k == g.k, "BLAS counts rows and columns in 32 bits");
  return {m, n, k, g.transpose_a ? m : k, g.transpose_b ? k : n};
}

}  // namespace m1bench
