// SPDX-License-Identifier: Apache-2.0
#include "session/slow_budget.hpp"

#include <algorithm>
#include <numeric>

#include "stats/robust.hpp"

namespace m1bench {

std::optional<double> SlowBudget::predict(const std::string& family, double reference_loop_s) const {
  const auto own = factors_.find(family);
  if (own != factors_.end()) return reference_loop_s * median(own->second);
  std::vector<double> all;
  for (const auto& [name, factors] : factors_) all.insert(all.end(), factors.begin(), factors.end());
  if (all.empty()) return std::nullopt;
  return reference_loop_s * median(all);
}

void SlowBudget::learn(const std::string& family, double reference_loop_s, double loop_s) {
  if (reference_loop_s > 0) factors_[family].push_back(loop_s / reference_loop_s);
}

std::vector<int> plan_slow_blocks(std::span<const double> block_costs_s, double left_s, int most) {
  std::vector<int> blocks(block_costs_s.size(), 1);
  left_s -= std::accumulate(block_costs_s.begin(), block_costs_s.end(), 0.0);
  std::vector<std::size_t> cheapest_first(block_costs_s.size());
  std::iota(cheapest_first.begin(), cheapest_first.end(), std::size_t{0});
  std::stable_sort(cheapest_first.begin(), cheapest_first.end(), [&](std::size_t a, std::size_t b) { return block_costs_s[a] < block_costs_s[b]; });
  for (int round = 2; round <= most; ++round) {
    for (const std::size_t i : cheapest_first) {
      if (block_costs_s[i] > left_s || blocks[i] != round - 1) continue;
      left_s -= block_costs_s[i];
      ++blocks[i];
    }
  }
  return blocks;
}

}  // namespace m1bench
