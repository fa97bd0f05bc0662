// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "m1bench/kernels/matmul.hpp"

// The best the machine's vendor has, as a track of its own: a vendor's library may use a unit (Apple's AMX or SME) that a
// translated process cannot. cmake/Blas.cmake chooses the body: Accelerate, OpenBLAS or none.
namespace m1bench {

// The library in this slice and the kernels that it chose: "OpenBLAS 0.3.21 SkylakeX"; "" where the slice holds none.
std::string blas_library();

// As gemm(), by that library. OpenBLAS uses as many threads as the team has, its own; Accelerate decides for itself. Throws
// Error(target) if the slice holds no library, or one whose kernels are not those of the slice's tier.
void blas_gemm(const Gemm<float>& g, const Parallel& parallel);
void blas_gemm(const Gemm<double>& g, const Parallel& parallel);

}  // namespace m1bench
