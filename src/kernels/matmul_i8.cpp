// SPDX-License-Identifier: Apache-2.0
#include "m1bench/kernels/matmul_i8.hpp"

#include "kernels/i8_lanes.hpp"
#include "kernels/matmul_i8_packed.hpp"
#include "m1bench/core/check.hpp"

namespace m1bench {
namespace {

void reference_gemm(const GemmI8& g) {
  for (std::int64_t i = 0; i < g.m; ++i) {
    for (std::int64_t j = 0; j < g.n; ++j) {
      std::int32_t sum = 0;
      for (std::int64_t k = 0; k < g.k; ++k) sum += g.a[i * g.k + k] * g.b[k * g.n + j];
      g.c[i * g.n + j] = sum;
    }
  }
}

}  // namespace

void matmul(MatmulI8Variant variant, const GemmI8& g, Tensor<std::int8_t>& scratch, Parallel& parallel) {
  check(g.k <= kMaxDepthI8, "sums of 8-bit products fit 32 bits");
  if (variant == MatmulI8Variant::reference || g.k == 0) return reference_gemm(g);
  PackedMatmulI8<I8Lanes>(g, scratch).run(parallel);
}

}  // namespace m1bench
