// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace m1bench {

// What operator new gave out, in all threads, while an AllocationCount lived. A program that has this in it replaces operator new
// and delete by its own, which cost what the library's do, and one look at a flag.
struct Allocations {
  std::uint64_t count = 0, bytes = 0;
};

// Counts from construction to destruction; one at a time.
class AllocationCount {
 public:
  AllocationCount();
  ~AllocationCount();
  AllocationCount(const AllocationCount&) = delete;
  AllocationCount& operator=(const AllocationCount&) = delete;
  Allocations so_far() const;
};

}  // namespace m1bench
