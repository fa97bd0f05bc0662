// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>

#include "m1bench/kernels/parallel.hpp"

// The most arithmetic that the slice's tier can do: chains of multiplications and additions that stay in vector registers, as
// wide as the tier has them and enough at a time to hide their latency. Nothing is read or written on the way, so what is timed
// is arithmetic alone, by the instructions that the tier's matrix products are made of.
namespace m1bench {

// Chains of each thread, the same on every tier so that all compute the same: a whole number of register files of each.
inline constexpr std::int64_t kPeakChains = 2688;

// end[t][i] = start[i] + steps/2 * (factor + 1/factor) * addend, for each thread t of the team. A step is one multiplication
// and one addition, fused where the tier can: 2 * steps * kPeakChains flop a thread. `start` is (kPeakChains), `end` is (threads,
// kPeakChains), `steps` even. Exact, hence the same bits on every tier, where factor is a power of two, the others are integers
// and every sum on the way fits the type's mantissa. Throws Error(internal) if the sizes are others.
void peak_chains(std::span<const float> start, float factor, float addend, std::int64_t steps, std::span<float> end,
                 Parallel& parallel);
void peak_chains(std::span<const double> start, double factor, double addend, std::int64_t steps, std::span<double> end,
                 Parallel& parallel);

// end[t][i] = start[i] + products * a * b: products of 8-bit integers summed in 32 bits, as in matmul_i8.hpp, without saturation;
// the caller sees to it that they fit. 2 * products * kPeakChains operations a thread. `products` is a multiple of
// kPeakProducts, the longest group that one instruction of any tier sums.
inline constexpr std::int64_t kPeakProducts = 4;
void peak_chains(std::span<const std::int32_t> start, std::int8_t a, std::int8_t b, std::int64_t products,
                 std::span<std::int32_t> end, Parallel& parallel);

}  // namespace m1bench
