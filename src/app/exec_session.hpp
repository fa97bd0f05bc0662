// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>

#include "app/exec_plan.hpp"
#include "app/options.hpp"
#include "app/progress_line.hpp"
#include "app/run_folder.hpp"
#include "exec/fake_programs.hpp"
#include "exec/program_workers.hpp"
#include "platform/files.hpp"

namespace m1bench {

// One session of `exec` from its plan to its file.
class ExecSession {
 public:
  // Catches interrupts, takes the machine's lock, and proves that the run can be written. Throws Error.
  ExecSession(const Options& options, const ExecPlan& plan);
  ExecSession(const ExecSession&) = delete;
  ExecSession& operator=(const ExecSession&) = delete;

  Run& run() { return run_; }

  // Executes each program once and compares what they print; then measures until every case is precise enough.
  void measure();
  // Conditions, where the time went, warnings; then the files. Returns what to print at the end: where they are.
  void close();
  std::string write();

 private:
  RunProgram make_runner(const Options& options);
  SessionContext make_context(const Options& options);
  PhaseEnd check();
  void measure_spawn_cost();

  bool fake_, gbench_;
  std::unique_ptr<MachineLock> lock_;
  TemporaryDirectory scratch_;
  ProgressLine progress_;
  Run run_;
  Case program_;                        // what cases of --gbench are made from
  std::unique_ptr<SessionClock> clock_;
  std::unique_ptr<FakePrograms> fakes_; // null unless fake
  RunProgram runner_;
  Executions executions_;
  ProgramWorkers workers_;
  SessionContext context_;
  RunFolder folder_;
  PhaseEnd end_ = PhaseEnd::done;
};

}  // namespace m1bench
