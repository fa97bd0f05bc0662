// SPDX-License-Identifier: Apache-2.0
#include "report/summary.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <span>
#include <utility>

#include "stats/block_ratio.hpp"
#include "stats/robust.hpp"

namespace m1bench {
namespace {

using Key = std::pair<std::string_view, std::string_view>;  // case, target

struct Index {
  std::map<std::string_view, std::vector<const Block*>> blocks;  // by case
  std::map<Key, const Verification*> verifications;
  std::map<Key, const Failure*> failures;

  std::string why_unmeasured, unmeasured_remedy;  // of what was verified and never timed

  explicit Index(const Run& run) {
    if (run.session.stop_reason == "budget") {
      why_unmeasured = "the time budget was used up before its turn";
      unmeasured_remedy = "give it more time with --time-budget";
    } else {
      why_unmeasured = run.session.stop_reason == "interrupted" ? "the run was interrupted before its turn" : "the run did not come to its turn";
    }
    for (const Block& block : run.blocks) blocks[block.case_name].push_back(&block);
    for (const Verification& check : run.verifications) verifications.emplace(Key(check.case_name, check.target), &check);
    for (const Failure& failure : run.failures) failures.emplace(Key(failure.case_name, failure.target), &failure);
  }
};

// The log of a target's time per loop in this block, if it has one.
std::optional<double> log_loop_in(const Block& block, const std::string& target) {
  const auto found = std::find_if(block.targets.begin(), block.targets.end(),
                                  [&](const TargetBlock& entry) { return entry.target == target; });
  return found == block.targets.end() ? std::nullopt : log_loop_time(found->wall_s, found->loops);
}

std::optional<double> rate_of(const Case& item, double loop_s) {
  const double amount = item.rate == RateUnit::flops ? item.flop : item.rate == RateUnit::bytes ? item.bytes : item.samples;
  if (amount <= 0) return std::nullopt;
  return amount / loop_s;
}

// Why there is nothing to compare, if that is known before any block is looked at.
void take_verdict_on_answer(const Index& index, const Key& key, TargetSummary& result) {
  const auto check = index.verifications.find(key);
  if (check != index.verifications.end() && check->second->status != CheckStatus::right) {
    const CheckStatus status = check->second->status;
    result.outcome = status == CheckStatus::wrong     ? Outcome::wrong
                     : status == CheckStatus::skipped ? Outcome::skipped
                                                      : Outcome::failed;
    result.cause = check->second->cause;
    result.remedy = check->second->remedy;
    return;
  }
  const auto failure = index.failures.find(key);
  if (failure == index.failures.end()) return;
  result.outcome = Outcome::failed;
  result.cause = failure->second->cause;
  result.remedy = failure->second->remedy;
}

TargetSummary summarise_target(const Index& index, const Case& item, const std::string& target,
                               const std::vector<const Block*>& blocks) {
  TargetSummary result;
  result.target = target;
  take_verdict_on_answer(index, Key(item.name, target), result);
  if (result.outcome != Outcome::unmeasured) return result;
  std::vector<double> loops_s;
  for (const Block* block : blocks) {
    if (const auto log_loop = log_loop_in(*block, target)) loops_s.push_back(std::exp(*log_loop));
  }
  if (loops_s.empty()) {
    result.cause = index.why_unmeasured;
    result.remedy = index.unmeasured_remedy;
    return result;
  }
  result.outcome = Outcome::measured;
  result.blocks = static_cast<int>(loops_s.size());
  result.loop_s = median(loops_s);
  result.rate = rate_of(item, *result.loop_s);
  return result;
}

void compare_with_baseline(const TargetSummary& baseline, const std::vector<const Block*>& blocks, double noise_floor,
                           TargetSummary& other) {
  if (baseline.outcome != Outcome::measured || other.outcome != Outcome::measured) return;
  std::vector<double> log_ratios;
  for (const Block* block : blocks) {
    const auto base = log_loop_in(*block, baseline.target), target = log_loop_in(*block, other.target);
    if (base && target) log_ratios.push_back(*target - *base);
  }
  if (log_ratios.empty()) return;
  other.ratio = estimate(log_ratios);
  other.verdict = verdict_of(*other.ratio, noise_floor);
}

Overall summarise_overall(const Summary& summary, std::size_t target) {
  Overall overall;
  overall.target = summary.others[target];
  std::vector<double> ratios;
  for (const CaseSummary& item : summary.cases) {
    if (!item.others[target].ratio) continue;
    const double ratio = item.others[target].ratio->ratio();
    if (ratios.empty() || ratio < overall.best_ratio) {
      overall.best_ratio = ratio;
      overall.best_case = item.name;
    }
    if (ratios.empty() || ratio > overall.worst_ratio) {
      overall.worst_ratio = ratio;
      overall.worst_case = item.name;
    }
    ratios.push_back(ratio);
  }
  overall.cases = static_cast<int>(ratios.size());
  if (!ratios.empty()) overall.ratio = geometric_mean(ratios);
  return overall;
}

std::vector<Problem> problems_of(const Run& run, const Summary& summary) {
  std::vector<Problem> problems;
  for (const Target& target : run.targets) {
    if (!target.available) problems.push_back({Outcome::unavailable, target.name, "", target.cause, target.remedy});
  }
  for (const Failure& failure : run.failures) {
    if (failure.case_name.empty()) problems.push_back({Outcome::failed, failure.target, "", failure.cause, failure.remedy});
  }
  const auto add = [&](const CaseSummary& item, const TargetSummary& target) {
    if (target.cause.empty() && target.outcome == Outcome::measured) return;
    if (target.outcome == Outcome::unavailable) return;
    problems.push_back({target.outcome, target.target, item.name, target.cause, target.remedy});
  };
  for (const CaseSummary& item : summary.cases) {
    add(item, item.baseline);
    for (const TargetSummary& other : item.others) add(item, other);
  }
  return problems;
}

void count(Summary& summary) {
  for (const CaseSummary& item : summary.cases) {
    bool compared = false;
    for (const TargetSummary& other : item.others) {
      if (!other.ratio) continue;
      const int blocks = other.ratio->blocks;
      summary.fewest_blocks = summary.most_blocks == 0 ? blocks : std::min(summary.fewest_blocks, blocks);
      summary.most_blocks = std::max(summary.most_blocks, blocks);
      compared = true;
    }
    summary.compared += compared;
  }
}

}  // namespace

std::string_view name_of(Outcome outcome) {
  static constexpr std::array<std::string_view, 6> kNames = {"measured", "wrong answer", "failed",
                                                             "skipped",  "not measured", "unavailable"};
  return kNames[static_cast<std::size_t>(outcome)];
}

Summary summarise(const Run& run, double noise_floor) {
  const Index index(run);
  Summary summary;
  summary.baseline = run.session.baseline;
  summary.quick = run.session.quick;
  for (const auto& [activity, seconds] : run.session.time_spent_s) summary.time_spent_s += seconds;
  for (const Target& target : run.targets) {
    if (target.available && target.name != summary.baseline) summary.others.push_back(target.name);
  }
  for (const Case& item : run.cases) {
    const auto found = index.blocks.find(item.name);
    const std::vector<const Block*> blocks = found == index.blocks.end() ? std::vector<const Block*>() : found->second;
    CaseSummary row{item.name, item.rate, summarise_target(index, item, summary.baseline, blocks), {}};
    for (const std::string& target : summary.others) {
      row.others.push_back(summarise_target(index, item, target, blocks));
      compare_with_baseline(row.baseline, blocks, noise_floor, row.others.back());
    }
    summary.cases.push_back(std::move(row));
  }
  for (std::size_t i = 0; i < summary.others.size(); ++i) summary.overall.push_back(summarise_overall(summary, i));
  summary.problems = problems_of(run, summary);
  count(summary);
  return summary;
}

}  // namespace m1bench
