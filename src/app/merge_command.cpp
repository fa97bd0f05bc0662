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
  print(terminal_report(run, terminal_style(options.color)));
  std::string report;
  const bool written = folder.finish(run, [&](const Run& kept) { return report = markdown_report(kept); });
  print(written ? "\nWritten: " + folder.run_file() + " and " + folder.report_file() + "\n"
                : "\nNo shard had measured anything; the run in " + folder.run_file() + " is kept.\n");
  add_to_job_summary(report, kReportInFolder);
  annotate(annotations_of(run));
  return leave(judge(run, false));
}

}  // namespace m1bench
