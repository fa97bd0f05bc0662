// SPDX-License-Identifier: Apache-2.0
#include "session/time_left.hpp"

#include <algorithm>
#include <cmath>
#include <functional>

namespace m1bench {

int blocks_to_come(int blocks, double width, const Limits& limits) {
  double all = limits.min_blocks;
  if (std::isfinite(width)) all = std::max(all, std::ceil(blocks * width * width));
  return std::max(0, static_cast<int>(std::min<double>(all, limits.max_blocks)) - blocks);
}

namespace {

// What of `most_s` is filled with whole blocks. Which case each of the last ones is of, nobody knows before: the longest that fits.
double filled_s(std::span<const Foreseen> foreseen, double stretch, double most_s) {
  struct Blocks {
    double seconds = 0;  // of all of them together
    int count = 0;
  };
  std::map<std::string, Blocks> of_case;
  for (const Foreseen& part : foreseen) {
    Blocks& blocks = of_case[part.case_name];
    blocks.seconds += part.block_s * part.blocks * stretch;
    blocks.count = std::max(blocks.count, part.blocks);
  }
  std::multimap<double, int, std::greater<>> longest_first;
  for (const auto& [name, blocks] : of_case) {
    if (blocks.seconds > 0) longest_first.emplace(blocks.seconds / blocks.count, blocks.count);
  }
  double left_s = std::max(0.0, most_s);
  for (const auto& [block_s, count] : longest_first) left_s -= block_s * std::min<double>(count, std::floor(left_s / block_s));
  return std::max(0.0, most_s) - left_s;
}

}  // namespace

TimeLeft time_left(std::span<const Foreseen> foreseen, double stretch, double most_s) {
  TimeLeft left;
  for (const Foreseen& part : foreseen) {
    const double seconds = part.block_s * part.blocks * stretch;
    left.by_target[part.target] += seconds;
    left.seconds += seconds;
  }
  if (left.seconds <= most_s) return left;
  const double filled = filled_s(foreseen, stretch, most_s);
  for (auto& [target, seconds] : left.by_target) seconds *= filled / left.seconds;
  left.seconds = filled;
  return left;
}

}  // namespace m1bench
