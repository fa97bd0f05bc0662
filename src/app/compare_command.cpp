// SPDX-License-Identifier: Apache-2.0
#include "analysis/comparison.hpp"
#include "app/commands.hpp"
#include "app/console.hpp"
#include "app/exit_code.hpp"
#include "app/gate.hpp"
#include "app/github.hpp"
#include "app/judgement.hpp"
#include "app/run_folder.hpp"
#include "history/history.hpp"
#include "m1bench/core/error.hpp"
#include "report/comparison_formats.hpp"
#include "report/comparison_markdown.hpp"

namespace m1bench {
namespace {

int show(const Comparison& comparison, const ComparedRuns& runs, const ComparisonFormat& format, const Options& options) {
  print(format.write(comparison, runs, {terminal_style(options.color), options.unsure == "fail"}));
  // Another format is for a program or a file: neither is to be told of annotations, and what is done with it is its business.
  if (options.format == "terminal") {
    add_to_job_summary(comparison_markdown(comparison, runs), "what `m1bench compare --format markdown` prints");
    annotate(annotations_of(comparison));
  }
  return leave(judge(comparison, options));
}

int compare_one(const ComparisonFormat& format, const Options& options) {
  const Run run = load_run(options.files.front());
  if (!has_sides(run)) {
    throw Error(ErrorKind::usage, "'" + options.files.front() + "' is no run of `m1bench ab`, which alone holds base and head; "
                                  "name a second run to compare it with");
  }
  if (!options.learn_from.empty()) {
    throw Error(ErrorKind::usage, "--history tells how far apart two sessions are, and a run of `m1bench ab` is one; leave it out");
  }
  return show(compare_sides(run, gate_options(options)), {&run, &run}, format, options);
}

int compare_two(const ComparisonFormat& format, const Options& options) {
  const Run base = load_run(options.files.front()), head = load_run(options.files.back());
  GateOptions gate = gate_options(options);
  if (!options.learn_from.empty()) {
    History history = History::to_read(options.learn_from);
    gate.learned = learn_spread(history.runs([](const std::string&) { return true; }), base, head);
  }
  return show(compare_runs(base, head, gate), {&base, &head}, format, options);
}

}  // namespace

int compare_command(const Options& options) {
  const ComparisonFormat& format = comparison_format_named(options.format);
  return options.files.size() == 1 ? compare_one(format, options) : compare_two(format, options);
}

}  // namespace m1bench
