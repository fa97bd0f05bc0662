// SPDX-License-Identifier: Apache-2.0
#include "app/exec_session.hpp"

#include <algorithm>

#include "app/github.hpp"
#include "app/fake_machine.hpp"
#include "app/machine.hpp"
#include "app/real_clock.hpp"
#include "app/session_record.hpp"
#include "app/setup.hpp"
#include "exec/check.hpp"
#include "exec/gbench.hpp"
#include "platform/canary.hpp"
#include "platform/host.hpp"
#include "platform/interrupt.hpp"
#include "report/markdown.hpp"
#include "session/measure.hpp"

namespace m1bench {
namespace {

ExecutionRules rules_of(const ExecOptions& exec) {
  return {exec.input, exec.prepare, exec.ignore_output || exec.gbench, exec.ignore_failure, exec.timeout_s};
}

Run make_run(const Options& options, const ExecPlan& plan) {
  Run run;
  run.tool = options.fake_measurer ? fake_tool() : this_tool();
  run.machine = options.fake_measurer ? fake_machine() : this_machine();
  run.session.seed = options.seed.value_or(1);
  run.session.id = session_id(options.fake_measurer ? 0 : random_seed());
  run.session.arguments = options.words;
  run.session.command = options.command;
  run.session.quick = options.quick;
  run.session.thorough = options.thorough;
  run.session.baseline = plan.baseline;
  run.targets = plan.targets;
  if (!options.exec.gbench) run.cases = plan.cases;  // else the program tells
  if (options.control) add_control_target(run);
  return run;
}

}  // namespace

ExecSession::ExecSession(const Options& options, const ExecPlan& plan)
    : fake_(options.fake_measurer),
      gbench_(options.exec.gbench),
      lock_(fake_ || options.no_lock ? nullptr : take_machine_lock()),
      progress_(options.quiet),
      run_(make_run(options, plan)),
      program_(plan.cases.front()),
      runner_(make_runner(options)),
      executions_(rules_of(options.exec), runner_),
      workers_(run_, executions_),
      context_(make_context(options)),
      folder_(options.out.empty() ? default_run_folder(run_.session.started) : options.out, options.force, run_) {
  context_.on_block = [this] {
    const TimeAccount account(context_, "saving");
    folder_.save(run_, context_.clock->now_s());
  };
}

RunProgram ExecSession::make_runner(const Options& options) {
  if (!fake_) {
    catch_interrupts();
    keep_awake();
    clock_ = std::make_unique<RealClock>();
    return run_program;
  }
  auto clock = std::make_unique<FakeClock>();
  fakes_ = std::make_unique<FakePrograms>(*clock, options.seed.value_or(1));
  clock_ = std::move(clock);
  return [this](const ProgramStart& start) { return fakes_->run(start); };
}

SessionContext ExecSession::make_context(const Options& options) {
  SessionContext context;
  context.run = &run_;
  context.workers = &workers_;
  context.clock = clock_.get();
  context.limits = program_limits(limits_for(options));
  context.limits.warm_up_loops = options.exec.warm_up;
  context.limits.case_timeout_s = options.exec.timeout_s;
  context.scratch = scratch_.path();
  context.start_s = clock_->now_s();
  if (!fake_) {
    context.allowed_cpus = measuring_cpus();
    context.timer_tick_s = timer_resolution_s();
    context.canary = [](const std::vector<int>& cpus) { return canary_seconds(cpus); };
  }
  context.on_progress = [this](const Progress& progress) { progress_.show(progress); };
  run_.session.budget_s = context.limits.budget_s;
  run_.session.started = clock_->utc();
  return context;
}

PhaseEnd ExecSession::check() {
  const PhaseEnd end = gbench_ ? check_gbench(context_, executions_, program_) : check_programs(context_, executions_);
  for (const Case& item : run_.cases) run_.session.threads = std::max(run_.session.threads, item.threads);
  return end;
}

void ExecSession::measure() {
  end_ = check();
  if (end_ == PhaseEnd::interrupted) return;
  // What nothing can be compared with is not timed: a person who gave two command lines wants a ratio.
  const auto lonely = [this](const Case& item) {
    return 2 > std::count_if(run_.verifications.begin(), run_.verifications.end(), [&](const Verification& check) {
      return check.case_name == item.name && check.status == CheckStatus::right;
    });
  };
  if (std::all_of(run_.cases.begin(), run_.cases.end(), lonely)) {
    run_.session.stop_reason = "nothing to compare";
    return;
  }
  measure_spawn_cost();
  end_ = gbench_ ? measure_gbench(context_, executions_, program_) : measure_cases(context_, SlowBudget(0, context_.limits));
}

void ExecSession::measure_spawn_cost() {
  if (gbench_ || fake_) return;
  const TimeAccount account(context_, "calibration");
  run_.session.spawn_s = spawn_seconds(runner_);
}

void ExecSession::close() {
  close_record(context_, end_, fake_);
  progress_.clear();
}

std::string ExecSession::write() {
  std::string report;
  const auto markdown = [&](const Run& kept) { return report = markdown_report(kept); };
  std::string files = files_text(folder_.finish(run_, usual_reports(markdown)), folder_, "Interrupted before anything was measured");
  add_to_job_summary(report, kReportInFolder);
  return files;
}

}  // namespace m1bench
