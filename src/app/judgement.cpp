// SPDX-License-Identifier: Apache-2.0
#include "app/judgement.hpp"

#include <algorithm>

#include "analysis/answers.hpp"

namespace m1bench {
namespace {

// A case that the target could not finish. Skipping for lack of time is no failure.
bool failed_somewhere(const Run& run, const Target& target) {
  return std::any_of(run.verifications.begin(), run.verifications.end(),
                     [&](const Verification& check) { return check.target == target.name && check.status == CheckStatus::failed; }) ||
         std::any_of(run.failures.begin(), run.failures.end(), [&](const Failure& failure) { return failure.target == target.name; });
}

// Not if it was lost as a whole, or every one of its cases failed, before anything could be timed.
bool ran(const Run& run, const Target& target) {
  bool tried = false, finished = false;
  for (const Verification& check : run.verifications) {
    if (check.target != target.name) continue;
    tried = true;
    finished = finished || check.status != CheckStatus::failed;
  }
  const bool lost = std::any_of(run.failures.begin(), run.failures.end(),
                                [&](const Failure& failure) { return failure.target == target.name && failure.case_name.empty(); });
  return target.available && (finished || (!tried && !lost));
}

}  // namespace

ExitCode judge(const Run& run, bool one_is_enough) {
  const bool wrong = std::any_of(run.verifications.begin(), run.verifications.end(),
                                 [](const Verification& check) { return check.status == CheckStatus::wrong; });
  const bool changed = std::any_of(run.failures.begin(), run.failures.end(),
                                   is_wrong_answer);
  const bool named_lost = std::any_of(run.targets.begin(), run.targets.end(), [&](const Target& target) {
    return target.named && (!target.available || failed_somewhere(run, target));
  });
  const auto running = std::count_if(run.targets.begin(), run.targets.end(), [&](const Target& target) { return ran(run, target); });
  const bool too_few = running < (one_is_enough ? 1 : 2);
  return most_important({wrong || changed ? ExitCode::wrong_answer : ExitCode::fine,
                         named_lost || too_few ? ExitCode::target_missing : ExitCode::fine});
}

ExitCode judge(const Comparison& comparison, const Options& options) {
  const auto any = [&](Decision decision) {
    return std::any_of(comparison.changes.begin(), comparison.changes.end(),
                       [&](const Change& change) { return change.decision == decision; });
  };
  const auto if_so = [](bool condition, ExitCode code) { return condition ? code : ExitCode::fine; };
  const bool unlike = !comparison.unlike.empty() && !comparison.forced;
  return most_important({if_so(any(Decision::wrong), ExitCode::wrong_answer),
                         if_so(unlike || comparison.changes.empty() || any(Decision::missing), ExitCode::not_comparable),
                         if_so(any(Decision::regressed), ExitCode::regression),
                         if_so(any(Decision::unsure) && options.unsure != "pass", ExitCode::unsure)});
}

}  // namespace m1bench
