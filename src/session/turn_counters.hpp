// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>

#include "platform/counters.hpp"
#include "result/model.hpp"

namespace m1bench {

// Whether what is counted in a worker's turn `turn` (from 0) of `turns` is what its loops take. In the first it sets up what it
// times with, in the last it reads its answer once more; who has few turns has long ones, in which neither shows.
bool turn_counts(int turn, int turns);

// What the system counts for one worker while it answers requests of a block.
class TurnCounters {
 public:
  // A turn of `loops` loops, untimed ones included, for which the driver waited `wall_s`.
  void add_turn(const ProcessCounters& counted, std::uint64_t loops, double wall_s);
  // A request of one loop. What it takes beyond its loop, every turn takes as well.
  void add_single(const ProcessCounters& counted) { single_ = counted; }

  // The sums, less what requests took where that is known; energy is too coarse for that. Nothing if nothing was counted in
  // any turn; a count that was missing in one of them is missing.
  std::optional<Counters> result() const;

 private:
  ProcessCounters sum_, single_;
  std::uint64_t loops_ = 0;
  double wall_s_ = 0;
  std::uint64_t turns_ = 0;
};

}  // namespace m1bench
