// SPDX-License-Identifier: Apache-2.0
#include "app/commands.hpp"
#include "app/console.hpp"
#include "app/exit_code.hpp"
#include "app/gate.hpp"
#include "app/github.hpp"
#include "app/judgement.hpp"
#include "app/measuring.hpp"
#include "platform/interrupt.hpp"
#include "report/comparison_markdown.hpp"
#include "report/comparison_terminal.hpp"

namespace m1bench {

// Two samples: a case that the first leaves in doubt is decided on a second, fresh one alone, so that no number is both the
// reason to look and the evidence.
int ab_command(const Options& options) {
  if (options.dry_run) {
    print(dry_run(options));
    return 0;
  }
  Measuring measuring(options);
  measuring.leave_time_to_confirm();
  if (measuring.verify_and_measure() == PhaseEnd::done) {
    const std::vector<std::string> doubtful = cases_to_confirm(measuring.run(), gate_options(options));
    if (!doubtful.empty()) measuring.confirm(doubtful);
  }
  measuring.close();
  const Run& run = measuring.run();
  const Comparison comparison = compare_sides(run, gate_options(options));
  const auto write = [&] {
    std::string report;
    std::string files = measuring.write([&](const Run& kept) { return report = comparison_markdown(comparison, {&kept, &kept}); });
    add_to_job_summary(report, kReportInFolder);
    return files;
  };
  write_and_print(write, [&] {
    return run.blocks.empty() ? "" : comparison_terminal(comparison, {&run, &run}, terminal_style(options.color));
  });
  annotate(annotations_of(comparison));
  if (interrupted() != 0) return exit_code_of_signal(interrupted());
  return leave(most_important({judge(comparison, options), judge(run, false)}));
}

}  // namespace m1bench
