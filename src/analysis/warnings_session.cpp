// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <set>

#include "analysis/warnings_chance.hpp"
#include "analysis/warnings_detectors.hpp"
#include "m1bench/core/text.hpp"

namespace m1bench {
namespace {

constexpr double kOneTime_s = 24 * 3600;
// How near to no difference an interval may end before the default noise floor alone is too little to go by.
constexpr double kNear = 3 * kNoiseFloor;
// Two equal programs come out different, and near, in at most this share of the cases, floor and all.
constexpr double kNearByChance = 0.02, kNearLevel = 0.05;
constexpr int kFewCases = 5;

std::string identity(const Machine& machine) { return machine.id.value_or(machine.cpu + ", " + machine.os); }

bool has_control(const Run& run) {
  return std::any_of(run.targets.begin(), run.targets.end(),
                     [](const Target& target) { return target.side == "control" && target.available; });
}

bool has_interval(const TargetSummary& target) { return target.ratio && target.ratio->half_width; }

// Called different, by so little that a control would have had a say.
bool nearly_same(const TargetSummary& target) {
  if (target.verdict != Verdict::slower && target.verdict != Verdict::faster) return false;
  return std::abs(target.ratio->log_ratio) - *target.ratio->half_width <= std::log1p(kNear);
}

}  // namespace

Findings find_interrupted(const WarningEvidence& evidence) {
  const bool cut = std::any_of(evidence.sittings.begin(), evidence.sittings.end(),
                               [](const Sitting& sitting) { return sitting.stop_reason == "interrupted"; });
  if (!cut) return {};
  return {{"", "", "the run was interrupted before it was done"}};
}

Findings find_merged_unlike(const WarningEvidence& evidence) {
  if (evidence.sittings.size() < 2) return {};
  std::set<std::string> machines;
  for (const Sitting& sitting : evidence.sittings) machines.insert(identity(*sitting.machine));
  const std::string shards = "the " + std::to_string(evidence.sittings.size()) + " shards were measured ";
  if (machines.size() > 1) return {{"", "", shards + "on " + std::to_string(machines.size()) + " machines"}};
  const double apart = seconds_between(evidence.run.session.started, evidence.run.session.ended).value_or(0);
  if (apart <= kOneTime_s) return {};
  return {{"", "", shards + "over " + std::to_string(static_cast<long>(std::ceil(apart / kOneTime_s))) + " days"}};
}

Findings find_no_control(const WarningEvidence& evidence) {
  if (evidence.summary.quick || has_control(evidence.run)) return {};
  Findings findings;
  int compared = 0;
  for (const PairedSeries& pair : evidence.pairs) {
    if (!find_target(evidence.run, pair.target->target)->side.empty() || !has_interval(*pair.target)) continue;
    ++compared;
    if (!nearly_same(*pair.target)) continue;
    const std::string &name = pair.item->name, &target = pair.target->target;
    findings.push_back({name, target,
                        at_case(name, target) + "called " + std::string(name_of(*pair.target->verdict)) +
                            " by little more than two equal programs may seem apart, and without a control"});
  }
  if (!more_than_chance(static_cast<int>(findings.size()), compared, kNearByChance, kNearLevel)) return {};
  return findings;
}

Findings find_weak_control(const WarningEvidence& evidence) {
  if (!has_control(evidence.run)) return {};
  Findings findings;
  for (const CaseSummary& item : evidence.summary.cases) {
    int judged = 0;  // blocks of the ratio that has most
    for (const TargetSummary& other : item.others) {
      if (has_interval(other)) judged = std::max(judged, other.ratio->blocks);
    }
    const int blocks = item.control && item.control->half_width ? item.control->blocks : 0;
    if (judged == 0 || (blocks > 0 && 2 * blocks >= judged)) continue;
    findings.push_back({item.name, "",
                        item.name + ": the control has " +
                            (blocks == 0 ? "no interval" : count_of(static_cast<std::size_t>(blocks), "block")) +
                            ", the ratio it is to judge " + count_of(static_cast<std::size_t>(judged), "block")});
  }
  return findings;
}

Findings find_few_cases(const WarningEvidence& evidence) {
  Findings findings;
  if (evidence.run.cases.size() < 2) return findings;  // nobody takes the ratio of one case for a mean
  if (evidence.run.session.set.empty()) return findings;  // who named the cases knows how few they are
  for (const Overall& row : evidence.summary.overall) {
    if (row.cases == 0 || row.cases >= kFewCases) continue;
    findings.push_back(
        {"", row.target,
         "the geometric mean of " + row.target + " is over " + count_of(static_cast<std::size_t>(row.cases), "case")});
  }
  return findings;
}

}  // namespace m1bench
