// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "analysis/explain_facts.hpp"

namespace m1bench {

// Room for noise between two bounds, which are measured at different times.
inline constexpr double kBoundNoise = 1.1;
// Working on one number at a time costs as many times as long as an instruction has lanes, and as much again for what goes with
// it.
inline constexpr double kBeyondOneLane = 2;
// int8 products that fall this much further behind than f32 lack the instructions that multiply and add them.
inline constexpr double kIntegerGap = 1.25;

// Fills in the legs: from the baseline to the target's slice run natively, if the run has that, and on to the target. Of a case
// told in B/s only where the arithmetic alone takes longer than the whole loop of the baseline, because memory hides it there.
void take_arithmetic(PairFacts& facts);

// How many times more numbers an instruction of `from` does than one of `to`, a fused multiplication and addition counting as
// two; at least 1. Nothing for slices that are not m1bench's.
std::optional<double> instruction_gap(const Target& from, const Target& to);

// What it costs at most to translate to code that works on one number at a time; beyond it arithmetic is done in software.
std::optional<double> one_number_limit(const Target& from, const Target& to, std::string_view dtype);

}  // namespace m1bench
