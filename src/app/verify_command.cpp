// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cstdio>

#include "app/commands.hpp"
#include "app/console.hpp"
#include "app/dump.hpp"
#include "app/exit_code.hpp"
#include "app/judgement.hpp"
#include "app/models.hpp"
#include "app/real_data.hpp"
#include "app/setup.hpp"
#include "platform/files.hpp"
#include "platform/interrupt.hpp"
#include "report/checks.hpp"
#include "session/verify.hpp"

namespace m1bench {

int verify_command(const Options& options) {
  if (options.dry_run) {
    print(dry_run(options));
    return 0;
  }
  if (!options.dump.empty()) make_directories(options.dump);  // what cannot be written is said before anything is run
  Setup setup(options);
  Run& run = setup.run();
  Limits limits = limits_for(options);
  limits.slow_steps = limits.steps;  // nothing is in a hurry here
  SessionContext context = setup.context(limits);
  context.data = unpack_real_data(options.data, run.cases, setup.scratch()).training;
  context.data.merge(unpack_models(options.model, run.cases, setup.scratch()));
  SlowBudget budget(0, limits);
  PhaseEnd end = setup.interrupted() ? PhaseEnd::interrupted : verify_cases(context, budget, false);
  if (end == PhaseEnd::done && !options.dump.empty()) end = dump_cases(context, options.dump);
  setup.progress().clear();
  print(checks_report(run, terminal_style(options.color)));
  for (const Failure& failure : run.failures) {
    std::fprintf(stderr, "m1bench: dump of %s on %s: %s\n", failure.case_name.c_str(), failure.target.c_str(), failure.cause.c_str());
  }
  if (!options.dump.empty() && end == PhaseEnd::done) print("Written: " + options.dump + "\n");
  if (end == PhaseEnd::interrupted) {
    const std::size_t all = run.cases.size() * run.targets.size();
    print("Interrupted: " + std::to_string(all - std::min(all, run.verifications.size())) + " of " + std::to_string(all) + " were not checked.\n");
  }
  if (interrupted() != 0) return exit_code_of_signal(interrupted());
  return leave(judge(run, true));
}

}  // namespace m1bench
