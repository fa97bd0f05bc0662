// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <vector>

#include "analysis/trends.hpp"
#include "report/page_files.hpp"

namespace m1bench {

// One page that needs nothing else: a table of all cases and targets, and a section for each with its latest ratio, its changes
// and breaks, a chart and a table of its runs. All but the charts is there without scripts. `files`: report/html_page.hpp.
// About 0.5 MB, and 0.6 KB a run in each section.
std::string trends_html(const std::vector<CaseTrend>& trends, std::span<const PageFile> files);

}  // namespace m1bench
