// SPDX-License-Identifier: Apache-2.0
#include "app/setup.hpp"

#include <algorithm>

#include "app/fake_machine.hpp"
#include "app/machine.hpp"
#include "app/real_clock.hpp"
#include "app/session_record.hpp"
#include "app/sides.hpp"
#include "app/slowdown.hpp"
#include "bench/workload.hpp"
#include "launch/worker_process.hpp"
#include "m1bench/core/error.hpp"
#include "platform/canary.hpp"
#include "platform/host.hpp"
#include "platform/interrupt.hpp"
#include "result/shard.hpp"

namespace m1bench {
namespace {

// Of fake sessions only shards have ids of their own, because they meet in one run.
std::uint64_t fake_session_number(const Session& session) {
  const auto shard = parse_shard(session.shard);
  return shard ? session.seed << 32 | static_cast<std::uint64_t>(shard->count) << 16 | static_cast<std::uint64_t>(shard->index) : 0;
}

// As much as the case with the most needs.
std::unique_ptr<SharedMemory> shared_memory_for(std::span<const CaseSpec* const> cases) {
  std::uint64_t most = 0;
  for (const CaseSpec* spec : cases) most = std::max(most, shared_bytes(*spec));
  return most > 0 ? SharedMemory::make(most) : nullptr;
}

std::vector<SliceFile> slices_of_side(const Options& options, const std::string& path, const char* option) {
  return options.fake_measurer ? fake_slices() : slices_of_build(path, option);
}

void keep_native(Plan& plan, const LaunchHost& host) {
  std::vector<std::size_t> native;
  for (const std::size_t i : default_targets(plan.targets, host)) {
    if (plan.targets[i].translator == "native") native.push_back(i);
  }
  plan.wanted = native;
}

}  // namespace

LaunchHost launch_host(const Options& options) { return options.fake_measurer ? fake_host() : this_host(); }

std::vector<SliceFile> installed_slices(const Options& options) {
  return options.fake_measurer ? fake_slices() : find_slices(own_executable());
}

Setup::Setup(const Options& options, bool for_training) : fake_(options.fake_measurer), progress_(options.quiet) {
  const LaunchHost host = launch_host(options);
  plan_ = make_plan(options, host, options.base.empty() ? installed_slices(options) : slices_of_side(options, options.base, "--base"));
  if (!fake_) {
    catch_interrupts();
    if (!options.no_lock) lock_ = take_machine_lock();
    keep_awake();
  }
  run_.tool = fake_ ? fake_tool() : this_tool();
  run_.machine = fake_ ? fake_machine() : this_machine();
  if (fake_) {
    auto clock = std::make_unique<FakeClock>();
    workers_ = std::make_unique<FakeWorkerFactory>(*clock, run_, options.fake_wrong, options.fake_counters);
    clock_ = std::move(clock);
  } else {
    clock_ = std::make_unique<RealClock>();
    memory_ = shared_memory_for(plan_.cases);
    auto workers = std::make_unique<ColdStarts>(std::make_unique<WorkerProcessFactory>(memory_.get()), *clock_, cold_starts_file());
    cold_starts_ = workers.get();
    workers_ = std::move(workers);
  }
  Session& session = run_.session;
  session.started = clock_->utc();
  session.seed = plan_.seed;
  session.shard = options.shard;
  session.id = session_id(fake_ ? fake_session_number(session) : random_seed());
  session.arguments = options.words;
  session.command = options.command;
  session.set = options.patterns.empty() && options.command != "tiers" ? (options.set.empty() ? "core" : options.set) : "";
  session.quick = options.quick;
  session.thorough = options.thorough;
  session.threads = plan_.threads;
  for (const CaseSpec* spec : plan_.cases) run_.cases.push_back(case_of(*spec, plan_.seed, plan_.threads));

  progress_.show_text("starting each target once");
  if (for_training && plan_.wanted.empty()) {
    for (Target& target : plan_.targets) {
      if (target.translator == "native") interrupted_ = interrupted_ || !probe(target, *workers_, options.case_timeout_s);
    }
    keep_native(plan_, host);
  }
  const Chosen chosen = choose(options, host);
  interrupted_ = interrupted_ || chosen.interrupted;
  reference_ = chosen.reference;
  if (options.control && !interrupted_) add_control_target(run_);
  for (const std::string& text : options.slowdowns) apply_slowdown(run_, text);
  for (Target& target : run_.targets) {
    if (fake_ || !target.available) continue;
    target.translator_version = translator_version(target.translator, target.command);
    target.cold_start_s = cold_starts_->of(target);
  }
  if (!fake_) hash_executables(run_.targets);
}

Chosen Setup::choose(const Options& options, const LaunchHost& host) {
  if (options.base.empty()) return choose_targets(plan_, host, *workers_, options.case_timeout_s, run_);
  Plan head = make_plan(options, host, slices_of_side(options, options.head, "--head"));
  return choose_sides(plan_, head, *workers_, options.case_timeout_s, run_);
}

SessionContext Setup::context(const Limits& limits) {
  SessionContext context;
  context.run = &run_;
  context.workers = workers_.get();
  context.clock = clock_.get();
  context.limits = limits;
  if (reference_) context.reference = *reference_;  // none after an interrupt, and then nothing is asked of it
  context.scratch = scratch();
  context.start_s = clock_->now_s();
  if (!fake_) {
    context.allowed_cpus = measuring_cpus();
    context.shared_bytes = memory_ ? memory_->bytes() : 0;
    context.timer_tick_s = timer_resolution_s();
    context.canary = [](const std::vector<int>& cpus) { return canary_seconds(cpus); };
  }
  context.on_progress = [this](const Progress& progress) { progress_.show(progress); };
  return context;
}

Limits limits_for(const Options& options) {
  Limits limits = options.quick ? quick_limits() : options.thorough ? thorough_limits() : Limits{};
  constexpr double kBudget_s = 300, kQuickBudget_s = 120, kThoroughBudget_s = 3600;
  // Only who names no cases is promised an end: who names them wants those, however long they take.
  if (options.command == "all" || (options.command == "tiers" && options.patterns.empty())) limits.budget_s = options.quick ? kQuickBudget_s : options.thorough ? kThoroughBudget_s : kBudget_s;
  if (options.time_budget_s) limits.budget_s = *options.time_budget_s;
  limits.case_timeout_s = options.case_timeout_s;
  return limits;
}

namespace {

std::string dry_cases(const Plan& plan) {
  std::string text = "# cases:\n";
  for (const CaseSpec* spec : plan.cases) text += "#   " + spec->name + "\n";
  return text;
}

std::string dry_lines(const Plan& plan, const std::string& side) {
  std::string text;
  for (const std::size_t i : plan.wanted) {
    const Target& target = plan.targets[i];
    text += target.available ? command_line(target) + "  # " + side + target.name + "\n" : "# " + side + target.name + ": " + target.cause + "\n";
  }
  return text;
}

// Every native target of a side stands for the best one, which only a probe can tell.
std::string dry_side(const Options& options, const LaunchHost& host, const std::string& path, const char* option, const char* side) {
  Plan plan = make_plan(options, host, slices_of_side(options, path, option));
  const bool named = !plan.wanted.empty();
  for (std::size_t i = 0; i < plan.targets.size() && !named; ++i) {
    if (plan.targets[i].translator == "native") plan.wanted.push_back(i);
  }
  return dry_lines(plan, side);
}

}  // namespace

std::string dry_run(const Options& options) {
  const LaunchHost host = launch_host(options);
  if (!options.base.empty()) {
    const Plan plan = make_plan(options, host, {});
    return std::string("# each case below, on each target of both builds") + (options.targets.empty() ? "; of the native ones, on the best that base proves to run" : "") +
           ":\n" + dry_side(options, host, options.base, "--base", "base:") + dry_side(options, host, options.head, "--head", "head:") + dry_cases(plan);
  }
  Plan plan = make_plan(options, host, installed_slices(options));
  if (plan.wanted.empty() && options.command == "train") keep_native(plan, host);
  if (plan.wanted.empty()) plan.wanted = plan.tiers ? tier_targets(plan.targets) : default_targets(plan.targets, host);
  return "# each case below, on each target that proves to run:\n" + dry_lines(plan, "") + dry_cases(plan);
}

}  // namespace m1bench
