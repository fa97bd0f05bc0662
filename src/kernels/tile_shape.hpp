// SPDX-License-Identifier: Apache-2.0
#pragma once

// The register tile of the packed products, for each instruction set: kTileRows rows of kTileVectors vectors of kTileBytes
// bytes. A larger tile takes fewer loads for each product, but its sums, a row of B and a factor of A must fit the registers.
// kWalkRows is for an A that is not packed (row_tile.hpp): where no load broadcasts, a vector of each row must fit too.
namespace m1bench {

#if defined(__AVX512F__)
inline constexpr int kTileBytes = 64, kTileRows = 8, kTileVectors = 3, kWalkRows = 8;  // sums in 24 of 32 registers
#elif defined(__AVX2__)
inline constexpr int kTileBytes = 32, kTileRows = 4, kTileVectors = 3, kWalkRows = 4;  // 12 of 16
#elif defined(__aarch64__)
inline constexpr int kTileBytes = 16, kTileRows = 8, kTileVectors = 3, kWalkRows = 6;  // 24 of 32, 18
#else
inline constexpr int kTileBytes = 16, kTileRows = 4, kTileVectors = 2, kWalkRows = 4;  // 8 of 16: products need some too
#endif

}  // namespace m1bench
