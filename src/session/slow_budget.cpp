// SPDX-License-Identifier: Apache-2.0
#include "session/slow_budget.hpp"

#include <algorithm>
#include <numeric>

#include "stats/robust.hpp"

namespace m1bench {

Kin kin_of(const Case& item) {
  const bool streams = item.rate == RateUnit::bytes;
  return {is_bound(item) && streams ? "elementwise" : item.family, streams};
}

std::optional<double> SlowBudget::predict(const Kin& kin, double reference_loop_s) const {
  const auto own = factors_.find(kin);
  if (own != factors_.end()) return reference_loop_s * median(own->second);
  std::vector<double> alike, all;
  for (const auto& [other, factors] : factors_) {
    if (other.streams == kin.streams) alike.insert(alike.end(), factors.begin(), factors.end());
    all.insert(all.end(), factors.begin(), factors.end());
  }
  if (alike.empty() && (kin.streams || all.empty())) return std::nullopt;
  return reference_loop_s * median(alike.empty() ? all : alike);
}

void SlowBudget::learn(const Kin& kin, double reference_loop_s, double loop_s) {
  if (reference_loop_s > 0) factors_[kin].push_back(loop_s / reference_loop_s);
}

std::vector<int> ration_blocks(std::span<const RationedMember> members, double left_s) {
  std::vector<int> blocks(members.size(), 1);
  std::vector<std::size_t> cheapest_first(members.size());
  std::iota(cheapest_first.begin(), cheapest_first.end(), std::size_t{0});
  std::stable_sort(cheapest_first.begin(), cheapest_first.end(), [&](std::size_t a, std::size_t b) { return members[a].block_s < members[b].block_s; });
  for (const RationedMember& member : members) left_s -= member.block_s;
  for (bool gave = true; gave;) {
    gave = false;
    for (const std::size_t i : cheapest_first) {
      if (members[i].block_s > left_s || blocks[i] >= members[i].most) continue;
      left_s -= members[i].block_s;
      ++blocks[i];
      gave = true;
    }
  }
  return blocks;
}

}  // namespace m1bench
