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

std::vector<std::size_t> slot_order(std::span<const int> slots, Rng& rng) {
  std::vector<std::size_t> order;
  const int passes = slots.empty() ? 0 : *std::max_element(slots.begin(), slots.end());
  std::vector<std::size_t> turn = random_order(slots.size(), rng);
  std::vector<int> taken(slots.size(), 0);
  for (int pass = 0; pass < passes; ++pass) {
    if (pass % 2 == 1) {
      std::reverse(turn.begin(), turn.end());
    } else if (pass > 0) {
      shuffle(turn, rng);
    }
    for (const std::size_t i : turn) {
      // Turn k of n lies in the middle of the k-th of n equal stretches of the passes.
      if (taken[i] == slots[i] || (2 * taken[i] + 1) * passes / (2 * slots[i]) != pass) continue;
      ++taken[i];
      order.push_back(i);
    }
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
