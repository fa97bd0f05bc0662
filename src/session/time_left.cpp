// SPDX-License-Identifier: Apache-2.0
#include "session/time_left.hpp"

#include <algorithm>
#include <cmath>

namespace m1bench {

int blocks_to_come(int blocks, double width, const Limits& limits) {
  double all = limits.min_blocks;
  if (std::isfinite(width)) all = std::max(all, std::ceil(blocks * width * width));
  return std::max(0, static_cast<int>(std::min<double>(all, limits.max_blocks)) - blocks);
}

TimeLeft time_left(std::span<const Foreseen> foreseen, double stretch, double most_s) {
  TimeLeft left;
  for (const Foreseen& part : foreseen) {
    const double seconds = part.block_s * part.blocks * stretch;
    left.by_target[part.target] += seconds;
    left.seconds += seconds;
  }
  if (left.seconds <= most_s) return left;
  for (auto& [target, seconds] : left.by_target) seconds *= std::max(0.0, most_s) / left.seconds;
  left.seconds = std::max(0.0, most_s);
  return left;
}

}  // namespace m1bench
