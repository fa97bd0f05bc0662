// SPDX-License-Identifier: Apache-2.0
#include "analysis/warnings_evidence.hpp"

#include <algorithm>
#include <chrono>
#include <map>
#include <utility>

namespace m1bench {
namespace {

bool usable(const TargetBlock& entry) {
  return !entry.wall_s.empty() && entry.loops > 0 &&
         std::all_of(entry.wall_s.begin(), entry.wall_s.end(), [](double wall) { return wall > 0; });
}

Series series_of(const Case& item, const Target& target, const CaseBlocks& blocks) {
  Series series{&item, &target, {}};
  for (const Block* block : blocks) {
    const TargetBlock* entry = find_entry(*block, target.name);
    if (entry && usable(*entry)) series.entries.push_back(entry);
  }
  return series;
}

// Far beyond any session; what is asked of pairs takes quadratic time, and the file may be anybody's.
constexpr std::size_t kMostPaired = 1000;

PairedSeries pair_of(const Run& run, const CaseSummary& item, const TargetSummary& summary, const CaseBlocks& blocks) {
  const Target& target = *find_target(run, summary.target);
  PairedSeries pair;
  pair.item = &item;
  pair.target = &summary;
  pair.with = compared_with(run, target);
  for (const Block* block : blocks) {
    const auto ratio = log_ratio_in(*block, summary.target, pair.with);
    if (!ratio || pair.blocks.size() == kMostPaired) continue;
    pair.blocks.push_back(block);
    pair.log_ratios.push_back(*ratio);
  }
  pair.rationed = target.translator != "native" && summary.ratio->blocks < static_cast<int>(blocks.size());
  return pair;
}

std::vector<Sitting> sittings_of(const Run& run) {
  std::vector<Sitting> sittings;
  const Session& session = run.session;
  for (const MergedShard& shard : session.merged)
    sittings.push_back({&shard.machine, shard.started, shard.ended, shard.stop_reason, {}, {}});
  if (sittings.empty()) sittings.push_back({&run.machine, session.started, session.ended, session.stop_reason, {}, {}});
  std::map<std::string_view, std::size_t> of_case;
  for (std::size_t i = 0; i < run.cases.size(); ++i) of_case.emplace(run.cases[i].name, i % sittings.size());
  for (const Block& block : run.blocks) {
    const auto sitting = of_case.find(block.case_name);
    if (sitting != of_case.end()) sittings[sitting->second].blocks.push_back(&block);
  }
  for (Sitting& sitting : sittings) sitting.seconds = seconds_between(sitting.started, sitting.ended);
  return sittings;
}

std::optional<int> number_at(std::string_view text, std::size_t at, std::size_t digits) {
  int number = 0;
  for (const char c : text.substr(at, digits)) {
    if (c < '0' || c > '9') return std::nullopt;
    number = 10 * number + (c - '0');
  }
  return number;
}

std::optional<std::chrono::sys_seconds> parse_utc(std::string_view text) {
  constexpr std::string_view kForm = "0000-00-00T00:00:00Z";
  if (text.size() != kForm.size()) return std::nullopt;
  for (std::size_t i = 0; i < kForm.size(); ++i) {
    if (kForm[i] != '0' && text[i] != kForm[i]) return std::nullopt;
  }
  const auto year = number_at(text, 0, 4), month = number_at(text, 5, 2), day = number_at(text, 8, 2);
  const auto hour = number_at(text, 11, 2), minute = number_at(text, 14, 2), second = number_at(text, 17, 2);
  if (!year || !month || !day || !hour || !minute || !second) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year(*year), std::chrono::month(static_cast<unsigned>(*month)),
                                         std::chrono::day(static_cast<unsigned>(*day))};
  if (!date.ok()) return std::nullopt;
  return std::chrono::sys_days(date) + std::chrono::hours(*hour) + std::chrono::minutes(*minute) + std::chrono::seconds(*second);
}

}  // namespace

std::optional<double> seconds_between(std::string_view from, std::string_view to) {
  const auto start = parse_utc(from), end = parse_utc(to);
  if (!start || !end) return std::nullopt;
  return static_cast<double>((*end - *start).count());
}

const Verification* WarningEvidence::verification(const std::string& case_name, const std::string& target) const {
  const auto found = verifications.find(std::pair(case_name, target));
  return found == verifications.end() ? nullptr : found->second;
}

WarningEvidence gather_evidence(const Run& run, const Summary& summary) {
  WarningEvidence evidence{run, summary, {}, {}, sittings_of(run), {}};
  for (const Verification& check : run.verifications)
    evidence.verifications.emplace(std::pair(check.case_name, check.target), &check);
  const auto blocks_of = blocks_by_case(run);
  for (std::size_t i = 0; i < run.cases.size(); ++i) {
    const auto found = blocks_of.find(run.cases[i].name);
    if (found == blocks_of.end()) continue;
    for (const Target& target : run.targets) {
      Series series = series_of(run.cases[i], target, found->second);
      if (!series.entries.empty()) evidence.series.push_back(std::move(series));
    }
    const CaseSummary& item = summary.cases[i];
    for (const TargetSummary& other : item.others) {
      if (!other.ratio) continue;
      PairedSeries pair = pair_of(run, item, other, found->second);
      const Verification* check = evidence.verification(item.name, other.target);
      pair.rationed = pair.rationed || (check && check->slow);
      evidence.pairs.push_back(std::move(pair));
    }
  }
  return evidence;
}

}  // namespace m1bench
