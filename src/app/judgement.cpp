// SPDX-License-Identifier: Apache-2.0
#include "app/judgement.hpp"

#include <algorithm>

namespace m1bench {

ExitCode judge(const Run& run, bool one_is_enough) {
  const bool wrong = std::any_of(run.verifications.begin(), run.verifications.end(),
                                 [](const Verification& check) { return check.status == CheckStatus::wrong; });
  const bool changed = std::any_of(run.failures.begin(), run.failures.end(),
                                   [](const Failure& failure) { return failure.cause.starts_with("wrong answer"); });
  const bool named_missing =
      std::any_of(run.targets.begin(), run.targets.end(), [](const Target& target) { return target.named && !target.available; });
  const auto running = std::count_if(run.targets.begin(), run.targets.end(), [](const Target& target) { return target.available; });
  const bool alone = running < 2 && !one_is_enough;
  return most_important({wrong || changed ? ExitCode::wrong_answer : ExitCode::fine,
                         named_missing || alone ? ExitCode::target_missing : ExitCode::fine});
}

}  // namespace m1bench
