// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "analysis/recorded.hpp"
#include "report/terminal.hpp"

namespace m1bench {

// The runs of a history, the oldest first: when, on what, by which build, how many cases, and what they come to. A table, or a
// few lines a run where it is wider than the terminal; the machine once, if there is only one.
std::string history_list(const std::vector<RecordedRun>& runs, const TerminalStyle& style);

}  // namespace m1bench
