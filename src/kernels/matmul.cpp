// SPDX-License-Identifier: Apache-2.0
#include "m1bench/kernels/matmul.hpp"

#include <algorithm>

#include "kernels/matmul_variants.hpp"
#include "m1bench/core/check.hpp"

namespace m1bench {
namespace {

template <class T>
void reference_gemm(const Gemm<T>& g) {
  for (std::int64_t i = 0; i < g.m; ++i) {
    for (std::int64_t j = 0; j < g.n; ++j) {
      T sum = 0;
      for (std::int64_t k = 0; k < g.k; ++k) sum += g.a[i * g.k + k] * g.b[k * g.n + j];
      g.c[i * g.n + j] = sum;
    }
  }
}

// Tiles of B stay in the first-level cache while the rows of A pass over them; the innermost loop runs along rows of B and
// C, which any compiler turns into vector code for its tier.
template <class T>
void blocked_rows(const Gemm<T>& g, std::int64_t r0, std::int64_t r1) {
  constexpr std::int64_t kDepth = 64, kWidth = 128;
  std::fill(g.c + r0 * g.n, g.c + r1 * g.n, T(0));
  for (std::int64_t k0 = 0; k0 < g.k; k0 += kDepth) {
    const std::int64_t k1 = std::min(g.k, k0 + kDepth);
    for (std::int64_t j0 = 0; j0 < g.n; j0 += kWidth) {
      const std::int64_t width = std::min(kWidth, g.n - j0);
      for (std::int64_t i = r0; i < r1; ++i) {
        T* __restrict c = g.c + i * g.n + j0;
        for (std::int64_t k = k0; k < k1; ++k) {
          const T a = g.a[i * g.k + k];
          const T* __restrict b = g.b + k * g.n + j0;
          for (std::int64_t j = 0; j < width; ++j) c[j] += a * b[j];
        }
      }
    }
  }
}

template <class T>
void matmul_variant(MatmulVariant variant, const Gemm<T>& g, Parallel& parallel) {
  check(!g.transpose_a && !g.transpose_b && !g.accumulate, "a matmul variant takes plain operands");
  switch (variant) {
    case MatmulVariant::reference: return reference_gemm(g);
    case MatmulVariant::blocked:
      return parallel.for_panels(g.m, 1, [&](std::int64_t r0, std::int64_t r1) { blocked_rows(g, r0, r1); });
    case MatmulVariant::eigen: return eigen_gemm(g, parallel);
    case MatmulVariant::packed: return packed_gemm(g, parallel);
  }
}

}  // namespace

void gemm(const Gemm<float>& g, Parallel& parallel) { packed_gemm(g, parallel); }
void gemm(const Gemm<double>& g, Parallel& parallel) { packed_gemm(g, parallel); }
void matmul(MatmulVariant variant, const Gemm<float>& g, Parallel& parallel) { matmul_variant(variant, g, parallel); }
void matmul(MatmulVariant variant, const Gemm<double>& g, Parallel& parallel) { matmul_variant(variant, g, parallel); }

}  // namespace m1bench
