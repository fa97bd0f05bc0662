// SPDX-License-Identifier: Apache-2.0
#include "app/commands.hpp"
#include "app/console.hpp"
#include "app/exit_code.hpp"
#include "app/github.hpp"
#include "app/judgement.hpp"
#include "app/measuring.hpp"
#include "platform/interrupt.hpp"
#include "report/markdown.hpp"
#include "report/terminal.hpp"

namespace m1bench {

int measure_command(const Options& options) {
  if (options.dry_run) {
    print(dry_run(options));
    return 0;
  }
  Measuring measuring(options);
  measuring.verify_and_measure();
  measuring.close();
  const auto write = [&] {
    std::string report;
    std::string files = measuring.write([&](const Run& kept) { return report = markdown_report(kept); });
    add_to_job_summary(report, kReportInFolder);
    return files;
  };
  write_and_print(write, [&] { return terminal_report(measuring.run(), terminal_style(options.color)); });
  annotate(annotations_of(measuring.run()));
  if (interrupted() != 0) return exit_code_of_signal(interrupted());
  return leave(judge(measuring.run(), false));
}

}  // namespace m1bench
