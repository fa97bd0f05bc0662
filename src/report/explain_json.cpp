// SPDX-License-Identifier: Apache-2.0
#include "report/explain.hpp"
#include "report/json_values.hpp"

namespace m1bench {
namespace {

Json text_or_null(const std::string& text) { return text.empty() ? Json(nullptr) : Json(text); }

Json ratio_json(const Estimate& ratio) {
  const bool interval = ratio.half_width.has_value();
  return {{"ratio", nine_digits(ratio.ratio())},
          {"low", interval ? Json(nine_digits(ratio.low())) : Json(nullptr)},
          {"high", interval ? Json(nine_digits(ratio.high())) : Json(nullptr)},
          {"blocks", ratio.blocks}};
}

Json reason_json(const Reason& reason) {
  return {{"code", reason.code},
          {"kind", name_of(reason.kind)},
          {"share", or_null(reason.share)},
          {"message", reason.message},
          {"settle", text_or_null(reason.settle)}};
}

Json parting_json(const Parting& parting) {
  return {{"native", parting.native},
          {"slice_log", nine_digits(parting.slice_log)},
          {"translation_log", nine_digits(parting.translation_log)}};
}

Json target_json(const TargetExplanation& told) {
  return {{"target", told.target},
          {"state", name_of(told.state)},
          {"outcome", name_of(told.outcome)},
          {"against_baseline", told.ratio ? ratio_json(*told.ratio) : Json(nullptr)},
          {"verdict", told.verdict ? Json(name_of(*told.verdict)) : Json(nullptr)},
          {"parting", told.parting ? parting_json(*told.parting) : Json(nullptr)},
          {"unexplained", or_null(told.unexplained)},
          {"reasons", array_of(told.reasons, reason_json)}};
}

Json ceilings_json(const TargetCeilings& target) {
  Json bounds = Json::array();
  for (const auto& [name, ratio] : target.bounds) bounds.push_back({{"case", name}, {"against_baseline", ratio_json(ratio)}});
  return {{"target", target.target},
          {"bounds", std::move(bounds)},
          {"instructions", text_or_null(target.instructions)},
          {"one_number_limit", or_null(target.one_number_limit)}};
}

}  // namespace

std::string explain_json(const ExplainedRun& explained) {
  const auto case_json = [](const CaseExplanation& item) {
    return Json{{"case", item.name}, {"targets", array_of(item.targets, target_json)}};
  };
  return text_of({{"schema", "m1bench-explain"},
                  {"schema_version", 1},
                  {"session", explained.run.session.id},
                  {"tool_version", explained.run.tool.version},
                  {"baseline", explained.explanation.baseline},
                  {"quick", explained.run.session.quick},
                  {"ceilings", array_of(explained.explanation.targets, ceilings_json)},
                  {"cases", array_of(explained.explanation.cases, case_json)}});
}

}  // namespace m1bench
