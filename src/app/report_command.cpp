// SPDX-License-Identifier: Apache-2.0
#include "analysis/comparison.hpp"
#include "app/commands.hpp"
#include "app/console.hpp"
#include "app/gate.hpp"
#include "app/run_folder.hpp"
#include "m1bench/core/error.hpp"
#include "report/comparison_formats.hpp"
#include "report/formats.hpp"

namespace m1bench {

int report_command(const Options& options) {
  const Format& format = format_named(options.format);
  if (format.needs_target && options.report_target.empty()) {
    throw Error(ErrorKind::usage, "--format " + options.format + " tells of one target; name it with --target");
  }
  if (!format.needs_target && !options.report_target.empty()) {
    throw Error(ErrorKind::usage, "--format " + options.format + " tells of every target; leave --target out");
  }
  const Run run = load_run(options.file);
  // What a run of `ab` was for is the gate's decision, in the formats that people read.
  if (has_sides(run) && (options.format == "terminal" || options.format == "markdown")) {
    print(comparison_format_named(options.format).write(compare_sides(run, gate_options(options)), {&run, &run}, {terminal_style(options.color), true}));
    return 0;
  }
  print(format.write(run, {terminal_style(options.color), options.report_target}));
  return 0;
}

}  // namespace m1bench
