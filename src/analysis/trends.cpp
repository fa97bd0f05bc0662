// SPDX-License-Identifier: Apache-2.0
#include "analysis/trends.hpp"

#include <algorithm>
#include <map>
#include <string_view>
#include <utility>

#include "analysis/traits.hpp"

namespace m1bench {
namespace {

using Key = std::pair<std::string_view, std::string_view>;  // case, target
using Facts = std::map<std::string, std::string>;

// What a run recorded, by what it is of.
class FactsOfRun {
 public:
  explicit FactsOfRun(const RecordedRun& run) : baseline_(run.baseline) {
    for (const RecordedTrait& trait : run.traits) scopes_[{trait.case_name, trait.target}].push_back(&trait);
  }

  // Of the run, the case, the target and the one it is compared with.
  Facts of(std::string_view case_name, std::string_view target) const {
    Facts facts;
    add({"", ""}, "", facts);
    add({case_name, ""}, "", facts);
    add({"", target}, "", facts);
    add({"", baseline_}, "baseline.", facts);
    return facts;
  }

 private:
  void add(const Key& scope, const std::string& prefix, Facts& facts) const {
    const auto found = scopes_.find(scope);
    if (found == scopes_.end()) return;
    for (const RecordedTrait* trait : found->second) facts.emplace(prefix + trait->field, trait->value);
  }

  std::string_view baseline_;
  std::map<Key, std::vector<const RecordedTrait*>> scopes_;
};

// Facts without a row are unknown, but for what a user sets: that is known not to be set.
bool may_be_unset(std::string_view field) {
  return field.find("environment.") != std::string_view::npos || field.starts_with("parameters.");
}

// What differs from what was last known, which is brought up to date.
std::vector<Difference> differences(Facts& known, const Facts& now) {
  std::vector<Difference> found;
  for (auto& [field, before] : known) {
    if (now.contains(field) || !may_be_unset(field) || before == kNoTrait) continue;
    found.push_back({field, before, kNoTrait});
    before = kNoTrait;
  }
  const bool first = known.empty();
  for (const auto& [field, value] : now) {
    const auto [place, is_new] = known.emplace(field, value);
    if (is_new && !first && may_be_unset(field)) found.push_back({field, kNoTrait, value});
    if (is_new || place->second == value) continue;
    found.push_back({field, place->second, value});
    place->second = value;
  }
  return found;
}

struct Growing {
  CaseTrend trend;
  Facts known;
};

TrendPoint point_of(const RecordedRun& run, const RecordedSeries& series) {
  return {run.session,       run.started,       run.version,           run.commit,    run.build_id,
          *series.log_ratio, series.half_width, series.standard_error, series.degrees};
}

void add_changes(CaseTrend& trend) {
  std::vector<double> values;
  for (const TrendPoint& point : trend.points) values.push_back(point.log_ratio);
  ChangeOptions options;
  options.least = kLeastStep;
  for (std::size_t i = 0; i <= trend.breaks.size(); ++i) {
    const std::size_t begin = i == 0 ? 0 : trend.breaks[i - 1].at,
                      end = i == trend.breaks.size() ? values.size() : trend.breaks[i].at;
    for (ChangePoint change : change_points(std::span(values).subspan(begin, end - begin), options)) {
      change.at += begin;
      trend.changes.push_back(change);
    }
  }
}

}  // namespace

std::vector<CaseTrend> trends_of(const std::vector<RecordedRun>& runs) {
  std::map<Key, Growing> all;
  for (const RecordedRun& run : runs) {
    if (run.command == "ab") continue;
    const FactsOfRun facts(run);
    for (const RecordedSeries& series : run.series) {
      if (!series.log_ratio) continue;
      auto& [trend, known] = all[{series.case_name, series.target}];
      std::vector<Difference> reasons = differences(known, facts.of(series.case_name, series.target));
      if (!reasons.empty() && !trend.points.empty()) trend.breaks.push_back({trend.points.size(), std::move(reasons)});
      trend.points.push_back(point_of(run, series));
    }
  }
  std::vector<CaseTrend> trends;
  for (auto& [key, growing] : all) {
    growing.trend.case_name = key.first;
    growing.trend.target = key.second;
    add_changes(growing.trend);
    trends.push_back(std::move(growing.trend));
  }
  return trends;
}

std::vector<std::size_t> stretches_of(const CaseTrend& trend) {
  std::vector<std::size_t> begins{0};
  for (const SeriesBreak& row : trend.breaks) begins.push_back(row.at);
  for (const ChangePoint& row : trend.changes) begins.push_back(row.at);
  std::sort(begins.begin(), begins.end());
  return begins;
}

}  // namespace m1bench
