// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "analysis/ratios.hpp"
#include "analysis/summary.hpp"

// What a loop takes beside time, from what the system counted in the blocks.
namespace m1bench {

// Energy is counted whenever the system gets to it: over less than this its counts say when that was, and nothing else.
inline constexpr double kEnergyWindow_s = 1;

// Fills in the target's counts of a loop: instructions and the share of performance cores as medians over blocks, energy over all
// blocks together, where their turns amount to kEnergyWindow_s.
void take_counters(const CaseBlocks& blocks, TargetSummary& target);

// Fills in the ratios of what both have.
void relate_counters(const TargetSummary& with, TargetSummary& target);

}  // namespace m1bench
