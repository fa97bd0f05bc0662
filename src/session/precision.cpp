// SPDX-License-Identifier: Apache-2.0
#include "session/precision.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "analysis/ratios.hpp"
#include "stats/estimate.hpp"

namespace m1bench {

double relative_width(const Run& run, const std::string& case_name, std::span<const std::string> targets, const Limits& limits, int stage) {
  const CaseBlocks blocks = blocks_of_case(run, case_name, stage);
  double widest = 0;
  for (const std::string& name : targets) {
    const Target* target = find_target(run, name);
    const std::string with = target ? compared_with(run, *target) : "";
    // Without the other one there is no ratio to make narrower.
    if (std::find(targets.begin(), targets.end(), with) == targets.end()) continue;
    const std::vector<double> ratios = log_ratios(blocks, name, with);
    if (ratios.size() < kMinBlocks) return std::numeric_limits<double>::infinity();
    const Estimate ratio = estimate(ratios);
    const bool wide = std::abs(ratio.log_ratio) > std::log(limits.wide_ratio);
    widest = std::max(widest, *ratio.half_width / (wide ? limits.wide_precision : limits.precision));
  }
  return widest;
}

}  // namespace m1bench
