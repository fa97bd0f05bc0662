// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <span>

namespace m1bench {

// The log of a target's time per loop in one block: the median over its slots of log(wall / loops). Nothing for a block
// without usable slots (none, or one that took no time). The difference of two of these is the block's log-ratio d_b.
std::optional<double> log_loop_time(std::span<const double> wall_s, std::uint64_t loops);

}  // namespace m1bench
