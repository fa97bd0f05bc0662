// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "m1bench/kernels/parallel.hpp"

namespace m1bench {

// How a product is computed; every variant is tested against `reference`.
enum class MatmulVariant {
  reference,  // three loops, nothing else
  blocked,    // cache tiles, left to the compiler's vectoriser
  eigen,      // Eigen's packed GEMM
  packed,     // our own: packed panels and register tiles
};

// C = op(A) op(B), or C += op(A) op(B). Row-major, contiguous. op(A) is (m,k), op(B) is (k,n), C is (m,n); a transposed
// operand is stored as (k,m) or (n,k). C must not alias A or B. 2*m*n*k flop.
template <class T>
struct Gemm {
  std::int64_t m = 0, n = 0, k = 0;
  const T* a = nullptr;
  const T* b = nullptr;
  T* c = nullptr;
  bool transpose_a = false, transpose_b = false;
  bool accumulate = false;
};

// The product the networks use: `packed`, its output split into panels over the team. The same bits every time with the same
// number of threads. Takes scratch of the team: at most 0.6 million elements a thread.
void gemm(const Gemm<float>& g, Parallel& parallel);
void gemm(const Gemm<double>& g, Parallel& parallel);

// C = A B by one variant. Neither operand transposed. `reference` ignores the team.
void matmul(MatmulVariant variant, const Gemm<float>& g, Parallel& parallel);
void matmul(MatmulVariant variant, const Gemm<double>& g, Parallel& parallel);

}  // namespace m1bench
