// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "result/model.hpp"

namespace m1bench {

// The report for an issue or a README, in GitHub-flavoured Markdown: the headline, the table, the geometric means, a chart
// of the ratios, problems, and, folded, the provenance without which nobody could repeat it.
std::string markdown_report(const Run& run);

}  // namespace m1bench
