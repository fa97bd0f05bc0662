// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "analysis/trends.hpp"
#include "report/terminal.hpp"

namespace m1bench {

// For each case and target: a sparkline of its ratios with `|` where it changed and `/` where the series broke, the latest
// ratio, and a line for each change and break, the latest first. As many runs as fit the width.
std::string trends_text(const std::vector<CaseTrend>& trends, const TerminalStyle& style);

}  // namespace m1bench
