// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "analysis/comparison.hpp"
#include "report/table.hpp"

namespace m1bench {

// What a comparison comes to as a whole, the most important first, as the exit codes have it.
enum class GateOutcome { wrong, not_comparable, regressed, unsure, ok };

GateOutcome outcome_of(const Comparison& comparison);
std::string_view name_of(GateOutcome outcome);  // "wrong answers", "not comparable", "regressed", "unsure", "ok"
Tone tone_of(GateOutcome outcome);

int count_of(const Comparison& comparison, Decision decision);
int tested(const Comparison& comparison);  // how many comparisons have a p

// "REGRESSED: 2 of 22 comparisons take more than 1.05x the time of base; 1 unsure": one line, with no text from a file.
std::string headline(const Comparison& comparison);

}  // namespace m1bench
