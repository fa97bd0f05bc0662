// SPDX-License-Identifier: Apache-2.0
#include "app/judgement.hpp"

#include <gtest/gtest.h>

#include <array>
#include <functional>
#include <vector>

#include "report/comparison_outcome.hpp"

namespace m1bench {
namespace {

// Two targets, of which the second was named, and two cases that both answered rightly.
Run good_run() {
  Run run;
  for (const char* name : {"base", "other"}) {
    Target target;
    target.name = name;
    target.available = true;
    target.named = run.targets.size() == 1;
    run.targets.push_back(target);
    for (const char* case_name : {"a", "b"}) {
      Verification check;
      check.case_name = case_name;
      check.target = name;
      check.status = CheckStatus::right;
      run.verifications.push_back(check);
    }
  }
  return run;
}

TEST(Judge, WhatARunMeansForTheExitCode) {
  using Change = std::function<void(m1bench::Run&)>;
  const auto status = [](std::size_t i, CheckStatus wanted) {
    return [i, wanted](m1bench::Run& run) { run.verifications[i].status = wanted; };
  };
  struct Row {
    const char* name;
    std::vector<Change> changes;
    ExitCode compared, one_is_enough;
  };
  constexpr ExitCode kFine = ExitCode::fine, kWrong = ExitCode::wrong_answer, kMissing = ExitCode::target_missing;
  const Change unnamed = [](m1bench::Run& run) { run.targets[1].named = false; };
  const Change lost = [](m1bench::Run& run) { run.targets[1].available = false; };
  const Change died = [](m1bench::Run& run) { run.failures.push_back({"a", "other", "killed by SIGKILL", ""}); };
  const Change changed = [](m1bench::Run& run) { run.failures.push_back({"a", "base", "wrong answer: it changed", ""}); };
  const Change alone = [](m1bench::Run& run) { run.targets.pop_back(); };
  const Change unchecked = [](m1bench::Run& run) { run.verifications.clear(); };
  const auto nowhere = [](const char* target) {
    return Change([target](m1bench::Run& run) { run.failures.push_back({"", target, "wrote nothing", ""}); });
  };
  const Row rows[] = {
      {"everything right", {}, kFine, kFine},
      {"every target was lost as a whole before it was checked", {unnamed, unchecked, nowhere("base"), nowhere("other")}, kMissing, kMissing},
      {"a default target was lost as a whole once it had been checked", {unnamed, nowhere("other")}, kFine, kFine},
      {"a wrong answer", {status(0, CheckStatus::wrong)}, kWrong, kWrong},
      {"an answer that changed", {changed}, kWrong, kWrong},
      {"wrong, and a named target is missing", {status(0, CheckStatus::wrong), lost}, kWrong, kWrong},
      {"a named target is missing", {lost}, kMissing, kMissing},
      {"a default target is missing: nothing but the baseline", {lost, unnamed}, kMissing, kFine},
      {"a named target failed in one case", {status(2, CheckStatus::failed)}, kMissing, kMissing},
      {"a default target failed in one case", {status(2, CheckStatus::failed), unnamed}, kFine, kFine},
      {"a default target failed in all",
       {status(2, CheckStatus::failed), status(3, CheckStatus::failed), unnamed},
       kMissing,
       kFine},
      {"a named target died later", {died}, kMissing, kMissing},
      {"a default target died later", {died, unnamed}, kFine, kFine},
      {"skipped for lack of time", {status(2, CheckStatus::skipped), status(3, CheckStatus::skipped)}, kFine, kFine},
      {"one target", {alone}, kMissing, kFine},
      {"ended before any check", {unchecked}, kFine, kFine},
  };
  for (const Row& row : rows) {
    m1bench::Run run = good_run();
    for (const Change& change : row.changes) change(run);
    EXPECT_EQ(judge(run, false), row.compared) << row.name;
    EXPECT_EQ(judge(run, true), row.one_is_enough) << row.name;
  }
}

TEST(Judge, WhatAComparisonMeansForTheExitCode) {
  struct Row {
    const char* name;
    std::vector<Decision> decisions;
    bool unlike, forced;
    ExitCode code, unsure_passes;
  };
  using enum Decision;
  constexpr ExitCode kFine = ExitCode::fine, kUnsure = ExitCode::unsure, kRegression = ExitCode::regression,
                     kUnlike = ExitCode::not_comparable, kWrong = ExitCode::wrong_answer;
  const Row rows[] = {
      {"fine", {ok, ok}, false, false, kFine, kFine},
      {"unsure", {ok, unsure}, false, false, kUnsure, kFine},
      {"regressed", {ok, regressed}, false, false, kRegression, kRegression},
      {"regressed and unsure", {unsure, regressed}, false, false, kRegression, kRegression},
      {"missing", {missing, regressed, unsure}, false, false, kUnlike, kUnlike},
      {"wrong", {missing, wrong, regressed}, false, false, kWrong, kWrong},
      {"nothing to compare", {}, false, false, kUnlike, kUnlike},
      {"unlike", {}, true, false, kUnlike, kUnlike},
      {"unlike and wrong", {wrong}, true, false, kWrong, kWrong},
      {"unlike, forced", {ok}, true, true, kFine, kFine},
      {"unlike, forced, regressed", {regressed}, true, true, kRegression, kRegression},
  };
  for (const Row& row : rows) {
    Comparison comparison;
    comparison.forced = row.forced;
    if (row.unlike) comparison.unlike = {{"seed", "1", "2"}};
    for (const Decision decision : row.decisions) comparison.changes.emplace_back().decision = decision;
    Options options;
    EXPECT_EQ(judge(comparison, options), row.code) << row.name;
    options.unsure = "pass";
    EXPECT_EQ(judge(comparison, options), row.unsure_passes) << row.name;
  }
}

// The report's first word and the exit code are two answers to one question.
TEST(Judge, AgreesWithTheHeadline) {
  constexpr std::array kCodes{ExitCode::wrong_answer, ExitCode::not_comparable, ExitCode::regression, ExitCode::unsure,
                              ExitCode::fine};
  for (unsigned decisions = 0; decisions < 1U << 5; ++decisions) {
    for (const bool unlike : {false, true}) {
      Comparison comparison;
      if (unlike) comparison.unlike = {{"seed", "1", "2"}};
      for (unsigned i = 0; i < 5; ++i) {
        if (decisions >> i & 1) comparison.changes.emplace_back().decision = static_cast<Decision>(i);
      }
      EXPECT_EQ(judge(comparison, Options()), kCodes[static_cast<std::size_t>(outcome_of(comparison))]) << decisions << unlike;
    }
  }
}

}  // namespace
}  // namespace m1bench
