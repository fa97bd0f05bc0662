// SPDX-License-Identifier: Apache-2.0
#include <Eigen/Core>

#include "kernels/matmul_variants.hpp"

namespace m1bench {
namespace {

template <class T>
using Matrix = Eigen::Matrix<T, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
template <class T>
using View = Eigen::Map<const Matrix<T>, Eigen::Unaligned, Eigen::OuterStride<>>;
template <class T>
using MutableView = Eigen::Map<Matrix<T>, Eigen::Unaligned, Eigen::OuterStride<>>;

// Rows [r0, r1) and columns [c0, c1) of C. Panels keep the leading dimensions of the whole.
template <class T>
void eigen_panel(const Gemm<T>& g, std::int64_t r0, std::int64_t r1, std::int64_t c0, std::int64_t c1) {
  const std::int64_t rows = r1 - r0, columns = c1 - c0;
  MutableView<T> c(g.c + r0 * g.n + c0, rows, columns, Eigen::OuterStride<>(g.n));
  const auto run = [&](const auto& a, const auto& b) {
    if (g.accumulate) {
      c.noalias() += a * b;
    } else {
      c.noalias() = a * b;
    }
  };
  const View<T> a = g.transpose_a ? View<T>(g.a + r0, g.k, rows, Eigen::OuterStride<>(g.m))
                                  : View<T>(g.a + r0 * g.k, rows, g.k, Eigen::OuterStride<>(g.k));
  const View<T> b = g.transpose_b ? View<T>(g.b + c0 * g.k, columns, g.k, Eigen::OuterStride<>(g.k))
                                  : View<T>(g.b + c0, g.k, columns, Eigen::OuterStride<>(g.n));
  if (g.transpose_a && g.transpose_b) return run(a.transpose(), b.transpose());
  if (g.transpose_a) return run(a.transpose(), b);
  if (g.transpose_b) return run(a, b.transpose());
  run(a, b);
}

template <class T>
void split_gemm(const Gemm<T>& g, Parallel& parallel) {
  // The longer side of C is cut; 16 elements keep panels on whole cache lines and whole register tiles.
  constexpr std::int64_t kGrain = 16;
  if (g.m >= g.n) {
    parallel.for_panels(g.m, kGrain, [&](std::int64_t r0, std::int64_t r1) { eigen_panel(g, r0, r1, 0, g.n); });
  } else {
    parallel.for_panels(g.n, kGrain, [&](std::int64_t c0, std::int64_t c1) { eigen_panel(g, 0, g.m, c0, c1); });
  }
}

}  // namespace

void eigen_gemm(const Gemm<float>& g, Parallel& parallel) { split_gemm(g, parallel); }
void eigen_gemm(const Gemm<double>& g, Parallel& parallel) { split_gemm(g, parallel); }

}  // namespace m1bench
