// SPDX-License-Identifier: Apache-2.0
#include "session/turn_counters.hpp"

#include <algorithm>
#include <cmath>

namespace m1bench {
namespace {

constexpr int kFewTurns = 3;

template <class T>
void add(std::optional<T>& sum, const std::optional<T>& more, bool first) {
  if (first) sum = more;
  else sum = sum && more ? std::optional<T>(*sum + *more) : std::nullopt;
}

// A turn of n loops takes R + n L and the single request R + L, so the loops' own part is that of n L.
std::optional<std::uint64_t> of_loops(const std::optional<std::uint64_t>& sum, const std::optional<std::uint64_t>& single,
                                      std::uint64_t loops, std::uint64_t turns) {
  if (!sum || !single || loops <= turns) return sum;
  const auto all = static_cast<double>(*sum), turn_count = static_cast<double>(turns), loop_count = static_cast<double>(loops);
  const double own = (all - turn_count * static_cast<double>(*single)) * loop_count / (loop_count - turn_count);
  return own > 0 && own <= all ? std::optional(static_cast<std::uint64_t>(std::llround(own))) : sum;
}

}  // namespace

bool turn_counts(int turn, int turns) { return turns < kFewTurns || (turn > 0 && turn + 1 < turns); }

void TurnCounters::add_turn(const ProcessCounters& counted, std::uint64_t loops, double wall_s) {
  const bool first = turns_++ == 0;
  add(sum_.instructions, counted.instructions, first);
  add(sum_.cycles, counted.cycles, first);
  add(sum_.energy_j, counted.energy_j, first);
  add(sum_.cpu_s, counted.cpu_s, first);
  add(sum_.performance_cpu_s, counted.performance_cpu_s, first);
  sum_.peak_footprint_bytes = std::max(sum_.peak_footprint_bytes, counted.peak_footprint_bytes);
  loops_ += loops;
  wall_s_ += wall_s;
}

std::optional<Counters> TurnCounters::result() const {
  if (sum_.empty() || loops_ == 0) return std::nullopt;
  Counters counters;
  counters.loops = loops_;
  counters.wall_s = wall_s_;
  counters.instructions = of_loops(sum_.instructions, single_.instructions, loops_, turns_);
  counters.cycles = of_loops(sum_.cycles, single_.cycles, loops_, turns_);
  counters.energy_j = sum_.energy_j;
  if (sum_.cpu_s && *sum_.cpu_s > 0 && sum_.performance_cpu_s) {
    counters.performance_core_share = std::min(1.0, *sum_.performance_cpu_s / *sum_.cpu_s);
  }
  counters.peak_footprint_bytes = sum_.peak_footprint_bytes;
  return counters;
}

}  // namespace m1bench
