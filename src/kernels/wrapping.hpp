// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace m1bench {

// Two's complement arithmetic that wraps, as what a network's numbers are is not ours to choose.
inline std::int32_t wrapping_sum(std::int32_t a, std::int32_t b) {
  return static_cast<std::int32_t>(static_cast<std::uint32_t>(a) + static_cast<std::uint32_t>(b));
}
inline std::int32_t wrapping_product(std::int32_t a, std::int32_t b) {
  return static_cast<std::int32_t>(static_cast<std::uint32_t>(a) * static_cast<std::uint32_t>(b));
}

}  // namespace m1bench
