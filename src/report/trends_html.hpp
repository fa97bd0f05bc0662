// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "analysis/trends.hpp"

namespace m1bench {

// One page that needs nothing else: a section for each case and target with its latest ratio, its changes and breaks, and a table
// of its runs. <script type="application/json" id="trends"> holds the same as trends_json, for a chart; each section has an empty
// <div class="chart" data-trend="INDEX"> to put one into.
std::string trends_html(const std::vector<CaseTrend>& trends);

}  // namespace m1bench
