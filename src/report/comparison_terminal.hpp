// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "report/comparison_wording.hpp"
#include "report/terminal.hpp"

namespace m1bench {

// The gate's report for people: the outcome in a line, what was compared, the table, what is missing, wrong, unlike or new,
// and what the decisions rest on. On a narrow terminal the table loses columns, then its rows are stacked.
std::string comparison_terminal(const Comparison& comparison, const ComparedRuns& runs, const TerminalStyle& style);

}  // namespace m1bench
