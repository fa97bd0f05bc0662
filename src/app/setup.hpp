// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "app/cold_starts.hpp"
#include "app/options.hpp"
#include "app/plan.hpp"
#include "app/progress_line.hpp"
#include "platform/files.hpp"
#include "platform/shared_memory.hpp"
#include "session/context.hpp"
#include "session/fake_workers.hpp"

namespace m1bench {

// Everything a command needs before its first worker does anything: machine, lock, plan, workers, and the run that records
// it. The fake measurer replaces what would differ from machine to machine.
class Setup {
 public:
  // Catches interrupts, takes the machine lock, resolves cases and targets, probes. Throws Error.
  // `for_training`: native targets only, unless the user named some.
  explicit Setup(const Options& options, bool for_training = false);

  bool interrupted() const { return interrupted_; }
  Run& run() { return run_; }
  Plan& plan() { return plan_; }
  WorkerFactory& workers() { return *workers_; }
  SessionClock& clock() { return *clock_; }
  const Target& reference() const { return *reference_; }
  ProgressLine& progress() { return progress_; }
  const std::string& scratch() const { return scratch_.path(); }
  bool fake() const { return fake_; }

  // The session's shared state, with `limits` as given. Valid as long as this Setup.
  SessionContext context(const Limits& limits);

 private:
  Chosen choose(const Options& options, const LaunchHost& host);

  bool fake_;
  std::unique_ptr<MachineLock> lock_;
  Run run_;
  Plan plan_;
  std::unique_ptr<SessionClock> clock_;
  std::unique_ptr<SharedMemory> memory_;
  std::unique_ptr<WorkerFactory> workers_;
  ColdStarts* cold_starts_ = nullptr;  // is workers_; null under the fake measurer
  std::optional<Target> reference_;
  TemporaryDirectory scratch_;
  ProgressLine progress_;
  bool interrupted_ = false;
};

// Prints what `options` would start, as lines to paste, without starting anything.
std::string dry_run(const Options& options);

// Limits for a measuring command, with the user's budget and timeout.
Limits limits_for(const Options& options);

// This machine and the slices that belong to this program; made-up ones under the fake measurer.
LaunchHost launch_host(const Options& options);
std::vector<SliceFile> installed_slices(const Options& options);

}  // namespace m1bench
