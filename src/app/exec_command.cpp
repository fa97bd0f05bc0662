// SPDX-License-Identifier: Apache-2.0
#include "app/commands.hpp"
#include "app/console.hpp"
#include "app/exec_session.hpp"
#include "app/exit_code.hpp"
#include "app/github.hpp"
#include "app/judgement.hpp"
#include "platform/interrupt.hpp"
#include "report/terminal.hpp"

namespace m1bench {

int exec_command(const Options& options) {
  const ExecPlan plan = make_exec_plan(options);
  if (options.dry_run) {
    print(dry_exec(plan, options.exec));
    return 0;
  }
  ExecSession session(options, plan);
  session.measure();
  session.close();
  write_and_print([&] { return session.write(); },
                  [&] { return terminal_report(session.run(), terminal_style(options.color)); });
  annotate(annotations_of(session.run()));
  if (interrupted() != 0) return exit_code_of_signal(interrupted());
  return leave(judge(session.run(), false));
}

}  // namespace m1bench
