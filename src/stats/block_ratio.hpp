// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <span>

namespace m1bench {

// The slots of one target in one block.
struct Slots {
  std::span<const double> wall_s;
  std::uint64_t loops = 0;  // of each slot
};

// The log of a target's time per loop in one block: the median over its slots of log(wall / loops). Nothing for a block
// without usable slots (none, or one that took no time).
std::optional<double> log_loop_time(Slots slots);

// d_b, the log-ratio of the block: the median over pairs of log(own / other), the k-th slot of one with the k-th of the other.
// Slots take turns, so the two of a pair were neighbours, and what disturbed both cancels before the median is taken; that
// makes intervals narrower than the difference of two medians does (docs/measurement.md). With unlike numbers of slots there
// are no pairs, and it is that difference.
std::optional<double> log_ratio(Slots own, Slots other);

}  // namespace m1bench
