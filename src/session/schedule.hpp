// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "m1bench/core/rng.hpp"

// The order of things, as pure functions of a seeded generator.
namespace m1bench {

// A random permutation of 0..n-1.
std::vector<std::size_t> random_order(std::size_t n, Rng& rng);

// Who works when: a list of member numbers in which member i has slots[i] turns. Turns are taken in passes, as many as the
// member with most turns has; in each pair of passes the second is the mirror image of a random first, so that a steady drift
// of the machine cancels (ABBA for two). Members with fewer turns take theirs evenly spread: a single one in the middle.
std::vector<std::size_t> slot_order(std::span<const int> slots, Rng& rng);

// The CPUs of block `block`: `threads` neighbours among `allowed`, moving on by one block after block. All of them if there
// are not more; none if `allowed` is empty (the OS does not pin).
std::vector<int> block_cpus(std::span<const int> allowed, int threads, std::uint64_t block);

}  // namespace m1bench
