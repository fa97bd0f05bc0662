// SPDX-License-Identifier: Apache-2.0
#include "analysis/gate_decision.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <string>

#include "stats/distributions.hpp"
#include "stats/multiple.hpp"

namespace m1bench {
namespace {

ErrorTerm error_of(const Estimate& estimate, bool looked) {
  return {*estimate.standard_error * (looked ? kLooking : 1), estimate.degrees};
}

// P(no slower than `margin`) where nothing is left to chance: blocks that agree to the last bit.
double certain_p(double log_change, double margin) { return log_change > margin ? 0 : 1; }

Decision decision_on(const Change& change, double least_s) {
  if (!change.p) return Decision::unsure;
  const double loop_s = change.base_loop_s.value_or(0);
  const bool slower = *change.adjusted_p < kGateLevel && loop_s * std::expm1(*change.log_change) >= least_s;
  if (slower) return Decision::regressed;
  if (loop_s * std::expm1(*change.upper) < least_s) return Decision::ok;
  return *change.upper < std::log1p(std::min(change.margin, kWidestMargin)) ? Decision::ok : Decision::unsure;
}

}  // namespace

std::string_view name_of(Decision decision) {
  static constexpr std::array<std::string_view, 5> kNames = {"ok", "regressed", "unsure", "missing", "wrong"};
  return kNames[static_cast<std::size_t>(decision)];
}

std::optional<Evidence> evidence_of_blocks(const Estimate& head_to_base, bool looked) {
  if (!head_to_base.standard_error) return std::nullopt;
  return Evidence{head_to_base.log_ratio, error_of(head_to_base, looked)};
}

std::optional<Evidence> evidence_of_sessions(const Estimate& base, const Estimate& head, const ErrorTerm& session) {
  if (!base.standard_error || !head.standard_error) return std::nullopt;
  const std::array<ErrorTerm, 3> terms = {error_of(base, true), error_of(head, true),
                                          {std::numbers::sqrt2 * session.standard_error, session.degrees}};
  return Evidence{head.log_ratio - base.log_ratio, sum_of_errors(terms)};
}

double raised_margin(double margin, std::optional<double> control_half_width) {
  return control_half_width ? std::max(margin, std::expm1(2 * *control_half_width)) : margin;
}

void weigh(const std::optional<Evidence>& evidence, Change& change) {
  if (!evidence) {
    change.cause = "an interval needs " + std::to_string(kMinBlocks) + " blocks of base and head each";
    change.remedy = "measure longer, with a larger --time-budget";
    return;
  }
  const auto [error, degrees] = evidence->error;
  const double log_change = evidence->log_change, margin = std::log1p(change.margin);
  change.log_change = log_change;
  change.half_width = student_t_quantile(0.975, degrees) * error;
  change.upper = log_change + student_t_quantile(1 - kGateLevel, degrees) * error;
  change.p = error > 0 ? student_t_upper_tail((log_change - margin) / error, degrees) : certain_p(log_change, margin);
}

void decide(const std::vector<Change*>& family, double least_s) {
  std::vector<Change*> tested;
  std::vector<double> p_values;
  for (Change* change : family) {
    if (!change->p) continue;
    tested.push_back(change);
    p_values.push_back(*change->p);
  }
  const std::vector<double> adjusted = holm(p_values);
  for (std::size_t i = 0; i < tested.size(); ++i) tested[i]->adjusted_p = adjusted[i];
  for (Change* change : family) change->decision = decision_on(*change, least_s);
}

}  // namespace m1bench
