// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "m1bench/kernels/parallel.hpp"
#include "m1bench/tensor/tensor.hpp"

namespace m1bench {

// C = A B, exactly: products of 8-bit integers summed in 32 bits, nothing saturated. Row-major, contiguous. A is (m,k), B is
// (k,n), C is (m,n), overwritten, and must not alias A or B. 2*m*n*k operations.
struct GemmI8 {
  std::int64_t m = 0, n = 0, k = 0;
  const std::int8_t* a = nullptr;
  const std::int8_t* b = nullptr;
  std::int32_t* c = nullptr;
};

// The longest sum that cannot leave 32 bits: k products are at most k * 128^2.
inline constexpr std::int64_t kMaxDepthI8 = (std::int64_t{1} << 17) - 1;

enum class MatmulI8Variant {
  reference,  // three loops, nothing else
  packed,     // both operands packed into panels, register tiles by the tier's intrinsics
};

// Throws Error(internal) if k is above kMaxDepthI8. `scratch` is resized as needed and holds the packed operands between
// calls, so that a caller who keeps it allocates once; `reference` ignores it and the team.
void matmul(MatmulI8Variant variant, const GemmI8& g, Tensor<std::int8_t>& scratch, Parallel& parallel);

}  // namespace m1bench
