// SPDX-License-Identifier: Apache-2.0
#include "m1bench/core/error.hpp"
#include "m1bench/kernels/blas.hpp"

namespace m1bench {
namespace {

[[noreturn]] void refuse() {
  throw Error(ErrorKind::target, "this slice holds no BLAS library; leave out the variant `blas`, or install one and configure again");
}

}  // namespace

std::string blas_library() { return ""; }
void blas_gemm(const Gemm<float>&, const Parallel&) { refuse(); }
void blas_gemm(const Gemm<double>&, const Parallel&) { refuse(); }

}  // namespace m1bench
