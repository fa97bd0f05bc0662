// SPDX-License-Identifier: Apache-2.0
#include <CLI/CLI.hpp>

#include "app/cli_options.hpp"

namespace m1bench {

void add_explain_command(CLI::App& app, Options& options) {
  auto* explain = app.add_subcommand("explain",
                                     "Why each case takes longer or shorter on a target than on the baseline, from what a run "
                                     "measured, and what would tell more");
  explain->add_option("run", options.file, "A run.json, or the folder that holds it (default: the newest)")
      ->type_name("RUN.json");
  explain->add_option("cases", options.patterns, "Only these cases; * matches anything")->type_name("CASE");
  explain->add_option("--target", options.report_target, "Only this target")->type_name("TARGET");
  explain->add_option("--format", options.format, "terminal, markdown or json")
      ->type_name("terminal|markdown|json")
      ->capture_default_str();
}

}  // namespace m1bench
