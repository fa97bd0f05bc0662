// SPDX-License-Identifier: Apache-2.0
#include "session/schedule.hpp"

#include <algorithm>
#include <numeric>

namespace m1bench {

std::vector<std::size_t> random_order(std::size_t n, Rng& rng) {
  std::vector<std::size_t> order(n);
  std::iota(order.begin(), order.end(), std::size_t{0});
  shuffle(order, rng);
  return order;
}

std::vector<std::size_t> slot_order(std::span<const std::size_t> fast, std::span<const std::size_t> slow, int slots, Rng& rng) {
  std::vector<std::size_t> order;
  std::vector<std::size_t> turn(fast.begin(), fast.end());
  const int middle = slots / 2;
  for (int slot = 0; slot < slots; ++slot) {
    if (slot == middle) order.insert(order.end(), slow.begin(), slow.end());
    if (slot % 2 == 0) {
      shuffle(turn, rng);
    } else {
      std::reverse(turn.begin(), turn.end());
    }
    order.insert(order.end(), turn.begin(), turn.end());
  }
  return order;
}

std::vector<int> block_cpus(std::span<const int> allowed, int threads, std::uint64_t block) {
  const std::size_t wanted = std::min<std::size_t>(allowed.size(), static_cast<std::size_t>(std::max(1, threads)));
  std::vector<int> cpus;
  for (std::size_t i = 0; i < wanted; ++i) cpus.push_back(allowed[(block + i) % allowed.size()]);
  std::sort(cpus.begin(), cpus.end());
  return cpus;
}

}  // namespace m1bench
