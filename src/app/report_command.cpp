// SPDX-License-Identifier: Apache-2.0
#include "analysis/comparison.hpp"
#include "app/commands.hpp"
#include "app/gate.hpp"
#include "app/output.hpp"
#include "app/run_folder.hpp"
#include "m1bench/core/error.hpp"
#include "platform/terminal.hpp"
#include "report/comparison_formats.hpp"
#include "report/formats.hpp"

namespace m1bench {
namespace {

// What a run of `ab` was for is the gate's decision, in the formats that people read.
bool is_for_people(const std::string& format) { return format == "terminal" || format == "markdown" || format == "junit"; }

}  // namespace

int report_command(const Options& options) {
  const Format& format = format_named(options.format);
  if (format.needs_target && options.report_target.empty()) {
    throw Error(ErrorKind::usage, "--format " + options.format + " tells of one target; name it with --target");
  }
  if (!format.needs_target && !options.report_target.empty()) {
    throw Error(ErrorKind::usage, "--format " + options.format + " tells of every target; leave --target out");
  }
  if (format.binary && !to_file(options.out) && is_terminal(kStandardOutput)) {
    throw Error(ErrorKind::usage, "--format " + options.format + " is no text; write it to a file with -o FILE");
  }
  const Run run = load_run(options.file);
  const TerminalStyle style = output_style(options.out, options.color);
  if (has_sides(run) && is_for_people(options.format)) {
    const Comparison comparison = compare_sides(run, gate_options(options));
    write_output(options.out, comparison_format_named(options.format).write(comparison, {&run, &run}, {style, true}));
    return 0;
  }
  write_output(options.out, format.write(run, {style, options.report_target}));
  return 0;
}

}  // namespace m1bench
