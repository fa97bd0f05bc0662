// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "result/model.hpp"

namespace m1bench {

struct TerminalStyle {
  int width = 80;
  bool color = false;  // off: not one escape sequence
};

// The report for people: the table, the geometric means, what could not be compared and why, warnings, and what the numbers
// rest on. On a narrow terminal the table loses columns, then its rows are stacked; words are never broken.
std::string terminal_report(const Run& run, const TerminalStyle& style);

}  // namespace m1bench
