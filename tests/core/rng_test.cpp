// SPDX-License-Identifier: Apache-2.0
#include "m1bench/core/rng.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>
#include <vector>

namespace m1bench {
namespace {

using Bits = std::array<std::uint32_t, 4>;

// The known answers that the Random123 library publishes for philox4x32-10.
TEST(Rng, PhiloxKnownAnswers) {
  EXPECT_EQ(philox4x32(0, 0, 0), (Bits{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}));
  EXPECT_EQ(philox4x32(~0ULL, ~0ULL, ~0ULL), (Bits{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}));
  // Counter 243f6a88 85a308d3 13198a2e 03707344, key a4093822 299f31d0: digits of pi.
  EXPECT_EQ(philox4x32(0x299f31d0a4093822, 0x0370734413198a2e, 0x85a308d3243f6a88),
            (Bits{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}));
}

TEST(Rng, IsTheStreamInOrder) {
  Rng rng(7, 3);
  for (std::uint64_t block = 0; block < 3; ++block) {
    for (const std::uint32_t word : philox4x32(7, 3, block)) EXPECT_EQ(rng.next(), word);
  }
}

TEST(Rng, BelowStaysBelowAndReachesAll) {
  Rng rng(1, 0);
  std::vector<int> seen(6);
  for (int i = 0; i < 6000; ++i) ++seen.at(rng.below(6));
  for (const int count : seen) EXPECT_NEAR(count, 1000, 150);  // five standard deviations
  for (int i = 0; i < 10; ++i) EXPECT_EQ(rng.below(1), 0u);
}

TEST(Rng, ShuffleIsAPermutationFixedByItsSeed) {
  std::vector<int> first(20);
  std::iota(first.begin(), first.end(), 0);
  std::vector<int> second = first, sorted = first;
  Rng a(5, 0), b(5, 0);
  shuffle(first, a);
  shuffle(second, b);
  EXPECT_EQ(first, second);
  EXPECT_NE(first, sorted);
  std::sort(first.begin(), first.end());
  EXPECT_EQ(first, sorted);
}

}  // namespace
}  // namespace m1bench
