// SPDX-License-Identifier: Apache-2.0
#include "report/profile_json.hpp"

#include "report/json_values.hpp"

namespace m1bench {
namespace {

// Ends of an interval only where there is one.
Json ratio_json(const std::optional<Estimate>& ratio) {
  if (!ratio) return nullptr;
  const bool interval = ratio->half_width.has_value();
  return {{"value", nine_digits(ratio->ratio())},
          {"low", interval ? Json(nine_digits(ratio->low())) : Json(nullptr)},
          {"high", interval ? Json(nine_digits(ratio->high())) : Json(nullptr)},
          {"blocks", ratio->blocks}};
}

Json operation_json(const ProfiledOperation& operation) {
  return {{"name", operation.name},
          {"kind", operation.kind},
          {"pass", operation.kind == kOtherOperation ? Json(nullptr) : Json(names_of(operation.pass)[static_cast<std::size_t>(operation.pass)])},
          {"dtype", operation.dtype},
          {"flop", operation.flop},
          {"bytes", operation.bytes}};
}

Json seen_json(const ProfiledOperation& operation, const OperationProfile& seen) {
  const auto rate = rate_of(operation, seen);
  return {{"time_s", or_null(seen.seconds)},
          {"share", or_null(seen.share)},
          {"flop_per_s", operation.flop > 0 ? or_null(rate) : Json(nullptr)},
          {"bytes_per_s", operation.flop > 0 ? Json(nullptr) : or_null(rate)},
          {"share_of_bound", or_null(seen.share_of_bound)},
          {"ratio", ratio_json(seen.ratio)},
          {"extra_s", or_null(seen.extra_s)},
          {"block_s", array_of(seen.block_s, nine_digits)}};
}

Json target_json(const Profile& profile, const TargetProfile& target) {
  Json operations = Json::array();
  for (std::size_t i = 0; i < target.operations.size(); ++i) operations.push_back(seen_json(profile.operations[i], target.operations[i]));
  return {{"target", target.target},
          {"blocks", target.blocks},
          {"loop_s", or_null(target.loop_s)},
          {"ratio", ratio_json(target.ratio)},
          {"profiling_cost", ratio_json(target.observing)},
          {"expected_cost", nine_digits(target.expected_cost)},
          {"observe_every", target.observe_every},
          {"max_rss_bytes", target.max_rss_bytes ? Json(*target.max_rss_bytes) : Json(nullptr)},
          {"allocations", nine_digits(target.allocations)},
          {"allocated_bytes", nine_digits(target.allocated_bytes)},
          {"temporary_bytes", target.temporary_bytes ? Json(*target.temporary_bytes) : Json(nullptr)},
          {"operations", std::move(operations)},
          {"order", target.order}};
}

}  // namespace

std::string profile_json(const Run& run, const Profile& profile) {
  const Json document{{"schema", "m1bench-profile"},
                      {"schema_version", kProfileSchemaVersion},
                      {"tool_version", run.tool.version},
                      {"build_id", run.tool.build_id},
                      {"started", run.session.started},
                      {"case", profile.case_name},
                      {"threads", profile.threads},
                      {"seed", run.session.seed},
                      {"quick", run.session.quick},
                      {"baseline", profile.baseline},
                      {"operations", array_of(profile.operations, operation_json)},
                      {"targets", array_of(profile.targets, [&](const TargetProfile& target) { return target_json(profile, target); })},
                      {"warnings", array_of(profile.warnings, warning_json)}};
  return text_of(document);
}

}  // namespace m1bench
