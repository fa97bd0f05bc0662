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

// Who works in which slot: `slots` turns for each of `fast` targets, balanced so that a steady drift of the machine cancels
// (ABBA, starting with either, for two; for more, random permutations each followed by its mirror image), and one turn
// for each of `slow`, in the middle, where the drift between it and the others' average is least.
std::vector<std::size_t> slot_order(std::span<const std::size_t> fast, std::span<const std::size_t> slow, int slots, Rng& rng);

// The CPUs of block `block`: `threads` neighbours among `allowed`, moving on by one block after block. All of them if there
// are not more; none if `allowed` is empty (the OS does not pin).
std::vector<int> block_cpus(std::span<const int> allowed, int threads, std::uint64_t block);

}  // namespace m1bench
