// SPDX-License-Identifier: Apache-2.0
#include "exec/check.hpp"

#include <algorithm>
#include <cmath>

#include "exec/program_workers.hpp"
#include "m1bench/core/error.hpp"
#include "platform/files.hpp"
#include "platform/sha256.hpp"
#include "session/calibrate.hpp"
#include "stats/robust.hpp"

namespace m1bench {
namespace {

constexpr std::size_t kKept = 1 << 20;  // of each output, to show where two part
constexpr double kOneThread = 1.05;     // CPU time over wall time: one thread, as far as clocks of two kinds agree
constexpr const char* kReport = "a translator at fault is worth a report to its maker";
constexpr const char* kReportOrIgnore = "a translator at fault is worth a report to its maker; if the programs are meant to print different things, compare with --ignore-output";
constexpr const char* kIgnore = "if it is meant to print something else each time, compare with --ignore-output";

// One case on its way through all targets.
class ProgramCheck {
 public:
  ProgramCheck(SessionContext& context, const Executions& executions, Case& item, const std::string& input_checksum)
      : context_(context), executions_(executions), case_(item), input_checksum_(input_checksum) {}

  PhaseEnd run() {
    for (const Target* target : baseline_first()) {
      context_.on_progress({.phase = "checking", .case_name = case_.name, .target = target->name, .elapsed_s = context_.elapsed_s()});
      if (check_target(*target) == PhaseEnd::interrupted) return PhaseEnd::interrupted;
    }
    if (case_.threads == 0) case_.threads = parallel_ ? std::max<int>(1, static_cast<int>(context_.allowed_cpus.size())) : 1;
    for (Verification& check : context_.run->verifications) {
      if (check.case_name == case_.name && check.status == CheckStatus::right && calibrated(check) == PhaseEnd::interrupted) return PhaseEnd::interrupted;
    }
    return PhaseEnd::done;
  }

 private:
  std::vector<const Target*> baseline_first() const {
    std::vector<const Target*> targets;
    for (const Target& target : context_.run->targets) {
      if (target.available) targets.push_back(&target);
    }
    std::stable_partition(targets.begin(), targets.end(), [&](const Target* target) { return target->name == context_.run->session.baseline; });
    return targets;
  }

  PhaseEnd check_target(const Target& target) {
    Verification check;
    check.case_name = case_.name;
    check.target = target.name;
    check.input_checksum = input_checksum_;
    auto executed = executions_.run(case_, target, context_.allowed_cpus, kKept);
    if (const auto* death = std::get_if<Death>(&executed)) {
      if (death->interrupted) return PhaseEnd::interrupted;
      check.status = CheckStatus::failed;
      check.cause = death->cause;
      check.remedy = death->remedy;
    } else {
      judge(target, std::get<Execution>(executed), check);
    }
    context_.run->verifications.push_back(check);
    return PhaseEnd::done;
  }

  void judge(const Target& target, const Execution& done, Verification& check) {
    check.loop_s = done.end.wall_s;
    check.output_checksum = done.checksum;
    parallel_ = parallel_ || done.end.cpu_s > kOneThread * done.end.wall_s;
    if (!expected_) {
      expected_ = done;
      expected_of_ = &target;
    }
    check.status = done.checksum == expected_->checksum ? CheckStatus::right : CheckStatus::wrong;
    if (check.status == CheckStatus::right) return;
    explain(target, done, check);
  }

  // That a program never prints the same twice is the likeliest reason, and not the translator's fault.
  void explain(const Target& target, const Execution& done, Verification& check) const {
    const int code = done.end.exit.exit_code.value_or(0), expected = expected_->end.exit.exit_code.value_or(0);
    if (code != expected) {
      check.cause = "ends with exit code " + std::to_string(code) + ", and " + expected_of_->name + " with " + std::to_string(expected);
      check.remedy = kReport;
      return;
    }
    for (const auto& [which, first] : {std::pair{expected_of_, &*expected_}, std::pair{&target, &done}}) {
      auto again = executions_.run(case_, *which, context_.allowed_cpus, kKept);
      const auto* second = std::get_if<Execution>(&again);
      if (!second || second->checksum == first->checksum) continue;
      check.cause = which->name + " itself does not print the same twice: it differs " + difference(first->output, second->output);
      check.remedy = kIgnore;
      return;
    }
    check.cause = "what it prints differs from " + expected_of_->name + " " + difference(expected_->output, done.output);
    check.remedy = kReportOrIgnore;
  }

  // A long execution was measured by the check itself, as well as the loops of a slot need.
  PhaseEnd calibrated(Verification& check) {
    check.loops = 1;
    if (check.loop_s > context_.limits.warm_loop_s) return PhaseEnd::done;
    const TimeAccount account(context_, "calibration");
    auto started = context_.workers->start(*find_target(*context_.run, check.target), context_.allowed_cpus, context_.limits.case_timeout_s);
    Worker& worker = *std::get<std::unique_ptr<Worker>>(started);
    worker.ask(context_.prepare_request(case_), context_.limits.case_timeout_s);
    const auto death = calibrate(worker, context_, check);
    if (!death) return PhaseEnd::done;
    if (death->interrupted) return PhaseEnd::interrupted;
    check.status = death->cause.starts_with("wrong answer") ? CheckStatus::wrong : CheckStatus::failed;
    check.cause = death->cause;
    check.remedy = death->remedy;
    return PhaseEnd::done;
  }

  SessionContext& context_;
  const Executions& executions_;
  Case& case_;
  const std::string& input_checksum_;
  std::optional<Execution> expected_;
  const Target* expected_of_ = nullptr;
  bool parallel_ = false;
};

}  // namespace

PhaseEnd check_programs(SessionContext& context, const Executions& executions) {
  const TimeAccount account(context, "verification");
  constexpr std::size_t kShownDigits = 16;
  const std::string& input = executions.rules().input;
  const bool is_file = file_kind(input) == FileKind::regular;  // a device may have no end
  const std::string input_checksum = !is_file ? "" : sha256_of_file(input).value_or("").substr(0, kShownDigits);
  for (Case& item : context.run->cases) {
    if (ProgramCheck(context, executions, item, input_checksum).run() == PhaseEnd::interrupted) return PhaseEnd::interrupted;
  }
  return PhaseEnd::done;
}

std::optional<double> spawn_seconds(const RunProgram& run) {
  constexpr int kTimes = 21;
  constexpr double kPatience_s = 5;
  ProgramStart empty;
  empty.command = {"true"};
  empty.timeout_s = kPatience_s;
  std::vector<double> times_s;
  for (int i = 0; i < kTimes; ++i) {
    const ProgramEnd end = run(empty);
    if (end.not_started || end.exit.exit_code != 0) return std::nullopt;
    times_s.push_back(end.wall_s);
  }
  return median(times_s);
}

}  // namespace m1bench
