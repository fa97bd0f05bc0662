// SPDX-License-Identifier: Apache-2.0
#include "report/feed_series.hpp"

#include "report/escape.hpp"

namespace m1bench {

std::vector<FeedSeries> measured_series(const Summary& summary) {
  std::vector<FeedSeries> series;
  const auto add = [&](const CaseSummary& item, const TargetSummary& target) {
    if (target.outcome == Outcome::measured) series.push_back({&item, &target});
  };
  for (const CaseSummary& item : summary.cases) {
    add(item, item.baseline);
    for (const TargetSummary& other : item.others) add(item, other);
  }
  return series;
}

std::string name_of(const FeedSeries& series) {
  return escape_terminal(series.item->name) + " on " + escape_terminal(series.target->target);
}

double loop_ns(const FeedSeries& series) { return *series.target->loop_s * 1e9; }

}  // namespace m1bench
