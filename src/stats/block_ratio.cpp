// SPDX-License-Identifier: Apache-2.0
#include "stats/block_ratio.hpp"

#include <cmath>
#include <vector>

#include "stats/robust.hpp"

namespace m1bench {

std::optional<double> log_loop_time(std::span<const double> wall_s, std::uint64_t loops) {
  if (wall_s.empty() || loops == 0) return std::nullopt;
  std::vector<double> logs;
  for (const double wall : wall_s) {
    const double loop_s = wall / static_cast<double>(loops);
    if (!(loop_s > 0)) return std::nullopt;  // also one that is too short for a number
    logs.push_back(std::log(loop_s));
  }
  return median(logs);
}

}  // namespace m1bench
