// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "platform/files.hpp"
#include "session/fake_workers.hpp"
#include "session/measure.hpp"
#include "session/verify.hpp"

// Whole sessions without processes or waiting: fake workers, a clock that only they advance, and a hook through which a test
// lets one of them lie, die or be interrupted.
namespace m1bench {

// Sees every request after the fake worker has answered it and may put something else in the answer's place. `start` counts
// the workers started so far, this one included.
using Tamper = std::function<void(const Target& target, int start, const Request& request, OrDeath<Reply>& answer)>;

class TamperedWorker final : public Worker {
 public:
  TamperedWorker(std::unique_ptr<Worker> worker, Target target, int start, const Tamper& tamper)
      : worker_(std::move(worker)), target_(std::move(target)), start_(start), tamper_(tamper) {}
  const Hello& hello() const override { return worker_->hello(); }
  void quit() override { worker_->quit(); }
  ProcessCounters counters() override { return worker_->counters(); }
  OrDeath<Reply> ask(const Request& request, double timeout_s) override {
    OrDeath<Reply> answer = worker_->ask(request, timeout_s);
    if (tamper_) tamper_(target_, start_, request, answer);
    return answer;
  }

 private:
  std::unique_ptr<Worker> worker_;
  Target target_;
  int start_;
  const Tamper& tamper_;
};

class TamperedFactory final : public WorkerFactory {
 public:
  TamperedFactory(FakeClock& clock, const Run& run, const std::string& wrong, bool counting) : fake_(clock, run, wrong, counting) {}
  OrDeath<std::unique_ptr<Worker>> start(const Target& target, const std::vector<int>& cpus, double timeout_s) override {
    auto started = fake_.start(target, cpus, timeout_s);
    std::unique_ptr<Worker>& worker = std::get<std::unique_ptr<Worker>>(started);
    return std::unique_ptr<Worker>(std::make_unique<TamperedWorker>(std::move(worker), target, ++started_, tamper));
  }
  Tamper tamper;

 private:
  FakeWorkerFactory fake_;
  int started_ = 0;
};

// How long the fake workers take is cost / 50 GFLOP/s on x86_64-v4/native, 1.1 times that on -v3, 90 times under qemu-user.
inline constexpr const char* kV4 = "x86_64-v4/native";
inline constexpr const char* kV3 = "x86_64-v3/native";
inline constexpr const char* kQemu = "arm64/qemu-user";
inline double flop_for(double native_seconds) { return native_seconds * 50e9; }

class FakeSession {
 public:
  explicit FakeSession(const std::vector<std::string>& targets, const std::string& wrong = "", bool counting = false)
      : workers_(clock, run, wrong, counting) {
    for (const std::string& name : targets) {
      Target target;
      target.name = name;
      target.slice = name.substr(0, name.find('/'));
      target.translator = name.substr(name.find('/') + 1);
      target.available = true;
      run.targets.push_back(target);
    }
    run.session.seed = 7;
    run.session.baseline = targets.front();
  }

  void add_case(const std::string& name, double native_seconds) {
    Case item;
    item.name = name;
    item.family = name.substr(0, name.find('/'));
    item.flop = flop_for(native_seconds);
    run.cases.push_back(item);
  }

  void tamper(Tamper tamper) { workers_.tamper = std::move(tamper); }

  SessionContext context() {
    SessionContext context;
    context.run = &run;
    context.workers = &workers_;
    context.clock = &clock;
    context.limits = limits;
    context.reference = run.targets.front();
    context.scratch = scratch_.path();
    context.on_block = [this] { ++saved; };
    if (canary) context.canary = canary;
    return context;
  }

  PhaseEnd verify(bool calibrate = true) {
    SessionContext shared = context();
    SlowBudget budget(limits.budget_s, limits);
    return verify_cases(shared, budget, calibrate);
  }

  PhaseEnd verify_and_measure() {
    SessionContext shared = context();
    SlowBudget budget(limits.budget_s, limits);
    if (verify_cases(shared, budget, true) == PhaseEnd::interrupted) return PhaseEnd::interrupted;
    return measure_cases(shared, budget);
  }

  // The blocks of a case that hold a target.
  std::vector<TargetBlock> blocks(const std::string& case_name, const std::string& target) const {
    std::vector<TargetBlock> found;
    for (const Block& block : run.blocks) {
      for (const TargetBlock& entry : block.targets) {
        if (block.case_name == case_name && entry.target == target) found.push_back(entry);
      }
    }
    return found;
  }

  const Verification& check(const std::string& case_name, const std::string& target) const {
    return *find_verification(run, case_name, target);
  }

  FakeClock clock;
  Run run;
  Limits limits;
  int saved = 0;
  std::function<std::optional<double>(const std::vector<int>&)> canary;

 private:
  TamperedFactory workers_;
  TemporaryDirectory scratch_;
};

}  // namespace m1bench
