// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/i8_lanes_plain.hpp"
#if defined(__x86_64__)
#include "kernels/i8_lanes_x86.hpp"
#elif defined(__aarch64__)
#include "kernels/i8_lanes_arm.hpp"
#endif

namespace m1bench {

// The widest that every processor of the slice's tier has.
#if defined(__AVX512BW__)
using I8Lanes = Avx512I8Lanes;
#elif defined(__AVX2__)
using I8Lanes = Avx2I8Lanes;
#elif defined(__x86_64__)
using I8Lanes = Sse2I8Lanes;
#elif defined(__ARM_FEATURE_DOTPROD)
using I8Lanes = DotprodI8Lanes;
#elif defined(__aarch64__)
using I8Lanes = NeonI8Lanes;
#else
using I8Lanes = PlainI8Lanes;
#endif

}  // namespace m1bench
