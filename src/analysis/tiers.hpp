// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "analysis/summary.hpp"

// What a wider instruction set is worth under one translator: a translator that splits each wide instruction into several
// gains nothing by it.
namespace m1bench {

struct TierRatio {
  std::string case_name;
  std::string lowest;   // "x86_64-v2/rosetta2"
  TargetSummary tier;   // of "x86_64-v3/rosetta2"; its ratio and verdict are against `lowest`, in the same blocks
};

// Each measured target against the lowest tier of the same architecture and translator that the run has; in the order of the
// cases, then of the targets. Empty where no two targets differ in their tier alone.
std::vector<TierRatio> tier_ratios(const Run& run, const Summary& summary);

}  // namespace m1bench
