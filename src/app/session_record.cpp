// SPDX-License-Identifier: Apache-2.0
#include "app/session_record.hpp"

#include <algorithm>
#include <cstdio>

#include "analysis/summary.hpp"
#include "analysis/warnings.hpp"
#include "app/machine.hpp"
#include "m1bench/core/error.hpp"

namespace m1bench {
namespace {

// What no phase counted: mostly printing.
void account_for_the_rest(Run& run, double elapsed_s) {
  auto& spent = run.session.time_spent_s;
  double known = 0;
  for (const auto& [kind, seconds] : spent) known += seconds;
  spent["other"] = std::max(0.0, elapsed_s - known);
}

}  // namespace

std::unique_ptr<MachineLock> take_machine_lock() {
  int holder = 0;
  auto lock = MachineLock::try_acquire(holder);
  if (!lock) {
    throw Error(ErrorKind::usage, "another m1bench is measuring" + (holder > 0 ? " (pid " + std::to_string(holder) + ")" : std::string()) +
                                      "; wait for it, or measure anyway with --no-lock");
  }
  return lock;
}

std::string session_id(std::uint64_t number) {
  char text[17];
  std::snprintf(text, sizeof text, "%016llx", static_cast<unsigned long long>(number));
  return text;
}

void add_control_target(Run& run) {
  Target control = *find_target(run, run.session.baseline);
  control.side = "control";
  control.name = "control:" + control.name;
  run.targets.push_back(control);
}

void close_record(SessionContext& context, PhaseEnd end, bool fake) {
  Run& run = *context.run;
  if (end == PhaseEnd::interrupted) run.session.stop_reason = "interrupted";
  run.session.ended = context.clock->utc();
  if (!fake) run.machine.after = conditions_now();
  account_for_the_rest(run, context.elapsed_s());
  run.warnings = warnings_of(run, summarise(run));
}

}  // namespace m1bench
