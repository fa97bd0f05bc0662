// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <string>

#include "result/model.hpp"
#include "session/limits.hpp"
#include "stats/estimate.hpp"

namespace m1bench {

// The ratio of one target to the baseline over the blocks of a case so far; nothing if no block has both.
std::optional<Estimate> ratio_so_far(const Run& run, const std::string& case_name, const std::string& target);

// How far the widest interval of these targets' ratios is from the precision wanted: 1 or less is narrow enough. Infinite
// where there are fewer blocks than an interval needs; 0 where there is nothing to compare.
double relative_width(const Run& run, const std::string& case_name, std::span<const std::string> targets, const Limits& limits);

}  // namespace m1bench
