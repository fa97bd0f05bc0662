// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "analysis/recorded.hpp"
#include "stats/welch.hpp"

// By how much sessions of one build on one machine differ in a ratio, beyond what the blocks of each show, learned from a
// history.
namespace m1bench {

// Sessions that it takes; with fewer, what docs/measurement.md assumes is nearer the truth.
inline constexpr int kSessionsToLearn = 10;

// Nothing learned goes below: the least by which a ratio was seen to wander between windows of a session on quiet machines.
inline constexpr double kLeastSessionError = 0.002;

// As a standard deviation of the ratio's logarithm, and what it rests on.
struct SessionSpread {
  ErrorTerm error;
  int sessions = 0;
};

struct LearnedSpread {
  int sessions = 0;  // of this machine in the history, whether or not they were enough
  std::map<std::pair<std::string, std::string>, SessionSpread> of_case;  // case, target: those with enough sessions
  std::optional<SessionSpread> pooled;                                   // over all cases and targets
};

// What was learned for that case on that target, else for all; nullptr if there were not enough sessions.
const SessionSpread* spread_for(const LearnedSpread& learned, const std::string& case_name, const std::string& target);

// From the runs on the machine of `like`, with its baseline and its patience (--quick); `like` and `other` themselves have no
// part in it. Let theta_i be the estimate of a session and v_i the square of its standard error. Sessions form groups: one
// build_id, one case and target, and no break or change of the trend between them. With S^2 the variance within groups and v the
// mean of v_i,
//   nu      = sum over groups (sessions - 1),   S^2 = sum over groups sum (theta_i - mean)^2 / nu
//   sigma^2 = max(S^2 - v, kLeastSessionError^2)
//   degrees = sigma^4 / (S^4 / nu + v^2 / nu_v),  nu_v the sum of the degrees behind the v_i (Satterthwaite)
// For each case on a target with kSessionsToLearn sessions in groups of two and more, and pooled over all: then nu is that of
// the one with the most alone, because what moves all cases of a session alike makes them no more than one.
LearnedSpread learn_spread(const std::vector<RecordedRun>& runs, const Run& like, const Run& other);

}  // namespace m1bench
