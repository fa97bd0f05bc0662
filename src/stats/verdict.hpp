// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "stats/estimate.hpp"

namespace m1bench {

enum class Verdict { slower, faster, same, unsure };

std::string_view name_of(Verdict verdict);

// Differences below this share cannot be told from those between two copies of one program, unless a control says better.
inline constexpr double kNoiseFloor = 0.005;

// What may be called the same time, where the noise floor is lower.
inline constexpr double kSameMargin = 0.01;

// Slower or faster where the whole interval lies beyond the noise floor; same where the whole interval lies within the larger
// of kSameMargin and the noise floor; else, and without an interval, unsure. Margins are shares of the time, taken in log
// both ways, so that swapping target and baseline swaps slower and faster and changes nothing else.
Verdict verdict_of(const Estimate& estimate, double noise_floor = kNoiseFloor);

}  // namespace m1bench
