// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "analysis/explain.hpp"

// What the explanation reads like in every format for people. Plain text that quotes names from a file: escape it.
namespace m1bench {

// "takes 2.86x the time [2.84, 2.89], slower"; of a case without a ratio "no ratio"
std::string told_ratio(const TargetExplanation& told, bool quick);

// "66 % instruction-set (arithmetic 2.37 ms -> 5.72 ms), 34 % unexplained"
std::string why_text(const TargetExplanation& told);

// "bound/f32 takes 2.32x the time, bound/triad 0.947x; 4 f32 at once ..."; "" where nothing is known
// Instead of what could be told, where no case has a ratio on any target; else "".
std::string nothing_text(const Explanation& explanation);

std::string ceilings_text(const TargetCeilings& target);

// "exponential 4, software-arithmetic 15 and unexplained 3 of 22 cases": what explains most of each, the commonest first
std::string mostly_text(const Explanation& explanation, const std::string& target);

struct Line {
  std::string text, command;  // "matmul/f32/64: ...", "m1bench run ..." or ""
};
std::vector<Line> anomaly_lines(const Explanation& explanation);
// What would tell more, one for each kind of fact that is missing.
std::vector<Line> settling_lines(const Explanation& explanation);
// "instruction-set: its instructions do less at once", for each code that was used.
std::vector<std::string> legend_lines(const Explanation& explanation);

}  // namespace m1bench
