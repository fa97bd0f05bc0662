// SPDX-License-Identifier: Apache-2.0
#include "report/comparison_json.hpp"

#include <cmath>

#include "report/json_values.hpp"

namespace m1bench {
namespace {

std::string_view name_of(Pairing pairing) {
  return pairing == Pairing::blocks ? "blocks" : pairing == Pairing::same ? "same" : "sessions";
}

std::optional<double> exp_of(const std::optional<double>& log) { return log ? std::optional(std::exp(*log)) : std::nullopt; }

// Both ends of the interval, where there is one.
std::optional<double> end_of(const Change& change, double side) {
  if (!change.log_change || !change.half_width) return std::nullopt;
  return std::exp(*change.log_change + side * *change.half_width);
}

Json change_json(const Change& change) {
  return {{"case", change.case_name},
          {"target", change.target},
          {"decision", name_of(change.decision)},
          {"confirmed", change.confirmed},
          {"cause", change.cause},
          {"remedy", change.remedy},
          {"margin", nine_digits(change.margin)},
          {"base_time_s", or_null(change.base_loop_s)},
          {"head_time_s", or_null(change.head_loop_s)},
          {"change", or_null(exp_of(change.log_change))},
          {"low", or_null(end_of(change, -1))},
          {"high", or_null(end_of(change, 1))},
          {"upper", or_null(exp_of(change.upper))},
          {"log_change", or_null(change.log_change)},
          {"half_width", or_null(change.half_width)},
          {"p", or_null(change.p)},
          {"adjusted_p", or_null(change.adjusted_p)},
          {"base_blocks", change.base_blocks},
          {"head_blocks", change.head_blocks}};
}

Json run_json(const Run& run, std::string_view side) {
  const Hello* build = build_of(run, side);
  return {{"session", run.session.id},
          {"started", run.session.started},
          {"tool_version", run.tool.version},
          {"commit", run.tool.commit},
          {"build_id", build ? build->build_id : run.tool.build_id},
          {"baseline", run.session.baseline},
          {"quick", run.session.quick},
          {"warnings", array_of(gate_warnings(run), warning_json)}};
}

Json difference_json(const Difference& row) { return {{"field", row.field}, {"base", row.base}, {"head", row.head}}; }

Json spread_json(const SpreadUsed& spread) {
  return {{"learned", spread.learned_from > 0},
          {"sessions", spread.sessions},
          {"learned_from", spread.learned_from},
          {"pooled", spread.pooled},
          {"least", nine_digits(spread.least)},
          {"most", nine_digits(spread.most)}};
}

Json document_of(const Comparison& comparison, const ComparedRuns& runs) {
  return {
      {"schema", "m1bench-comparison"},
      {"schema_version", kComparisonSchemaVersion},
      {"outcome", name_of(outcome_of(comparison))},
      {"headline", headline(comparison)},
      {"pairing", name_of(comparison.pairing)},
      {"base", run_json(*runs.base, "base")},
      {"head", run_json(*runs.head, "head")},
      {"margin", nine_digits(comparison.margin)},
      {"control_half_width", or_null(comparison.control_half_width)},
      {"tested", tested(comparison)},
      {"adjustment", "holm"},
      {"forced", comparison.forced},
      {"unlike", array_of(comparison.unlike, difference_json)},
      {"changes", array_of(comparison.changes, change_json)},
      {"only_in_head", comparison.only_in_head},
      {"absolute", array_of(comparison.absolute, change_json)},
      {"notes", notes(comparison)},
  };
}

}  // namespace

std::string comparison_json(const Comparison& comparison, const ComparedRuns& runs) {
  Json document = document_of(comparison, runs);
  if (comparison.spread) document["session_spread"] = spread_json(*comparison.spread);
  return text_of(document);
}

}  // namespace m1bench
