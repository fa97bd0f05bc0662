// SPDX-License-Identifier: Apache-2.0
#include "report/github_action_json.hpp"

#include "report/escape.hpp"
#include "report/feed_series.hpp"
#include "report/json_values.hpp"
#include "report/wording.hpp"

namespace m1bench {
namespace {

Json ratio_entry(const Summary& summary, const FeedSeries& series) {
  const TargetSummary& target = *series.target;
  Json entry = {{"name", name_of(series) + ": ratio"}, {"unit", "x"}, {"value", nine_digits(target.ratio->ratio())}};
  if (target.ratio->half_width) entry["range"] = ratio_number(target.ratio->low()) + " to " + ratio_number(target.ratio->high());
  entry["extra"] = ratio_text(*target.ratio) + "\nverdict: " + verdict_text(target, summary.quick) + "\n" +
                   counted(target.ratio->blocks, "block") + ", baseline " + escape_terminal(summary.baseline);
  return entry;
}

Json time_entry(const FeedSeries& series) {
  return {{"name", name_of(series) + ": time"},
          {"unit", "ns"},
          {"value", nine_digits(loop_ns(series))},
          {"extra", "median of " + counted(series.target->blocks, "block") + ", one loop"}};
}

}  // namespace

std::string github_action_json(const Run& run) {
  const Summary summary = summarise(run);
  Json entries = Json::array();
  for (const FeedSeries& series : series_to_send(summary)) {
    if (series.target->ratio) entries.push_back(ratio_entry(summary, series));
    entries.push_back(time_entry(series));
  }
  return text_of(entries);
}

}  // namespace m1bench
