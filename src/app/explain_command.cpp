// SPDX-License-Identifier: Apache-2.0
#include "app/commands.hpp"
#include "app/console.hpp"
#include "app/run_folder.hpp"
#include "report/explain.hpp"

namespace m1bench {

int explain_command(const Options& options) {
  const ExplainFormat& format = explain_format_named(options.format);
  const Run run = load_run(options.file);
  const Explanation explanation = explain(run, {options.patterns, options.report_target});
  print(format.write({run, explanation}, terminal_style(options.color)));
  return 0;
}

}  // namespace m1bench
