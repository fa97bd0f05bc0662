// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kernels/i8_lanes.hpp"
#if defined(__x86_64__)
#include "kernels/fixed_point_lanes_x86.hpp"
#elif defined(__aarch64__)
#include "kernels/fixed_point_lanes_arm.hpp"
#else
#include "kernels/fixed_point_lanes_plain.hpp"
#endif

namespace m1bench {

// That of I8Lanes' vectors.
#if defined(__AVX512BW__)
using FixedPointLanes = Avx512FixedPoint;
#elif defined(__AVX2__)
using FixedPointLanes = Avx2FixedPoint;
#elif defined(__x86_64__)
using FixedPointLanes = Sse4FixedPoint;
#elif defined(__aarch64__)
using FixedPointLanes = NeonFixedPoint;
#else
using FixedPointLanes = PlainFixedPoint;
#endif

}  // namespace m1bench
