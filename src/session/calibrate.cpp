// SPDX-License-Identifier: Apache-2.0
#include "session/calibrate.hpp"

#include <algorithm>
#include <cmath>

namespace m1bench {

std::optional<Death> calibrate(Worker& worker, SessionContext& context, Verification& check) {
  check.loops = 1;
  if (check.slow) return std::nullopt;
  const double wanted_s = std::max(context.limits.slot_s, context.limits.slot_ticks * context.timer_tick_s);
  constexpr std::uint64_t kMostLoops = std::uint64_t{1} << 32;  // ends the search where a clock stands still
  for (; check.loops < kMostLoops; check.loops *= 2) {
    const double start_s = context.clock->now_s();
    auto reply = worker.ask({.verb = Verb::run, .loops = check.loops}, context.limits.case_timeout_s);
    if (auto* death = std::get_if<Death>(&reply)) return *death;
    const double wall_s = std::get<Reply>(reply).wall_s;
    check.loop_s = wall_s / static_cast<double>(check.loops);
    if (wall_s < wanted_s) {
      // Twice as many take twice as long, whatever comes before each of them included.
      if (2 * (context.clock->now_s() - start_s) > context.left_s()) break;
      continue;
    }
    // Doubling overshoots by half on average; a little more than enough is enough.
    constexpr double kMargin = 1.05;
    check.loops = std::min(check.loops, static_cast<std::uint64_t>(std::ceil(kMargin * wanted_s / check.loop_s)));
    break;
  }
  return std::nullopt;
}

}  // namespace m1bench
