// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>

namespace m1bench {

// Philox4x32-10: a counter-based generator, so that any element of any stream can be had without the ones before it, in the
// same bits on every architecture.
// Source: Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC'11.
//
// Returns the 128 random bits of block `index` of stream `stream` under `seed`.
std::array<std::uint32_t, 4> philox4x32(std::uint64_t seed, std::uint64_t stream, std::uint64_t index);

// The words of kPhiloxLanes neighbouring blocks at once, word[w][lane] of block `first` + lane: side by side so that a compiler
// can use vectors, which is several times as fast.
inline constexpr int kPhiloxLanes = 16;
struct PhiloxBlocks {
  std::uint32_t word[4][kPhiloxLanes];
};
void philox4x32(std::uint64_t seed, std::uint64_t stream, std::uint64_t first, PhiloxBlocks& blocks);

// A sequence over one stream, for shuffles and small choices.
class Rng {
 public:
  Rng(std::uint64_t seed, std::uint64_t stream) : seed_(seed), stream_(stream) {}

  std::uint32_t next();
  // Uniform in [0, bound) without bias (rejection). `bound` must be at least 1.
  std::uint32_t below(std::uint32_t bound);

 private:
  std::uint64_t seed_;
  std::uint64_t stream_;
  std::uint64_t index_ = 0;
  std::array<std::uint32_t, 4> block_{};
  int used_ = 4;
};

// Fisher-Yates shuffle of `items`, the same on every architecture (std::shuffle is not).
template <class Container>
void shuffle(Container& items, Rng& rng) {
  for (std::size_t i = items.size(); i > 1; --i) {
    using std::swap;
    swap(items[i - 1], items[rng.below(static_cast<std::uint32_t>(i))]);
  }
}

}  // namespace m1bench
