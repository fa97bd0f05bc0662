// SPDX-License-Identifier: Apache-2.0
#pragma once

// The register tile of the packed products, for each instruction set: kTileRows rows of kTileVectors vectors of kTileBytes
// bytes. A larger tile takes fewer loads for each product, but its sums, a row of B and a factor of A must fit the registers.
namespace m1bench {

#if defined(__AVX512F__)
inline constexpr int kTileBytes = 64, kTileRows = 8, kTileVectors = 3;  // sums in 24 of 32 registers
#elif defined(__AVX2__)
inline constexpr int kTileBytes = 32, kTileRows = 4, kTileVectors = 3;  // 12 of 16
#elif defined(__aarch64__)
inline constexpr int kTileBytes = 16, kTileRows = 8, kTileVectors = 3;  // 24 of 32
#else
inline constexpr int kTileBytes = 16, kTileRows = 4, kTileVectors = 2;  // 8 of 16: without FMA, products need some too
#endif

}  // namespace m1bench
