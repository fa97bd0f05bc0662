// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstdint>

namespace m1bench {

// The fewest elements for which an element-wise loop is worth another thread: a wake-up costs several microseconds, in which
// one core streams about this many floats.
inline constexpr std::int64_t kElementGrain = 1 << 14;

// The same in items (rows or columns) of `item_elements` each, rounded up to a multiple of `unit` items.
inline std::int64_t item_grain(std::int64_t item_elements, std::int64_t unit = 1) {
  const std::int64_t items = kElementGrain / std::max<std::int64_t>(1, item_elements);
  return std::max<std::int64_t>(1, (items + unit - 1) / unit) * unit;
}

}  // namespace m1bench
