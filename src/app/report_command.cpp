// SPDX-License-Identifier: Apache-2.0
#include "app/commands.hpp"
#include "app/console.hpp"
#include "app/run_folder.hpp"
#include "m1bench/core/error.hpp"
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
  print(format.write(run, {terminal_style(options.color), options.report_target}));
  return 0;
}

}  // namespace m1bench
