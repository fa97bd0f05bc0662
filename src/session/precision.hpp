// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>

#include "result/model.hpp"
#include "session/limits.hpp"

namespace m1bench {

// How far the widest interval of these targets' ratios, each to the target it is compared with, over the blocks of a stage is from the precision wanted: 1 or less is narrow enough. Infinite
// where there are fewer blocks than an interval needs; 0 where there is nothing to compare.
double relative_width(const Run& run, const std::string& case_name, std::span<const std::string> targets, const Limits& limits,
                      int stage = 1);

}  // namespace m1bench
