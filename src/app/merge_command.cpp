// SPDX-License-Identifier: Apache-2.0
#include "analysis/merge.hpp"
#include "analysis/warnings.hpp"
#include "app/commands.hpp"
#include "app/console.hpp"
#include "app/exit_code.hpp"
#include "app/github.hpp"
#include "app/judgement.hpp"
#include "app/run_folder.hpp"
#include "platform/clock.hpp"
#include "report/markdown.hpp"
#include "report/terminal.hpp"

namespace m1bench {

int merge_command(const Options& options) {
  std::vector<Run> shards;
  for (const std::string& file : options.files) shards.push_back(load_run(file));
  Run run = merge_runs(shards);
  run.warnings = warnings_of(run, summarise(run));
  RunFolder folder(options.out.empty() ? default_run_folder(utc_timestamp()) : options.out, options.force, run);
  const auto write = [&] {
    std::string report;
    const auto markdown = [&](const Run& kept) { return report = markdown_report(kept); };
    std::string files = files_text(folder.finish(run, usual_reports(markdown)), folder, "No shard had measured anything");
    add_to_job_summary(report, kReportInFolder);
    return files;
  };
  write_and_print(write, [&] { return terminal_report(run, terminal_style(options.color)); });
  annotate(annotations_of(run));
  return leave(judge(run, false));
}

}  // namespace m1bench
