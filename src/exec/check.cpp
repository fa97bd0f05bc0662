// SPDX-License-Identifier: Apache-2.0
#include "exec/check.hpp"

#include <algorithm>
#include <map>

#include "exec/program_workers.hpp"
#include "m1bench/core/error.hpp"
#include "platform/files.hpp"
#include "platform/sha256.hpp"
#include "session/calibrate.hpp"
#include "session/cost.hpp"
#include "stats/robust.hpp"

namespace m1bench {
namespace {

constexpr std::size_t kKept = 1 << 20;  // of each output, to show where two part
constexpr double kLong_s = 0.1;         // an execution that takes as long is a slot, whatever more of them would show
constexpr const char* kReport = "a translator at fault is worth a report to its maker";
constexpr const char* kReportOrIgnore = "a translator at fault is worth a report to its maker; if the programs are meant to print different things, compare with --ignore-output";
constexpr const char* kMoreTime = "give it more time with --time-budget";
constexpr const char* kIgnore = "if it is meant to print something else each time, compare with --ignore-output";

// One case on its way through all targets.
class ProgramCheck {
 public:
  ProgramCheck(SessionContext& context, const Executions& executions, Case& item, const std::string& input_checksum)
      : context_(context), executions_(executions), case_(item), input_checksum_(input_checksum) {}

  // `done`: cases checked before. `most_s`: what the check may take before its last target is begun.
  PhaseEnd run(int done, double most_s) {
    const double end_s = context_.clock->now_s() + most_s;
    for (const Target* target : baseline_first()) {
      if (context_.clock->now_s() >= end_s) {
        skip(*target);
        continue;
      }
      show(*target, done);
      if (check_target(*target) == PhaseEnd::interrupted) return PhaseEnd::interrupted;
    }
    if (case_.threads == 0) case_.threads = parallel_ ? std::max<int>(1, static_cast<int>(context_.allowed_cpus.size())) : 1;
    for (Verification& check : context_.run->verifications) {
      if (check.case_name != case_.name || check.status != CheckStatus::right) continue;
      if (calibrated(check) == PhaseEnd::interrupted) return PhaseEnd::interrupted;
      foresee(check, done == 0 ? context_.least_warm_up_s() : 0);
    }
    return PhaseEnd::done;
  }

  // What its first block takes on the targets where it was right; 0 where there are not two to compare.
  double block_s() const { return comparable_ < 2 ? 0 : block_s_; }

 private:
  void show(const Target& target, int done) const {
    Progress progress{.phase = "checking", .case_name = case_.name, .target = target.name, .done = done,
                      .all = static_cast<int>(context_.run->cases.size()), .at_most = true, .targets = {},
                      .elapsed_s = context_.elapsed_s()};
    if (context_.limits.budget_s > 0) progress.left_s = context_.left_s();
    context_.on_progress(progress);
  }

  void skip(const Target& target) {
    Verification check;
    check.case_name = case_.name;
    check.target = target.name;
    check.cause = "the time budget was used up before its turn";
    check.remedy = kMoreTime;
    context_.run->verifications.push_back(check);
  }

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
    const double start_s = context_.clock->now_s();
    auto executed = executions_.run(case_, target, context_.allowed_cpus, kKept);
    beside_s_[target.name] = context_.clock->now_s() - start_s;
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
    beside_s_[target.name] = std::max(0.0, beside_s_[target.name] - done.end.wall_s);
    parallel_ = parallel_ || is_parallel(done.end);
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
      const int then = first->end.exit.exit_code.value_or(0), now = second->end.exit.exit_code.value_or(0);
      check.cause = which->name + " itself does not " +
                    (then != now ? "end the same twice: with exit code " + std::to_string(then) + ", then with " + std::to_string(now)
                                 : "print the same twice: it differs " + difference(first->output, second->output));
      check.remedy = then != now ? kMustEndAlike : kIgnore;
      return;
    }
    check.cause = "what it prints differs from " + expected_of_->name + " " + difference(expected_->output, done.output);
    check.remedy = kReportOrIgnore;
  }

  // A long execution was measured by the check itself, as well as the loops of a slot need.
  PhaseEnd calibrated(Verification& check) {
    check.loops = 1;
    if (check.loop_s > kLong_s) return PhaseEnd::done;
    const TimeAccount account(context_, "calibration");
    auto started = context_.workers->start(*find_target(*context_.run, check.target), context_.allowed_cpus, context_.limits.case_timeout_s);
    Worker& worker = *std::get<std::unique_ptr<Worker>>(started);
    worker.ask(context_.prepare_request(case_), context_.limits.case_timeout_s);
    const auto death = calibrate(worker, context_, check);
    if (!death) return PhaseEnd::done;
    if (death->interrupted) return PhaseEnd::interrupted;
    check.status = death->wrong ? CheckStatus::wrong : CheckStatus::failed;
    check.cause = death->cause;
    check.remedy = death->remedy;
    return PhaseEnd::done;
  }

  // What its first block will take, preparations included.
  void foresee(const Verification& check, double least_warm_up_s) {
    if (check.status != CheckStatus::right) return;
    const MemberPlan plan = plan_member(check, context_.limits, 0);
    const auto slots = static_cast<std::uint64_t>(plan.slots);
    const double overhead_s = beside_s_[check.target] * static_cast<double>(slots * (check.loops + plan.warm_loops) + plan.first_loops);
    context_.block_overhead_s[case_at_target(case_.name, check.target)] = overhead_s;
    block_s_ += plan_member(check, context_.limits, least_warm_up_s).seconds + overhead_s;
    ++comparable_;
  }

  SessionContext& context_;
  const Executions& executions_;
  Case& case_;
  const std::string& input_checksum_;
  std::optional<Execution> expected_;
  const Target* expected_of_ = nullptr;
  std::map<std::string, double> beside_s_;  // by target: what comes before and after an execution
  double block_s_ = 0;
  int comparable_ = 0;  // targets
  bool parallel_ = false;
};

}  // namespace

PhaseEnd check_programs(SessionContext& context, const Executions& executions) {
  const TimeAccount account(context, "verification");
  constexpr std::size_t kShownDigits = 16;
  const std::string& input = executions.rules().input;
  const bool is_file = file_kind(input) == FileKind::regular;  // a device may have no end
  const std::string input_checksum = !is_file ? "" : sha256_of_file(input).value_or("").substr(0, kShownDigits);
  int done = 0;
  double blocks_s = 0;  // which the first block of each case so far will take: what is checked is to be measured too
  for (Case& item : context.run->cases) {
    ProgramCheck check(context, executions, item, input_checksum);
    if (check.run(done++, context.left_s() - blocks_s) == PhaseEnd::interrupted) return PhaseEnd::interrupted;
    blocks_s += check.block_s();
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
