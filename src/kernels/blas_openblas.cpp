// SPDX-License-Identifier: Apache-2.0
// OpenBLAS chooses its kernels by what the CPU can do, unless OPENBLAS_CORETYPE names some: the driver names those of the
// slice's tier. A tier's slice that ran a higher tier's kernels would compare something else, so that is refused.
#include <cblas.h>

#include <string_view>

#include "kernels/blas_call.hpp"
#include "m1bench/core/error.hpp"
#include "m1bench/kernels/blas.hpp"

namespace m1bench {
namespace {

#if defined(__AVX512F__)
constexpr std::string_view kCore = "SkylakeX";
#elif defined(__AVX2__)
constexpr std::string_view kCore = "Haswell";
#elif defined(__x86_64__)
constexpr std::string_view kCore = "Nehalem";
#else
constexpr std::string_view kCore = "armv8";
#endif

CBLAS_TRANSPOSE transposed(bool yes) { return yes ? CblasTrans : CblasNoTrans; }

void prepare(int threads) {
  const std::string core = openblas_get_corename();
  if (core != kCore) {
    throw Error(ErrorKind::target, "OpenBLAS runs its " + core + " kernels here, which are not those of the slice's tier; set OPENBLAS_CORETYPE=" +
                                       std::string(kCore));
  }
  if (openblas_get_num_threads() != threads) openblas_set_num_threads(threads);
}

}  // namespace

std::string blas_library() {
  const std::string_view config = openblas_get_config();  // "OpenBLAS 0.3.21 NO_LAPACKE ..."
  const std::size_t name_end = config.find(' '), version_end = name_end == config.npos ? config.npos : config.find(' ', name_end + 1);
  return std::string(config.substr(0, version_end)) + " " + openblas_get_corename();
}

void blas_gemm(const Gemm<float>& g, const Parallel& parallel) {
  prepare(parallel.threads());
  const BlasSizes s = blas_sizes(g);
  cblas_sgemm(CblasRowMajor, transposed(g.transpose_a), transposed(g.transpose_b), s.m, s.n, s.k, g.alpha, g.a, s.lda, g.b, s.ldb,
              g.accumulate ? 1 : 0, g.c, s.n);
}

void blas_gemm(const Gemm<double>& g, const Parallel& parallel) {
  prepare(parallel.threads());
  const BlasSizes s = blas_sizes(g);
  cblas_dgemm(CblasRowMajor, transposed(g.transpose_a), transposed(g.transpose_b), s.m, s.n, s.k, g.alpha, g.a, s.lda, g.b, s.ldb,
              g.accumulate ? 1 : 0, g.c, s.n);
}

}  // namespace m1bench
