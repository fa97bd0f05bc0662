// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "app/commands.hpp"
#include "app/console.hpp"
#include "app/exit_code.hpp"
#include "app/judgement.hpp"
#include "app/real_data.hpp"
#include "app/run_folder.hpp"
#include "app/setup.hpp"
#include "platform/interrupt.hpp"
#include "report/terminal.hpp"
#include "session/measure.hpp"
#include "session/verify.hpp"

namespace m1bench {
namespace {

// What no phase counted: mostly saving files and printing.
void account_for_the_rest(Run& run, double elapsed_s) {
  auto& spent = run.session.time_spent_s;
  // Calibration happens within verification, and is counted there too.
  spent["verification"] -= spent["calibration"];
  double known = 0;
  for (const auto& [kind, seconds] : spent) known += seconds;
  spent["other"] = std::max(0.0, elapsed_s - known);
}

}  // namespace

int measure_command(const Options& options) {
  if (options.dry_run) {
    print(dry_run(options));
    return 0;
  }
  Setup setup(options);
  Run& run = setup.run();
  SessionContext context = setup.context(limits_for(options));
  run.session.budget_s = context.limits.budget_s;
  context.data = unpack_real_data(options.data, run.cases, setup.scratch()).training;
  RunFolder folder(options.out.empty() ? default_run_folder(run.session.started) : options.out, options.force, run);
  context.on_block = [&] { folder.save(run); };

  SlowBudget budget(context.limits.budget_s, context.limits);
  PhaseEnd end = setup.interrupted() ? PhaseEnd::interrupted : verify_cases(context, budget, true);
  if (end == PhaseEnd::done) end = measure_cases(context, budget);
  if (end == PhaseEnd::interrupted) run.session.stop_reason = "interrupted";
  run.session.ended = setup.clock().utc();
  account_for_the_rest(run, context.elapsed_s());
  setup.progress().clear();

  print(terminal_report(run, terminal_style(options.color)));
  const bool written = folder.finish(run);
  print(written ? "\nWritten: " + folder.run_file() + " and " + folder.report_file() + "\n"
                : "\nInterrupted before anything was measured; the run in " + folder.run_file() + " is kept.\n");
  if (interrupted() != 0) return exit_code_of_signal(interrupted());
  return leave(judge(run, false));
}

}  // namespace m1bench
