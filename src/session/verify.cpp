// SPDX-License-Identifier: Apache-2.0
#include "session/verify.hpp"

#include <algorithm>
#include <optional>

#include "m1bench/core/error.hpp"
#include "m1bench/core/text.hpp"
#include "platform/files.hpp"
#include "session/answers.hpp"
#include "session/calibrate.hpp"
#include "session/launches.hpp"

namespace m1bench {
namespace {

constexpr const char* kMoreTime = "give it more time with --time-budget";
constexpr const char* kNoBlas = "this slice holds no BLAS library";
constexpr const char* kInstallBlas = "install OpenBLAS (Debian: libopenblas-dev) and build again, or leave out the variant `blas`";

// A worker that has prepared a case.
struct Prepared {
  std::unique_ptr<Worker> worker;
  std::string input_checksum;
};

OrDeath<Prepared> prepare(SessionContext& context, const Target& target, const Case& item) {
  const double start = context.clock->now_s();
  auto started = start_worker(context, target, item, context.allowed_cpus);
  if (auto* death = std::get_if<Death>(&started)) return *death;
  Prepared prepared{std::get<std::unique_ptr<Worker>>(std::move(started)), ""};
  auto reply = prepared.worker->ask(context.prepare_request(item, true), context.limits.case_timeout_s);
  if (auto* death = std::get_if<Death>(&reply)) return *death;
  prepared.input_checksum = std::get<Reply>(reply).input_checksum;
  context.block_overhead_s[case_at_target(item.name, target.name)] = context.clock->now_s() - start;
  return prepared;
}

// One case on its way through all targets.
class CaseCheck {
 public:
  CaseCheck(SessionContext& context, SlowBudget& budget, const Case& item, int done, bool calibrate)
      : context_(context), budget_(budget), case_(item), done_(done), calibrate_(calibrate) {}

  PhaseEnd run() {
    if (context_.left_s() <= 0) return skip_all("the time budget was used up before its turn", kMoreTime);
    if (lacks_library(context_.reference)) return skip_all(kNoBlas, kInstallBlas);
    if (const auto death = guarded([this] { return learn_reference(); })) {
      for (const Target& target : context_.run->targets) {
        if (target.available) record_failure(target, {"the reference on " + context_.reference.name + ": " + death->cause, death->remedy, death->interrupted});
      }
      return death->interrupted ? PhaseEnd::interrupted : PhaseEnd::done;
    }
    for (const Target& target : context_.run->targets) {
      if (!target.available) continue;
      show(target);
      if (check_target(target) == PhaseEnd::interrupted) return PhaseEnd::interrupted;
    }
    return PhaseEnd::done;
  }

 private:
  // What a check costs says little before the most expensive ones, which come last; only the budget is sure.
  void show(const Target& target) const {
    Progress progress{.phase = "checking", .case_name = case_.name, .target = target.name, .done = done_,
                      .all = static_cast<int>(context_.run->cases.size()), .at_most = true, .targets = {},
                      .elapsed_s = context_.elapsed_s()};
    if (calibrate_ && context_.limits.budget_s > 0) progress.left_s = context_.left_s();
    context_.on_progress(progress);
  }

  PhaseEnd skip_all(const char* cause, const char* remedy) {
    for (const Target& target : context_.run->targets) {
      if (!target.available) continue;
      Verification check;
      check.case_name = case_.name;
      check.target = target.name;
      check.cause = cause;
      check.remedy = remedy;
      context_.run->verifications.push_back(check);
    }
    return PhaseEnd::done;
  }

  bool is_training() const { return answers_with_losses(case_); }

  // The right answer: from the reference kernel, or for training from the reference target's own losses.
  std::optional<Death> learn_reference() {
    auto prepared = prepare(context_, context_.reference, case_);
    if (auto* death = std::get_if<Death>(&prepared)) return *death;
    Prepared& native = std::get<Prepared>(prepared);
    reference_inputs_ = native.input_checksum;
    if (!is_training()) {
      auto reply = native.worker->ask({.verb = Verb::reference, .path = path()}, context_.limits.case_timeout_s);
      if (auto* death = std::get_if<Death>(&reply)) return *death;
      reference_ = read_reference(path(), std::get<Reply>(reply).elements);
    }
    if (const auto death = answer(*native.worker, native_check_, native_answer_)) return death;
    if (is_training()) reference_ = reference_of_losses(native_check_.losses);
    native_ = std::move(native.worker);
    return std::nullopt;
  }

