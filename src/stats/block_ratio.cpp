// SPDX-License-Identifier: Apache-2.0
#include "stats/block_ratio.hpp"

#include <cmath>
#include <vector>

#include "stats/robust.hpp"

namespace m1bench {
namespace {

// Empty where any slot is unusable.
std::vector<double> log_loop_times(Slots slots) {
  std::vector<double> logs;
  if (slots.loops == 0) return logs;
  for (const double wall : slots.wall_s) {
    const double loop_s = wall / static_cast<double>(slots.loops);
    if (!(loop_s > 0)) return {};  // also one that is too short for a number
    logs.push_back(std::log(loop_s));
  }
  return logs;
}

}  // namespace

std::optional<double> log_loop_time(Slots slots) {
  const std::vector<double> logs = log_loop_times(slots);
  return logs.empty() ? std::nullopt : std::optional(median(logs));
}

std::optional<double> log_ratio(Slots own, Slots other) {
  std::vector<double> logs = log_loop_times(own);
  const std::vector<double> others = log_loop_times(other);
  if (logs.empty() || others.empty()) return std::nullopt;
  if (logs.size() != others.size()) return median(logs) - median(others);
  for (std::size_t k = 0; k < logs.size(); ++k) logs[k] -= others[k];
  return median(logs);
}

}  // namespace m1bench
