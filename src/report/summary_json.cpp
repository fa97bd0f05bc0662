// SPDX-License-Identifier: Apache-2.0
#include "report/summary_json.hpp"

#include "analysis/summary.hpp"
#include "analysis/warnings.hpp"
#include "report/json_values.hpp"
#include "report/wording.hpp"

namespace m1bench {
namespace {

Json ratio_json(const Estimate& ratio) {
  const bool interval = ratio.half_width.has_value();
  return {{"ratio", nine_digits(ratio.ratio())},
          {"low", interval ? Json(nine_digits(ratio.low())) : Json(nullptr)},
          {"high", interval ? Json(nine_digits(ratio.high())) : Json(nullptr)},
          {"log_ratio", nine_digits(ratio.log_ratio)},
          {"half_width", or_null(ratio.half_width)},
          {"blocks", ratio.blocks}};
}

Json target_json(const TargetSummary& target) {
  return {{"target", target.target},
          {"status", name_of(target.outcome)},
          {"cause", target.cause},
          {"remedy", target.remedy},
          {"blocks", target.blocks},
          {"time_s", or_null(target.loop_s)},
          {"rate", or_null(target.rate)},
          {"share_of_bound", or_null(target.share_of_bound)},
          {"against_baseline", target.ratio ? ratio_json(*target.ratio) : Json(nullptr)},
          {"verdict", target.verdict ? Json(name_of(*target.verdict)) : Json(nullptr)},
          {"loop_instructions", or_null(target.loop_instructions)},
          {"loop_energy_j", or_null(target.loop_energy_j)},
          {"instructions_ratio", or_null(target.instructions_ratio)},
          {"energy_ratio", or_null(target.energy_ratio)},
          {"performance_core_share", or_null(target.performance_core_share)}};
}

Json case_json(const CaseSummary& item) {
  Json targets = Json::array({target_json(item.baseline)});
  for (const TargetSummary& other : item.others) targets.push_back(target_json(other));
  return {{"case", item.name},
          {"rate_unit", std::string(unit_noun(item.rate_unit)) + "/s"},
          {"noise_floor", nine_digits(item.noise_floor)},
          {"control", item.control ? ratio_json(*item.control) : Json(nullptr)},
          {"targets", std::move(targets)}};
}

Json overall_json(const Overall& overall) {
  Json json = {
      {"target", overall.target}, {"cases", overall.cases}, {"geometric_mean", nullptr}, {"best", nullptr}, {"worst", nullptr}};
  if (overall.cases == 0) return json;
  json["geometric_mean"] = nine_digits(overall.ratio);
  json["best"] = {{"case", overall.best_case}, {"ratio", nine_digits(overall.best_ratio)}};
  json["worst"] = {{"case", overall.worst_case}, {"ratio", nine_digits(overall.worst_ratio)}};
  return json;
}

Json problem_json(const Problem& problem) {
  return {{"status", name_of(problem.outcome)},
          {"target", problem.target},
          {"case", problem.case_name.empty() ? Json(nullptr) : Json(problem.case_name)},
          {"cause", problem.cause},
          {"remedy", problem.remedy}};
}

}  // namespace

std::string summary_json(const Run& run) {
  const Summary summary = summarise(run);
  const Json document = {
      {"schema", "m1bench-summary"},
      {"schema_version", kSummarySchemaVersion},
      {"session", run.session.id},
      {"tool_version", run.tool.version},
      {"baseline", summary.baseline},
      {"quick", summary.quick},
      {"threads", run.session.threads},
      {"compared", summary.compared},
      {"time_spent_s", summary.time_spent_s},
      {"overall", array_of(summary.overall, overall_json)},
      {"cases", array_of(summary.cases, case_json)},
      {"problems", array_of(summary.problems, problem_json)},
      {"warnings", array_of(warnings_of(run, summary), warning_json)},
  };
  return text_of(document);
}

}  // namespace m1bench
