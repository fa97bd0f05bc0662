// SPDX-License-Identifier: Apache-2.0
#include "analysis/session_spread.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <set>
#include <string_view>

#include "analysis/series_traits.hpp"
#include "analysis/trends.hpp"

namespace m1bench {
namespace {

// What must be the same for sessions to be as far apart as those compared. Builds, compilers and libraries may differ: groups
// never span them.
constexpr std::array<std::string_view, 7> kAlike{
    "machine.id",       "machine.arch", "machine.cpu", "machine.logical_cpus", "machine.virtual_machine",
    "session.baseline", "session.quick"};

using Facts = std::map<std::string_view, std::string_view>;

Facts facts_that_matter(const std::vector<RecordedTrait>& traits) {
  Facts facts;
  for (const RecordedTrait& trait : traits) {
    const bool of_run = trait.case_name.empty() && trait.target.empty();
    if (of_run && std::find(kAlike.begin(), kAlike.end(), trait.field) != kAlike.end()) facts.emplace(trait.field, trait.value);
  }
  return facts;
}

// What either does not know is no difference.
bool alike(const Facts& a, const Facts& b) {
  return std::all_of(a.begin(), a.end(), [&](const auto& fact) {
    const auto other = b.find(fact.first);
    return other == b.end() || other->second == fact.second;
  });
}

// Sums over groups.
struct Sums {
  double squares = 0, errors = 0;  // of (theta_i - mean), of v_i
  double degrees = 0, degrees_of_errors = 0;
  int points = 0;
  std::set<std::string_view> sessions;

  void add(const std::vector<const TrendPoint*>& group) {
    if (group.size() < 2) return;
    double mean = 0;
    for (const TrendPoint* point : group) mean += point->log_ratio / static_cast<double>(group.size());
    for (const TrendPoint* point : group) {
      squares += (point->log_ratio - mean) * (point->log_ratio - mean);
      errors += *point->standard_error * *point->standard_error;
      degrees_of_errors += *point->degrees;
      sessions.insert(point->session);
    }
    points += static_cast<int>(group.size());
    degrees += static_cast<double>(group.size() - 1);
  }

  void add(const Sums& other) {
    squares += other.squares;
    errors += other.errors;
    degrees += other.degrees;
    degrees_of_errors += other.degrees_of_errors;
    points += other.points;
    sessions.insert(other.sessions.begin(), other.sessions.end());
  }
};

Sums sums_of(const CaseTrend& trend) {
  Sums sums;
  std::vector<std::size_t> begins = stretches_of(trend);
  begins.push_back(trend.points.size());
  for (std::size_t i = 0; i + 1 < begins.size(); ++i) {
    std::map<std::string_view, std::vector<const TrendPoint*>> by_build;
    for (std::size_t j = begins[i]; j < begins[i + 1]; ++j) {
      const TrendPoint& point = trend.points[j];
      if (point.standard_error && point.degrees) by_build[point.build_id].push_back(&point);
    }
    for (const auto& [build, group] : by_build) sums.add(group);
  }
  return sums;
}

// `degrees`: those that the variance within groups is given.
std::optional<SessionSpread> spread_of(const Sums& sums, double degrees) {
  const auto sessions = static_cast<int>(sums.sessions.size());
  if (sessions < kSessionsToLearn) return std::nullopt;
  const double between = sums.squares / sums.degrees, within = sums.errors / sums.points;
  const double variance = std::max(between - within, kLeastSessionError * kLeastSessionError);
  const double doubt = between * between / degrees + within * within / sums.degrees_of_errors;
  SessionSpread spread{{std::sqrt(variance)}, sessions};
  if (doubt > 0) spread.error.degrees = variance * variance / doubt;
  return spread;
}

}  // namespace

const SessionSpread* spread_for(const LearnedSpread& learned, const std::string& case_name, const std::string& target) {
  const auto found = learned.of_case.find({case_name, target});
  if (found != learned.of_case.end()) return &found->second;
  return learned.pooled ? &*learned.pooled : nullptr;
}

LearnedSpread learn_spread(const std::vector<RecordedRun>& runs, const Run& like, const Run& other) {
  const std::vector<RecordedTrait> traits = series_traits(like);
  const Facts wanted = facts_that_matter(traits);
  std::vector<RecordedRun> of_machine;
  for (const RecordedRun& run : runs) {
    const bool compared = run.session == like.session.id || run.session == other.session.id;
    if (!compared && run.command != "ab" && alike(wanted, facts_that_matter(run.traits))) of_machine.push_back(run);
  }
  LearnedSpread learned;
  learned.sessions = static_cast<int>(of_machine.size());
  Sums all;
  double most_degrees = 0;
  const std::vector<CaseTrend> trends = trends_of(of_machine);
  for (const CaseTrend& trend : trends) {
    const Sums sums = sums_of(trend);
    all.add(sums);
    most_degrees = std::max(most_degrees, sums.degrees);
    if (const auto spread = spread_of(sums, sums.degrees))
      learned.of_case.emplace(std::pair(trend.case_name, trend.target), *spread);
  }
  learned.pooled = spread_of(all, most_degrees);
  return learned;
}

}  // namespace m1bench
