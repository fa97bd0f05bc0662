// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "analysis/summary.hpp"

namespace m1bench {

// For each other target a chart of its ratios as a Mermaid code block, which GitHub draws: a bar for each case, bounds apart, in
// the table's order; of more than kMostBars cases those that differ most from 1. From 10x on the bars are the logarithm, for the
// chart has no such axis, and the axis says so. "" for targets with fewer than two ratios. Names lose what Mermaid or Markdown
// could take for anything but text.
std::string ratio_charts(const Summary& summary);

inline constexpr int kMostBars = 30;

}  // namespace m1bench
