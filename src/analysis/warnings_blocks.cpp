// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <optional>

#include "analysis/warnings_chance.hpp"
#include "analysis/warnings_detectors.hpp"
#include "m1bench/core/text.hpp"
#include "stats/diagnostics.hpp"
#include "stats/distributions.hpp"
#include "stats/robust.hpp"

namespace m1bench {
namespace {

constexpr int kFewBlocks = 12;  // below which a session does not stop of itself, and most tests here say nothing
constexpr int kFewestForGroups = 8;
constexpr double kAsked = 0.01, kAskedFar = 0.02, kFarRatio = 3;  // half-widths; half of them with --thorough
constexpr double kApart = 0.5;                                    // of the half-width, between two estimates

int blocks_of(const PairedSeries& pair) { return pair.target->ratio->blocks; }

Finding finding_of(const PairedSeries& pair, const std::string& message) {
  return {pair.item->name, pair.target->target, at_case(pair.item->name, pair.target->target) + message};
}

// Tests every ratio with enough blocks; `test` gives the p-value and the message.
template <class Test>
Findings of_tests(const WarningEvidence& evidence, int fewest_blocks, Test test) {
  std::vector<Suspicion> tests;
  for (const PairedSeries& pair : evidence.pairs) {
    if (static_cast<int>(pair.log_ratios.size()) < fewest_blocks) continue;
    const auto [p_value, message] = test(pair);
    tests.push_back({finding_of(pair, message), p_value});
  }
  return beyond_chance(tests);
}

struct Tested {
  double p_value = 1;
  std::string message;
};

// Whether blocks in which `earlier(block, a, b)` holds for the target before the other one have another ratio. Nothing for
// blocks in which it cannot be told.
template <class Earlier>
Tested by_order(const PairedSeries& pair, const char* whom, Earlier earlier) {
  std::vector<double> first, second;
  for (std::size_t i = 0; i < pair.blocks.size(); ++i) {
    const std::optional<bool> before = earlier(*pair.blocks[i], pair.target->target, pair.with);
    if (before) (*before ? first : second).push_back(pair.log_ratios[i]);
  }
  const auto effect = group_effect(first, second);
  const auto& width = pair.target->ratio->half_width;
  if (!effect || !width || std::abs(effect->difference) <= *width) return {};
  const char* more = effect->difference > 0 ? " more" : " less";
  return {effect->p_value, "takes " + format_percent(std::abs(std::expm1(effect->difference))) + more + " time where " + whom};
}

std::optional<bool> spawned_before(const Block& block, const std::string& target, const std::string& other) {
  return find_entry(block, target)->position < find_entry(block, other)->position;
}

std::optional<bool> had_first_slot(const Block& block, const std::string& target, const std::string& other) {
  for (const int turn : block.turns) {
    if (turn < 0 || turn >= static_cast<int>(block.targets.size())) return std::nullopt;
    const std::string& who = block.targets[static_cast<std::size_t>(turn)].target;
    if (who == target) return true;
    if (who == other) return false;
  }
  return std::nullopt;
}

// Of a sample of one kind: by the simulations of stats/diagnostics, exceeded once in 100, and by half as much again once in
// 10 000.
double bimodal_p_value(const std::vector<double>& log_ratios) {
  if (!bimodal(log_ratios)) return 1;
  const double clear = 1.5 * (4 + 48 / static_cast<double>(log_ratios.size()));
  return two_clusters(log_ratios)->separation > clear ? 1e-4 : 0.01;
}

}  // namespace

Findings find_few_blocks(const WarningEvidence& evidence) {
  Findings findings;
  if (evidence.summary.quick) return findings;
  for (const PairedSeries& pair : evidence.pairs) {
    if (pair.rationed || blocks_of(pair) >= kFewBlocks) continue;
    findings.push_back(
        finding_of(pair, "the ratio rests on " + count_of(static_cast<std::size_t>(blocks_of(pair)), "block") + " only"));
  }
  return findings;
}

Findings find_wide_interval(const WarningEvidence& evidence) {
  Findings findings;
  if (evidence.summary.quick) return findings;
  for (const PairedSeries& pair : evidence.pairs) {
    const Estimate& ratio = *pair.target->ratio;
    if (pair.rationed || !ratio.half_width) continue;
    double asked = std::abs(ratio.log_ratio) > std::log(kFarRatio) ? kAskedFar : kAsked;
    if (evidence.run.session.thorough) asked /= 2;
    if (*ratio.half_width <= asked) continue;
    findings.push_back(finding_of(
        pair, "the half-width of the interval is " + format_percent(*ratio.half_width) + ", asked was " + format_percent(asked)));
  }
  return findings;
}

Findings find_estimators_differ(const WarningEvidence& evidence) {
  Findings findings;
  for (const PairedSeries& pair : evidence.pairs) {
    const auto& width = pair.target->ratio->half_width;
    if (static_cast<int>(pair.log_ratios.size()) < kFewBlocks || !width) continue;
    const double apart = std::abs(trimmed_mean(pair.log_ratios, kTrim) - hodges_lehmann(pair.log_ratios));
    if (apart <= kApart * *width) continue;
    findings.push_back(finding_of(pair, "the trimmed mean and the Hodges-Lehmann estimate are " + format_percent(apart) +
                                            " apart, with a half-width of " + format_percent(*width)));
  }
  return findings;
}

Findings find_bimodal(const WarningEvidence& evidence) {
  return of_tests(evidence, static_cast<int>(kMinClustered), [](const PairedSeries& pair) {
    const double distance = two_clusters(pair.log_ratios)->distance;
    if (distance <= std::log1p(kNoiseFloor)) return Tested{};
    return Tested{bimodal_p_value(pair.log_ratios),
                  "the blocks fall into two groups whose ratios are " + format_percent(std::expm1(distance)) + " apart"};
  });
}

Findings find_correlated(const WarningEvidence& evidence) {
  return of_tests(evidence, kFewBlocks, [](const PairedSeries& pair) {
    const double correlation = lag1_autocorrelation(pair.log_ratios);
    const double standard_errors = correlation * std::sqrt(static_cast<double>(pair.log_ratios.size()));
    return Tested{normal_upper_tail(standard_errors),
                  "neighbouring blocks are alike (lag-1 correlation " + format_significant(correlation, 2) + ")"};
  });
}

Findings find_trend(const WarningEvidence& evidence) {
  return of_tests(evidence, kFewBlocks, [](const PairedSeries& pair) {
    const Trend found = trend(pair.log_ratios);
    return Tested{found.p_value, std::string("the ratio ") + (found.score > 0 ? "rose" : "fell") + " during the run"};
  });
}

Findings find_spawn_order(const WarningEvidence& evidence) {
  return of_tests(evidence, kFewestForGroups, [&](const PairedSeries& pair) {
    const bool has_worker = !runs_program(*find_case(evidence.run, pair.item->name));
    return has_worker ? by_order(pair, "its worker was started first", spawned_before) : Tested{};
  });
}

Findings find_turn_order(const WarningEvidence& evidence) {
  return of_tests(evidence, kFewestForGroups,
                  [](const PairedSeries& pair) { return by_order(pair, "it had the first slot", had_first_slot); });
}

}  // namespace m1bench
