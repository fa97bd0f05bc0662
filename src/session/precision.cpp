// SPDX-License-Identifier: Apache-2.0
#include "session/precision.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "stats/block_ratio.hpp"

namespace m1bench {
namespace {

std::optional<double> log_loop_of(const Block& block, const std::string& target) {
  for (const TargetBlock& entry : block.targets) {
    if (entry.target == target) return log_loop_time(entry.wall_s, entry.loops);
  }
  return std::nullopt;
}

}  // namespace

std::optional<Estimate> ratio_so_far(const Run& run, const std::string& case_name, const std::string& target) {
  std::vector<double> differences;
  for (const Block& block : run.blocks) {
    if (block.case_name != case_name) continue;
    const auto baseline = log_loop_of(block, run.session.baseline), other = log_loop_of(block, target);
    if (baseline && other) differences.push_back(*other - *baseline);
  }
  if (differences.empty()) return std::nullopt;
  return estimate(differences);
}

double relative_width(const Run& run, const std::string& case_name, std::span<const std::string> targets, const Limits& limits) {
  // Without the baseline there is no ratio to make narrower.
  if (std::find(targets.begin(), targets.end(), run.session.baseline) == targets.end()) return 0;
  double widest = 0;
  for (const std::string& target : targets) {
    if (target == run.session.baseline) continue;
    const auto ratio = ratio_so_far(run, case_name, target);
    if (!ratio || !ratio->half_width) return std::numeric_limits<double>::infinity();
    const bool wide = std::abs(ratio->log_ratio) > std::log(limits.wide_ratio);
    widest = std::max(widest, *ratio->half_width / (wide ? limits.wide_precision : limits.precision));
  }
  return widest;
}

}  // namespace m1bench
