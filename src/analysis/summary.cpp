// SPDX-License-Identifier: Apache-2.0
#include "analysis/summary.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <span>
#include <utility>

#include "analysis/answers.hpp"
#include "analysis/bounds.hpp"
#include "analysis/counters.hpp"
#include "analysis/ratios.hpp"
#include "stats/robust.hpp"

namespace m1bench {
namespace {

using Key = std::pair<std::string_view, std::string_view>;  // case, target

struct Index {
  std::map<std::string_view, CaseBlocks> blocks;
  std::map<Key, const Verification*> verifications;
  std::map<Key, const Failure*> failures;
  std::vector<WrongAnswer> wrong;

  std::string why_unmeasured, unmeasured_remedy;  // of what was verified and never timed

  explicit Index(const Run& run) : blocks(blocks_by_case(run)), wrong(wrong_answers(run)) {
    if (run.session.stop_reason == "budget") {
      why_unmeasured = "the time budget was used up before its turn";
      unmeasured_remedy = "give it more time with --time-budget";
    } else {
      why_unmeasured = run.session.stop_reason == "nothing to compare" ? "there was nothing left to compare it with" : run.session.stop_reason == "interrupted" ? "the run was interrupted before its turn" : "the run did not come to its turn";
    }
    for (const Verification& check : run.verifications) verifications.emplace(Key(check.case_name, check.target), &check);
    for (const Failure& failure : run.failures) failures.emplace(Key(failure.case_name, failure.target), &failure);
  }
};

std::optional<double> rate_of(const Case& item, double loop_s) {
  const double amount = item.rate == RateUnit::bytes ? item.bytes : item.rate == RateUnit::samples ? item.samples : item.flop;
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
  for (const WrongAnswer& answer : index.wrong) {
    if (Key(answer.case_name, answer.target) != key) continue;
    result.outcome = Outcome::wrong;
    result.cause = answer.cause;
    result.remedy = answer.remedy;
    return;
  }
  const auto failure = index.failures.find(key);
  if (failure == index.failures.end()) return;
  result.outcome = Outcome::failed;
  result.cause = failure->second->cause;
  result.remedy = failure->second->remedy;
}

void take_memory(const CaseBlocks& blocks, TargetSummary& result) {
  for (const Block* block : blocks) {
    for (const TargetBlock& entry : block->targets) {
      if (entry.target != result.target) continue;
      result.max_rss_bytes = std::max(result.max_rss_bytes, entry.max_rss_bytes);  // nothing is less than any number
      result.allocated_bytes = std::max(result.allocated_bytes, entry.allocated_bytes);
    }
  }
}

TargetSummary summarise_target(const Index& index, const Case& item, const std::string& target,
                               const CaseBlocks& blocks) {
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
  take_memory(blocks, result);
  take_counters(blocks, result);
  return result;
}

void compare(const TargetSummary& with, const CaseBlocks& blocks, double noise_floor, TargetSummary& target) {
  if (with.outcome != Outcome::measured || target.outcome != Outcome::measured) return;
  const std::vector<double> ratios = log_ratios(blocks, target.target, with.target);
  if (ratios.empty()) return;
  target.ratio = estimate(ratios);
  target.verdict = verdict_of(*target.ratio, noise_floor);
  relate_counters(with, target);
}

CaseSummary summarise_case(const Run& run, const Index& index, const Case& item, const Summary& summary) {
  const auto found = index.blocks.find(item.name);
  const CaseBlocks blocks = found == index.blocks.end() ? CaseBlocks() : found->second;
  CaseSummary row{item.name, item.rate, summarise_target(index, item, summary.baseline, blocks), {}, {}, is_bound(item), kNoiseFloor};
  for (const Target& target : run.targets) {
    if (target.side != "control" || !target.available) continue;
    TargetSummary control = summarise_target(index, item, target.name, blocks);
    compare(row.baseline, blocks, 0, control);
    row.control = control.ratio;
  }
  row.noise_floor = noise_floor_of(row.control);
  for (const std::string& name : summary.others) row.others.push_back(summarise_target(index, item, name, blocks));
  for (TargetSummary& other : row.others) {
    const std::string with = compared_with(run, *find_target(run, other.target));
    const auto base = std::find_if(row.others.begin(), row.others.end(), [&](const TargetSummary& candidate) { return candidate.target == with; });
    if (with == summary.baseline) compare(row.baseline, blocks, row.noise_floor, other);
    if (base != row.others.end()) compare(*base, blocks, row.noise_floor, other);
  }
  return row;
}

Overall summarise_overall(const Summary& summary, std::size_t target) {
  Overall overall;
  overall.target = summary.others[target];
  std::vector<double> ratios;
  std::optional<double> squares = 0;
  double floors = 0;
  for (const CaseSummary& item : summary.cases) {
    if (!item.others[target].ratio) continue;
    if (item.is_bound) {
      ++overall.bounds;
      continue;
    }
    floors += std::log1p(item.noise_floor);
    const std::optional<double>& half_width = item.others[target].ratio->half_width;
    squares = squares && half_width ? std::optional(*squares + *half_width * *half_width) : std::nullopt;
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
  if (ratios.empty()) return overall;
  overall.ratio = geometric_mean(ratios);
  if (squares) overall.half_width = std::hypot(std::sqrt(*squares), floors) / static_cast<double>(ratios.size());
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
    summary.bounded = summary.bounded || item.baseline.share_of_bound;
    for (const TargetSummary& other : item.others) {
      summary.bounded = summary.bounded || other.share_of_bound;
      summary.counts_instructions = summary.counts_instructions || other.instructions_ratio;
      summary.counts_energy = summary.counts_energy || other.energy_ratio;
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

double noise_floor_of(const std::optional<Estimate>& control) {
  return control && control->half_width ? std::expm1(std::abs(control->log_ratio) + *control->half_width) : kNoiseFloor;
}

Summary summarise(const Run& run) {
  const Index index(run);
  Summary summary;
  summary.baseline = run.session.baseline;
  summary.quick = run.session.quick;
  for (const auto& [activity, seconds] : run.session.time_spent_s) summary.time_spent_s += seconds;
  for (const Target& target : run.targets) {
    if (target.available && target.name != summary.baseline && target.side != "control") summary.others.push_back(target.name);
  }
  for (const Case& item : run.cases) {
    summary.cases.push_back(summarise_case(run, index, item, summary));
    summary.controlled = summary.controlled || summary.cases.back().control.has_value();
  }
  relate_to_bounds(run, summary);
  for (std::size_t i = 0; i < summary.others.size(); ++i) summary.overall.push_back(summarise_overall(summary, i));
  summary.problems = problems_of(run, summary);
  count(summary);
  return summary;
}

}  // namespace m1bench
