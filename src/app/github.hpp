// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "report/annotations.hpp"

// What a job of GitHub Actions shows beside its log. Nothing happens outside of one.
namespace m1bench {

// Adds a report to the summary of the step, the file $GITHUB_STEP_SUMMARY, as far as GitHub shows it; `whole` says where all of
// it is. If it cannot be written, that is complained of and nothing else.
void add_to_job_summary(std::string_view markdown, std::string_view whole);

// Where the whole report of a command that measures is.
inline constexpr std::string_view kReportInFolder = "`report.md`, in the folder that `--output` names";

// Prints the annotations if $GITHUB_ACTIONS is "true".
void annotate(const std::vector<Annotation>& annotations);

}  // namespace m1bench
