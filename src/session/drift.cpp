// SPDX-License-Identifier: Apache-2.0
#include "session/drift.hpp"

#include <cmath>
#include <vector>

#include "stats/robust.hpp"

namespace m1bench {

bool drifted(std::span<const Block> blocks, const Limits& limits) {
  if (blocks.empty() || !blocks.back().canary_s) return false;
  std::vector<double> canaries;
  double repeats = 1;  // with the one in question
  for (const Block& block : blocks) {
    if (block.canary_s) canaries.push_back(*block.canary_s);
    repeats += block.superseded;
  }
  if (static_cast<int>(canaries.size()) < limits.canaries) return false;
  if (repeats > limits.repeat_share * static_cast<double>(blocks.size())) return false;
  return std::abs(canaries.back() / median(canaries) - 1) > limits.drift;
}

}  // namespace m1bench
