// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "analysis/comparison.hpp"
#include "analysis/recorded.hpp"
#include "stats/change_points.hpp"

// How the ratio of a case on a target went from run to run. Pure.
namespace m1bench {

struct TrendPoint {
  std::string session, started, version, commit, build_id;
  double log_ratio = 0;
  std::optional<double> half_width, standard_error, degrees;  // as in RecordedSeries
};

// Here something changed that the ratio may depend on (analysis/series_traits): what follows is a series of its own.
struct SeriesBreak {
  std::size_t at = 0;               // the first point after it
  std::vector<Difference> reasons;  // `base` before, `head` after
};

struct CaseTrend {
  std::string case_name, target;
  std::vector<TrendPoint> points;  // in the order the runs were started
  std::vector<SeriesBreak> breaks;
  std::vector<ChangePoint> changes;  // within the stretches between breaks; `at` counts the points of the whole trend
};

// A step is told if it is larger than what `report` calls the same time.
inline constexpr double kLeastStep = 0.01;

// By case and target, of every one that has a ratio. `runs` in the order they were started; those of `m1bench ab` have no part in
// it, because their ratios are between two builds.
std::vector<CaseTrend> trends_of(const std::vector<RecordedRun>& runs);

// Where each stretch of the trend begins that neither a break nor a change interrupts; the first at 0.
std::vector<std::size_t> stretches_of(const CaseTrend& trend);

}  // namespace m1bench
