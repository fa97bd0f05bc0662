// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include "analysis/comparison.hpp"
#include "stats/estimate.hpp"
#include "stats/welch.hpp"

// From an estimated change to a decision.
namespace m1bench {

// The level of each one-sided test, and of the error of a whole family of them.
inline constexpr double kGateLevel = 0.05;

// However much noise a control shows, what may be this much slower is not passed as ok.
inline constexpr double kWidestMargin = 0.15;

// By how much two sessions on one machine differ in a ratio, as a standard deviation of its logarithm, beyond what the blocks
// of either show (docs/measurement.md): on a machine of its own, and in a virtual one.
inline constexpr double kSessionError = 0.005, kSessionErrorOfVm = 0.01;

// log(head / base) and how well it is known.
struct Evidence {
  double log_change = 0;
  ErrorTerm error;
};

// From the log-ratios of base and head in the same blocks. `looked`: the number of blocks was chosen by looking at them.
// Nothing below kMinBlocks.
std::optional<Evidence> evidence_of_blocks(const Estimate& head_to_base, bool looked);

// From each session's ratio to the baseline; `session`: by how much one session differs from the next, assumed or learned
// (analysis/session_spread). Nothing if either has fewer blocks than kMinBlocks.
std::optional<Evidence> evidence_of_sessions(const Estimate& base, const Estimate& head, const ErrorTerm& session);

// A margin as a share of the time, raised to what a control can tell: twice its half-width (in log), if that is more.
double raised_margin(double margin, std::optional<double> control_half_width);

// Fills log_change, half_width, upper and p of `change`, whose margin is set; without evidence its cause and remedy.
void weigh(const std::optional<Evidence>& evidence, Change& change);

// Adjusts the p of these by Holm, as one family, and decides each:
//   regressed  adjusted p(no slower than the margin) < 5 %, and at least `least_s` a loop slower by the estimate
//   ok         not slower than the margin (and than kWidestMargin), or by less than `least_s` a loop, as far as the one-sided 95 % bound says
//   unsure     else, and without a p
void decide(const std::vector<Change*>& family, double least_s);

}  // namespace m1bench
