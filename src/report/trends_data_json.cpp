// SPDX-License-Identifier: Apache-2.0
#include "report/trends_data_json.hpp"

#include "report/escape.hpp"
#include "report/html_page.hpp"
#include "report/json_values.hpp"
#include "report/trends_wording.hpp"
#include "report/wording.hpp"

namespace m1bench {
namespace {

Json point_json(const TrendPoint& point) {
  const Estimate ratio = estimate_of(point);
  Json json = {{"ratio", nine_digits(ratio.ratio())},
               {"started", escape_terminal(point.started)},
               {"text", escape_terminal(run_text(point)) + "\n" + ratio_text(ratio)}};
  if (ratio.half_width) {
    json["low"] = nine_digits(ratio.low());
    json["high"] = nine_digits(ratio.high());
  }
  return json;
}

Json change_json(const ChangePoint& row) {
  return {{"at", row.at}, {"step", nine_digits(step_ratio(row))}, {"label", ratio_number(step_ratio(row)) + "x"}};
}

// What changed, in as few words as a chart has room for.
Json break_json(const SeriesBreak& row) {
  std::string label = row.reasons.empty() ? "another series" : row.reasons.front().field;
  if (row.reasons.size() > 1) label += fmt::format(" +{}", row.reasons.size() - 1);
  return {{"at", row.at}, {"label", escape_terminal(label)}};
}

Json trend_json(const CaseTrend& trend) {
  return {{"name", escape_terminal(trend.case_name) + " on " + escape_terminal(trend.target)},
          {"points", array_of(trend.points, point_json)},
          {"changes", array_of(trend.changes, change_json)},
          {"breaks", array_of(trend.breaks, break_json)}};
}

}  // namespace

std::string trends_data(const std::vector<CaseTrend>& trends) {
  return html_json("trends", array_of(trends, trend_json).dump(-1, ' ', true));
}

}  // namespace m1bench
