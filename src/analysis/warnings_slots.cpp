// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>

#include "analysis/warnings_chance.hpp"
#include "analysis/warnings_detectors.hpp"
#include "m1bench/core/text.hpp"
#include "stats/diagnostics.hpp"
#include "stats/robust.hpp"

namespace m1bench {
namespace {

// Half of what a slot is calibrated to: a machine that became faster since is no cause for alarm.
constexpr double kShortSlot_s = 0.0025, kFewTicks = 1000;
constexpr std::size_t kFewestSlots = 4;  // of a block, below which quartiles say nothing
constexpr double kSpread = 0.10;
constexpr double kColdShare = 0.01;

}  // namespace

Findings find_short_slots(const WarningEvidence& evidence) {
  Findings findings;
  for (const Series& series : evidence.series) {
    if (is_told_by_program(*series.item)) continue;  // whose own slots were as long as it chose
    std::vector<double> slots;
    for (const TargetBlock* entry : series.entries) slots.insert(slots.end(), entry->wall_s.begin(), entry->wall_s.end());
    const double usual = median(slots), tick_s = evidence.run.machine.timer_resolution_s;
    if (usual >= kShortSlot_s && usual >= kFewTicks * tick_s) continue;
    std::string message = at_case(series.item->name, series.target->name) + "the median slot takes " + format_seconds(usual);
    if (tick_s > 0) message += ", or " + format_significant(usual / tick_s, 3) + " steps of the timer";
    findings.push_back({series.item->name, series.target->name, message});
  }
  return findings;
}

Findings find_short_programs(const WarningEvidence& evidence) {
  constexpr double kShort_s = 0.005;
  Findings findings;
  const auto& spawn_s = evidence.run.session.spawn_s;
  for (const CaseSummary& item : evidence.summary.cases) {
    const double loop_s = item.baseline.loop_s.value_or(kShort_s);
    if (!spawn_s || loop_s >= kShort_s || !runs_program(*find_case(evidence.run, item.name))) continue;
    findings.push_back({item.name, item.baseline.target,
                        at_case(item.name, item.baseline.target) + "takes " + format_seconds(loop_s) + ", and launching an empty program " +
                            format_seconds(*spawn_s)});
  }
  return findings;
}

Findings find_slot_spread(const WarningEvidence& evidence) {
  Findings findings;
  for (const Series& series : evidence.series) {
    std::vector<double> shares;
    for (const TargetBlock* entry : series.entries) {
      if (entry->wall_s.size() >= kFewestSlots) shares.push_back(interquartile_share(entry->wall_s));
    }
    if (shares.empty() || median(shares) <= kSpread) continue;
    findings.push_back({series.item->name, series.target->name,
                        at_case(series.item->name, series.target->name) + "half of a block's slots are spread over " +
                            format_percent(median(shares)) + " of the median slot"});
  }
  return findings;
}

Findings find_not_warm(const WarningEvidence& evidence) {
  std::vector<Suspicion> tests;
  for (const Series& series : evidence.series) {
    if (runs_program(*series.item)) continue;  // is warmed as its user asked
    // How far slots are from the median of their block's others, in log: what a block as a whole suffers cancels.
    std::vector<double> first, rest;
    for (const TargetBlock* entry : series.entries) {
      if (entry->wall_s.size() < kFewestSlots) continue;
      std::vector<double> logs;
      for (const double wall : entry->wall_s) logs.push_back(std::log(wall));
      const double usual = median(std::span(logs).subspan(1));
      first.push_back(logs[0] - usual);
      for (std::size_t i = 1; i < logs.size(); ++i) rest.push_back(logs[i] - usual);
    }
    Suspicion test{{series.item->name, series.target->name, ""}, 1};
    const auto effect = group_effect(first, rest);
    if (effect && effect->difference > std::log1p(kColdShare)) {
      test.p_value = effect->p_value / 2;  // only slower counts
      test.finding.message = at_case(series.item->name, series.target->name) + "the first slot of a block is " +
                             format_percent(std::expm1(effect->difference)) + " slower than the others";
    }
    tests.push_back(std::move(test));
  }
  return beyond_chance(tests);
}

}  // namespace m1bench