  PhaseEnd check_target(const Target& target) {
    if (target.side == "control") return copy_from_baseline(target);
    Verification check;
    check.case_name = case_.name;
    check.target = target.name;
    const double start = context_.clock->now_s();
    if (skipped(target, check)) {
      context_.run->verifications.push_back(check);
      return PhaseEnd::done;
    }
    const auto death = checked(target, check);
    const bool translated = target.translator != "native";
    if (translated) budget_.spend(context_.clock->now_s() - start);
    if (death) {
      record_failure(target, *death);
      return death->interrupted ? PhaseEnd::interrupted : PhaseEnd::done;
    }
    // What starting costs says nothing about computing.
    if (translated && !times_launches(case_)) budget_.learn(kin_of(case_), native_check_.loop_s, check.loop_s);
    context_.run->verifications.push_back(check);
    return PhaseEnd::done;
  }

  // A control runs the very program that was checked as the baseline.
  PhaseEnd copy_from_baseline(const Target& control) {
    const Verification* baseline = find_verification(*context_.run, case_.name, context_.run->session.baseline);
    if (!baseline) return PhaseEnd::done;
    Verification check = *baseline;
    check.target = control.name;
    context_.run->verifications.push_back(check);
    return PhaseEnd::done;
  }

  bool lacks_library(const Target& target) const { return case_.variant == "blas" && !(target.hello && target.hello->blas); }

  // Nothing to run, or too long to try by what the target's other cases showed.
  bool skipped(const Target& target, Verification& check) const {
    if (lacks_library(target)) {
      check.status = CheckStatus::skipped;
      check.cause = kNoBlas;
      return true;
    }
    if (target.translator == "native") return false;
    if (target.side == "head") return skipped_as_base(target, check);
    const auto loop_s = budget_.predict(kin_of(case_), native_check_.loop_s);
    if (!loop_s) return false;
    const double loops = (is_training() ? static_cast<double>(context_.limits.slow_steps) : 1.0) + 1.0;
    if (*loop_s < context_.limits.slow_loop_s || budget_.admits(*loop_s * loops)) return false;
    check.status = CheckStatus::skipped;
    check.cause = "about " + format_seconds(*loop_s) + " a loop";
    check.remedy = kMoreTime;
    return true;
  }

  // What base may do, head may do: the two are to be compared.
  bool skipped_as_base(const Target& target, Verification& check) const {
    const Verification* base = find_verification(*context_.run, case_.name, compared_with(*context_.run, target));
    if (!base || base->status != CheckStatus::skipped) return false;
    check.status = CheckStatus::skipped;
    check.cause = base->cause;
    check.remedy = base->remedy;
    return true;
  }

  std::optional<Death> checked(const Target& target, Verification& check) {
    return guarded([&] { return target.name == context_.reference.name ? check_reference_itself(check) : check_other(target, check); });
  }

  // Files that a worker wrote badly are its failure, not the session's.
  template <class Step>
  static std::optional<Death> guarded(Step step) {
    try {
      return step();
    } catch (const Error& error) {
      return Death{error.what(), "", false};
    }
  }

  std::optional<Death> check_reference_itself(Verification& check) {
    check = native_check_;
    check.case_name = case_.name;
    check.target = context_.reference.name;
    return judge(*native_, reference_inputs_, native_answer_, check);
  }

  std::optional<Death> check_other(const Target& target, Verification& check) {
    auto prepared = prepare(context_, target, case_);
    if (auto* death = std::get_if<Death>(&prepared)) return *death;
    Prepared& worker = std::get<Prepared>(prepared);
    Answer given;
    if (const auto death = answer(*worker.worker, check, given)) return death;
    return judge(*worker.worker, worker.input_checksum, given, check);
  }

