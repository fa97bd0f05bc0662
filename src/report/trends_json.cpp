// SPDX-License-Identifier: Apache-2.0
#include "report/trends_json.hpp"

#include <cmath>
#include <set>

#include "report/json_values.hpp"
#include "report/trends_wording.hpp"

namespace m1bench {
namespace {

constexpr int kSchemaVersionOfTrends = 1;

Json point_json(const TrendPoint& point) {
  const Estimate ratio = estimate_of(point);
  const bool interval = ratio.half_width.has_value();
  return {{"session", point.session},
          {"started", point.started},
          {"version", point.version},
          {"commit", point.commit},
          {"build_id", point.build_id},
          {"ratio", nine_digits(ratio.ratio())},
          {"low", interval ? Json(nine_digits(ratio.low())) : Json(nullptr)},
          {"high", interval ? Json(nine_digits(ratio.high())) : Json(nullptr)}};
}

Json reason_json(const Difference& row) { return {{"field", row.field}, {"before", row.base}, {"after", row.head}}; }

Json break_json(const SeriesBreak& row) { return {{"at", row.at}, {"reasons", array_of(row.reasons, reason_json)}}; }

Json change_json(const ChangePoint& row) {
  return {{"at", row.at},
          {"before", nine_digits(std::exp(row.before))},
          {"after", nine_digits(std::exp(row.after))},
          {"step", nine_digits(step_ratio(row))},
          {"p", nine_digits(row.p)}};
}

Json trend_json(const CaseTrend& trend) {
  return {{"case", trend.case_name},
          {"target", trend.target},
          {"points", array_of(trend.points, point_json)},
          {"breaks", array_of(trend.breaks, break_json)},
          {"changes", array_of(trend.changes, change_json)}};
}

Json mean_json(const RecordedMean& mean) {
  return {{"target", mean.target}, {"cases", mean.cases}, {"geometric_mean", nine_digits(mean.ratio)}};
}

Json run_json(const RecordedRun& run) {
  std::set<std::string_view> cases;
  for (const RecordedSeries& series : run.series) cases.insert(series.case_name);
  return {{"session", run.session},
          {"started", run.started},
          {"ended", run.ended},
          {"stop_reason", run.stop_reason},
          {"command", run.command},
          {"baseline", run.baseline},
          {"quick", run.quick},
          {"version", run.version},
          {"commit", run.commit},
          {"dirty", run.dirty},
          {"build_id", run.build_id},
          {"compiler", run.compiler},
          {"machine_id", run.machine_id},
          {"cpu", run.cpu},
          {"os", run.os},
          {"cases", cases.size()},
          {"overall", array_of(run.means, mean_json)}};
}

}  // namespace

std::string trends_json(const std::vector<CaseTrend>& trends) {
  return text_of(
      {{"schema", "m1bench-trends"}, {"schema_version", kSchemaVersionOfTrends}, {"trends", array_of(trends, trend_json)}});
}

std::string history_json(const std::vector<RecordedRun>& runs) {
  return text_of({{"schema", "m1bench-history"}, {"schema_version", kSchemaVersionOfTrends}, {"runs", array_of(runs, run_json)}});
}

}  // namespace m1bench
