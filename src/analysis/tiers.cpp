// SPDX-License-Identifier: Apache-2.0
#include "analysis/tiers.hpp"

#include "analysis/ratios.hpp"

namespace m1bench {
namespace {

// "x86_64/rosetta2" of x86_64-v3/rosetta2: what targets have in common that differ in their tier.
std::string without_tier(const Target& target) { return target.slice.substr(0, target.slice.find('-')) + "/" + target.translator; }

bool takes_part(const Target& target) { return target.available && target.side.empty(); }

// Tiers of one architecture sort as their names do: arm64 before arm64-dotprod, x86_64-v2 before x86_64-v3.
const Target* lowest_tier(const Run& run, const Target& target) {
  const Target* lowest = nullptr;
  for (const Target& other : run.targets) {
    if (!takes_part(other) || without_tier(other) != without_tier(target)) continue;
    if (!lowest || other.slice < lowest->slice) lowest = &other;
  }
  return lowest;
}

const TargetSummary* find_measured(const CaseSummary& item, const std::string& target) {
  const TargetSummary* found = item.baseline.target == target ? &item.baseline : nullptr;
  for (const TargetSummary& other : item.others) {
    if (other.target == target) found = &other;
  }
  return found && found->outcome == Outcome::measured ? found : nullptr;
}

}  // namespace

std::vector<TierRatio> tier_ratios(const Run& run, const Summary& summary) {
  std::vector<TierRatio> rows;
  for (const CaseSummary& item : summary.cases) {
    for (const Target& target : run.targets) {
      const Target* lowest = takes_part(target) ? lowest_tier(run, target) : nullptr;
      if (!lowest || lowest == &target || !find_measured(item, lowest->name)) continue;
      const TargetSummary* tier = find_measured(item, target.name);
      const std::vector<double> ratios = log_ratios(blocks_of_case(run, item.name), target.name, lowest->name);
      if (!tier || ratios.empty()) continue;
      TierRatio& row = rows.emplace_back(TierRatio{item.name, lowest->name, *tier});
      row.tier.ratio = estimate(ratios);
      row.tier.verdict = verdict_of(*row.tier.ratio, item.noise_floor);
    }
  }
  return rows;
}

}  // namespace m1bench
