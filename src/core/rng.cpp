// SPDX-License-Identifier: Apache-2.0
#include "m1bench/core/rng.hpp"

namespace m1bench {

namespace {

constexpr std::uint64_t kMultiplier0 = 0xD2511F53, kMultiplier1 = 0xCD9E8D57;
constexpr std::uint32_t kWeyl0 = 0x9E3779B9, kWeyl1 = 0xBB67AE85;
constexpr int kRounds = 10;

std::uint32_t low(std::uint64_t value) { return static_cast<std::uint32_t>(value); }
std::uint32_t high(std::uint64_t value) { return static_cast<std::uint32_t>(value >> 32); }

// One round of one block: the counter c under the key k.
void turn(std::uint32_t& c0, std::uint32_t& c1, std::uint32_t& c2, std::uint32_t& c3, std::uint32_t k0, std::uint32_t k1) {
  const std::uint64_t p0 = kMultiplier0 * c0, p1 = kMultiplier1 * c2;
  c0 = high(p1) ^ c1 ^ k0;
  c2 = high(p0) ^ c3 ^ k1;
  c1 = low(p1);
  c3 = low(p0);
}

}  // namespace

std::array<std::uint32_t, 4> philox4x32(std::uint64_t seed, std::uint64_t stream, std::uint64_t index) {
  std::array<std::uint32_t, 4> c{low(index), high(index), low(stream), high(stream)};
  std::uint32_t k0 = low(seed), k1 = high(seed);
  for (int round = 0; round < kRounds; ++round, k0 += kWeyl0, k1 += kWeyl1) turn(c[0], c[1], c[2], c[3], k0, k1);
  return c;
}

void philox4x32(std::uint64_t seed, std::uint64_t stream, std::uint64_t first, PhiloxBlocks& blocks) {
  auto& c = blocks.word;
  for (int lane = 0; lane < kPhiloxLanes; ++lane) {
    const std::uint64_t index = first + static_cast<std::uint64_t>(lane);
    c[0][lane] = low(index);
    c[1][lane] = high(index);
    c[2][lane] = low(stream);
    c[3][lane] = high(stream);
  }
  std::uint32_t k0 = low(seed), k1 = high(seed);
  for (int round = 0; round < kRounds; ++round, k0 += kWeyl0, k1 += kWeyl1) {
    for (int lane = 0; lane < kPhiloxLanes; ++lane) turn(c[0][lane], c[1][lane], c[2][lane], c[3][lane], k0, k1);
  }
}

std::uint32_t Rng::next() {
  if (used_ == 4) {
    block_ = philox4x32(seed_, stream_, index_++);
    used_ = 0;
  }
  return block_[static_cast<std::size_t>(used_++)];
}

std::uint32_t Rng::below(std::uint32_t bound) {
  const std::uint32_t unfair = static_cast<std::uint32_t>(0x1'0000'0000ULL % bound);
  for (;;) {
    const std::uint32_t bits = next();
    if (bits >= unfair) return (bits - unfair) % bound;
  }
}

}  // namespace m1bench
