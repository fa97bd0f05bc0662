// SPDX-License-Identifier: Apache-2.0
#include "analysis/comparison.hpp"
#include "app/commands.hpp"
#include "app/console.hpp"
#include "app/gate.hpp"
#include "app/run_folder.hpp"
#include "m1bench/core/error.hpp"
#include "platform/files.hpp"
#include "platform/terminal.hpp"
#include "report/comparison_formats.hpp"
#include "report/formats.hpp"

namespace m1bench {

namespace {

bool to_file(const Options& options) { return !options.out.empty() && options.out != "-"; }

// Colour only where somebody looks at it.
TerminalStyle style_of(const Options& options) {
  return terminal_style(to_file(options) && options.color == "auto" ? "never" : options.color);
}

void write(const std::string& text, const Options& options) {
  if (to_file(options)) {
    write_file_atomic(options.out, text);
  } else {
    print(text);
  }
}

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
  if (format.binary && !to_file(options) && is_terminal(kStandardOutput)) {
    throw Error(ErrorKind::usage, "--format " + options.format + " is no text; write it to a file with -o FILE");
  }
  const Run run = load_run(options.file);
  if (has_sides(run) && is_for_people(options.format)) {
    const Comparison comparison = compare_sides(run, gate_options(options));
    write(comparison_format_named(options.format).write(comparison, {&run, &run}, {style_of(options), true}), options);
    return 0;
  }
  write(format.write(run, {style_of(options), options.report_target}), options);
  return 0;
}

}  // namespace m1bench
