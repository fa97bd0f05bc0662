// SPDX-License-Identifier: Apache-2.0
#include "analysis/merge.hpp"
#include "analysis/warnings.hpp"
#include "app/commands.hpp"
#include "app/console.hpp"
#include "app/exit_code.hpp"
#include "app/judgement.hpp"
#include "app/run_folder.hpp"
#include "m1bench/core/text.hpp"
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
  const std::vector<std::string> files = folder.finish(run, usual_reports(markdown_report));
  print(files.empty() ? "\nNo shard had measured anything; the run in " + folder.run_file() + " is kept.\n"
                      : "\nWritten: " + join_words(files) + "\n");
  return leave(judge(run, false));
}

}  // namespace m1bench
