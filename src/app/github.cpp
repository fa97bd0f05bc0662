// SPDX-License-Identifier: Apache-2.0
#include "app/github.hpp"

#include "app/console.hpp"
#include "m1bench/core/error.hpp"
#include "platform/files.hpp"
#include "platform/terminal.hpp"
#include "report/github_summary.hpp"

namespace m1bench {

void add_to_job_summary(std::string_view markdown, std::string_view whole) {
  const std::string path = environment("GITHUB_STEP_SUMMARY").value_or("");
  if (path.empty() || markdown.empty()) return;
  try {
    const std::uint64_t used = file_size(path);
    const std::size_t room = used < kLargestJobSummary ? kLargestJobSummary - static_cast<std::size_t>(used) : 0;
    append_file(path, cut_report(markdown, room, whole));
  } catch (const Error& error) {
    complain(std::string(error.what()) + "; the job has no summary of this (GITHUB_STEP_SUMMARY)");
  }
}

void annotate(const std::vector<Annotation>& annotations) {
  if (environment("GITHUB_ACTIONS").value_or("") == "true") print(workflow_commands(annotations));
}

}  // namespace m1bench
