// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>

#include "m1bench/kernels/parallel.hpp"

namespace m1bench {

// The team's scratch memory, as so many elements that hold anything.
template <class T>
T* scratch_of(Parallel& parallel, std::int64_t elements) {
  return reinterpret_cast<T*>(parallel.scratch(static_cast<std::size_t>(elements) * sizeof(T)));
}

}  // namespace m1bench
