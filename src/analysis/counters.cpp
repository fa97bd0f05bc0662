// SPDX-License-Identifier: Apache-2.0
#include "analysis/counters.hpp"

#include "stats/robust.hpp"

namespace m1bench {
namespace {

std::optional<double> median_of(const std::vector<double>& values) {
  return values.empty() ? std::nullopt : std::optional(median(values));
}

std::optional<double> quotient(const std::optional<double>& of, const std::optional<double>& by) {
  return of && by && *by > 0 ? std::optional(*of / *by) : std::nullopt;
}

}  // namespace

void take_counters(const CaseBlocks& blocks, TargetSummary& target) {
  std::vector<double> instructions, shares;
  double energy_j = 0, loops = 0, wall_s = 0;
  for (const Block* block : blocks) {
    const TargetBlock* entry = find_entry(*block, target.target);
    if (!entry || !entry->counters || entry->counters->loops == 0) continue;
    const Counters& counters = *entry->counters;
    const auto counted_loops = static_cast<double>(counters.loops);
    if (counters.instructions) instructions.push_back(static_cast<double>(*counters.instructions) / counted_loops);
    if (counters.performance_core_share) shares.push_back(*counters.performance_core_share);
    if (!counters.energy_j) continue;
    energy_j += *counters.energy_j;
    loops += counted_loops;
    wall_s += counters.wall_s;
  }
  target.loop_instructions = median_of(instructions);
  target.performance_core_share = median_of(shares);
  if (wall_s >= kEnergyWindow_s) target.loop_energy_j = energy_j / loops;
}

void relate_counters(const TargetSummary& with, TargetSummary& target) {
  target.instructions_ratio = quotient(target.loop_instructions, with.loop_instructions);
  target.energy_ratio = quotient(target.loop_energy_j, with.loop_energy_j);
}

}  // namespace m1bench