  // Compares the answer, and calibrates if it is right.
  std::optional<Death> judge(Worker& worker, const std::string& input_checksum, const Answer& given, Verification& check) {
    check.input_checksum = input_checksum;
    if (input_checksum != reference_inputs_) {
      check.status = CheckStatus::wrong;
      check.cause = "its inputs differ from those of " + context_.reference.name;
    } else {
      judge_answer(reference_, given, case_, check);
    }
    if (check.status == CheckStatus::right && calibrate_) {
      const TimeAccount account(context_, "calibration");
      if (const auto death = find_loops(worker, check)) return death;
    }
    worker.quit();
    return std::nullopt;
  }

  // Head gets exactly the slots and loops of base, so that nothing but the builds differs.
  std::optional<Death> find_loops(Worker& worker, Verification& check) {
    const Target* target = find_target(*context_.run, check.target);
    const std::string with = target && target->side == "head" ? compared_with(*context_.run, *target) : "";
    const Verification* base = with.empty() ? nullptr : find_verification(*context_.run, case_.name, with);
    if (!base || base->status != CheckStatus::right) return calibrate(worker, context_, check);
    check.slow = base->slow;
    check.loops = base->loops;
    check.loop_s = base->loop_s;  // which decides how many slots there are
    return std::nullopt;
  }

  // Runs the case once (training: as many steps as are verified) and reads the answer.
  std::optional<Death> answer(Worker& worker, Verification& check, Answer& answer) {
    auto first = ask_steps(worker, 1, false);
    if (auto* death = std::get_if<Death>(&first)) return *death;
    Reply reply = std::get<Reply>(first);
    check.loop_s = reply.loop_s;
    check.slow = reply.loop_s > context_.limits.slow_loop_s;
    if (is_training()) {
      const std::uint64_t steps = check.slow ? context_.limits.slow_steps : context_.limits.steps;
      // A slow target is asked step by step, so that the time limit sees that it is alive.
      for (std::uint64_t done = 1; done < steps;) {
        const std::uint64_t more = check.slow ? 1 : steps - done;
        auto next = ask_steps(worker, more, true);
        if (auto* death = std::get_if<Death>(&next)) return *death;
        reply = std::get<Reply>(next);
        done += more;
      }
    }
    check.output_checksum = reply.output_checksum;
    answer = {reply.dtype, read_answer(path(), reply)};
    if (is_training()) check.losses = as_doubles(answer.bytes);
    return std::nullopt;
  }

  OrDeath<Reply> ask_steps(Worker& worker, std::uint64_t loops, bool resume) {
    return worker.ask({.verb = Verb::verify, .path = path(), .loops = loops, .resume = resume}, context_.limits.case_timeout_s);
  }

  void record_failure(const Target& target, const Death& death) {
    Verification check;
    check.case_name = case_.name;
    check.target = target.name;
    check.status = CheckStatus::failed;
    check.cause = death.cause;
    check.remedy = death.remedy;
    if (!death.interrupted) context_.run->verifications.push_back(check);
  }

  std::string path() const { return context_.scratch + "/answer"; }

  SessionContext& context_;
  SlowBudget& budget_;
  const Case& case_;
  int done_;  // cases checked before
  bool calibrate_;
  Reference reference_;
  std::string reference_inputs_;
  std::unique_ptr<Worker> native_;
  Verification native_check_;
  Answer native_answer_;
};

}  // namespace

PhaseEnd verify_cases(SessionContext& context, SlowBudget& budget, bool calibrate) {
  const TimeAccount account(context, "verification");
  std::vector<const Case*> cheapest_first;
  for (const Case& item : context.run->cases) cheapest_first.push_back(&item);
  std::stable_sort(cheapest_first.begin(), cheapest_first.end(),
                   [](const Case* a, const Case* b) { return a->flop + a->bytes < b->flop + b->bytes; });
  int done = 0;
  for (const Case* item : cheapest_first) {
    if (CaseCheck(context, budget, *item, done++, calibrate).run() == PhaseEnd::interrupted) return PhaseEnd::interrupted;
  }
  return PhaseEnd::done;
}

}  // namespace m1bench
