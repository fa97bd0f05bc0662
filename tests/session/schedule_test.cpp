// SPDX-License-Identifier: Apache-2.0
#include "session/schedule.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <map>
#include <set>
#include <vector>

namespace m1bench {
namespace {

using Order = std::vector<std::size_t>;

TEST(RandomOrder, IsAPermutationAndVaries) {
  Rng rng(1, 2);
  std::set<Order> met;
  for (int i = 0; i < 100; ++i) {
    Order order = random_order(4, rng);
    met.insert(order);
    std::sort(order.begin(), order.end());
    EXPECT_EQ(order, (Order{0, 1, 2, 3}));
  }
  EXPECT_GT(met.size(), 12u);
  EXPECT_TRUE(random_order(0, rng).empty());
}

// Each pair of passes is a permutation and its mirror image, so that the mean position of every member is the same.
TEST(SlotOrder, EveryPairOfPassesIsMirrored) {
  for (const std::size_t members : {1u, 2u, 3u, 5u}) {
    constexpr int kSlots = 6;
    const std::vector<int> slots(members, kSlots);
    Rng rng(3, 4);
    std::set<Order> first_passes;
    for (int repeat = 0; repeat < 50; ++repeat) {
      const Order order = slot_order(slots, rng);
      ASSERT_EQ(order.size(), members * kSlots);
      for (auto pair = order.begin(); pair != order.end(); pair += static_cast<std::ptrdiff_t>(2 * members)) {
        const Order pass(pair, pair + static_cast<std::ptrdiff_t>(members));
        Order mirror(pair + static_cast<std::ptrdiff_t>(members), pair + static_cast<std::ptrdiff_t>(2 * members));
        std::reverse(mirror.begin(), mirror.end());
        EXPECT_EQ(pass, mirror);
        EXPECT_EQ(std::set<std::size_t>(pass.begin(), pass.end()).size(), members);
        first_passes.insert(pass);
      }
    }
    EXPECT_TRUE(members == 1 || first_passes.size() > 1) << "nobody always comes first";
  }
}

TEST(SlotOrder, EveryoneGetsTheTurnsAskedFor) {
  for (const std::vector<int>& slots : {std::vector<int>{6, 6, 1}, {4, 3, 2, 1}, {6, 0, 5}, {1, 1}, {1, 7}, {0, 0}, {}}) {
    Rng rng(5, 6);
    std::vector<int> turns(slots.size(), 0);
    for (const std::size_t i : slot_order(slots, rng)) ++turns[i];
    EXPECT_EQ(turns, slots);
  }
}

TEST(SlotOrder, ASingleTurnComesInTheMiddle) {
  for (int slots : {4, 6}) {
    Rng rng(5, 6);
    for (int repeat = 0; repeat < 20; ++repeat) {
      const Order order = slot_order(std::vector<int>{slots, slots, 1}, rng);
      const auto at = std::find(order.begin(), order.end(), 2u) - order.begin();
      EXPECT_NEAR(static_cast<double>(at), slots, 2);
    }
  }
}

TEST(BlockCpus, RotateOverWhatIsAllowed) {
  struct Row {
    std::vector<int> allowed;
    int threads;
    std::uint64_t block;
    std::vector<int> want;
  };
  const Row rows[] = {
      {{0, 1, 2, 3}, 1, 0, {0}},
      {{0, 1, 2, 3}, 1, 1, {1}},
      {{0, 1, 2, 3}, 1, 4, {0}},
      {{0, 1, 2, 3}, 2, 1, {1, 2}},
      {{0, 1, 2, 3}, 2, 3, {0, 3}},
      {{4, 6}, 1, 3, {6}},
      {{4, 6}, 8, 1, {4, 6}},
      {{5}, 1, 99, {5}},
      {{}, 1, 3, {}},
      {{0, 1}, 0, 1, {1}},
  };
  for (const Row& row : rows) EXPECT_EQ(block_cpus(row.allowed, row.threads, row.block), row.want) << row.block;
}

TEST(BlockCpus, EveryCpuIsUsedEquallyOften) {
  std::map<int, int> used;
  for (std::uint64_t block = 0; block < 12; ++block) {
    for (const int cpu : block_cpus(std::vector<int>{0, 2, 4, 6}, 3, block)) ++used[cpu];
  }
  EXPECT_EQ(used, (std::map<int, int>{{0, 9}, {2, 9}, {4, 9}, {6, 9}}));
}

}  // namespace
}  // namespace m1bench
