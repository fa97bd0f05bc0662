// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "report/comparison_wording.hpp"

namespace m1bench {

// The gate's report for a pull request, in GitHub-flavoured Markdown.
std::string comparison_markdown(const Comparison& comparison, const ComparedRuns& runs);

}  // namespace m1bench
