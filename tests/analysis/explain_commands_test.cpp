// SPDX-License-Identifier: Apache-2.0
// What explain tells a reader to run next must be what this run could have been asked, and no more.
#include "analysis/explain_commands.hpp"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "analysis/explain.hpp"
#include "analysis/explain_runs.hpp"

namespace m1bench {
namespace {

using Record = m1bench::Run;  // testing::Test has a Run of its own

constexpr const char *kArm = "arm64/native", *kV2 = "x86_64-v2/rosetta2";

// What is said under that code; its settle is "-" where nothing is.
Reason reason_of(const Record& run, const std::string& code) {
  const Explanation explanation = explain(run);
  for (const TargetExplanation& told : explanation.cases.front().targets) {
    for (const Reason& reason : told.reasons) {
      if (reason.code == code) return reason;
    }
  }
  Reason none;
  none.settle = "-";
  return none;
}

std::string settle_of(const Record& run, const std::string& code) { return reason_of(run, code).settle; }

Record one_case(const std::string& name, double translated_s, std::vector<std::string> arguments) {
  Record run = timed_run("arm64", {kArm, kV2}, {{name, {1e-3, translated_s}}});
  run.session.arguments = std::move(arguments);
  return run;
}

TEST(ExplainCommands, CarryWhatTheRunWasTold) {
  const struct {
    const char* name;
    const char* case_name;
    std::vector<std::string> arguments;
    const char* want;
  } kRows[] = {
      {"nothing", "train/mnist-mlp", {"run", "train/*"}, "m1bench profile train/mnist-mlp"},
      {"targets",
       "train/mnist-mlp",
       {"run", "--targets", "a,b", "--baseline=a", "train/*"},
       "m1bench profile train/mnist-mlp --baseline=a --targets a,b"},
      {"a translator of one's own",
       "train/mnist-mlp",
       {"run", "--translator", "my:x=emu -f", "--env", "x/my:A=1 2"},
       "m1bench profile train/mnist-mlp --translator 'my:x=emu -f' --env 'x/my:A=1 2'"},
      {"data",
       "train/mnist-mlp",
       {"run", "--data", "~/my data"},
       "m1bench profile train/mnist-mlp --data \"$HOME\"'/my data'"},
      {"a model",
       "infer/tflite",
       {"run", "infer/tflite", "--model", "a.tflite"},
       "m1bench profile infer/tflite --model a.tflite"},
      {"a model of another case",
       "train/mnist-mlp",
       {"run", "infer/tflite", "--model", "a.tflite"},
       "m1bench profile train/mnist-mlp"},
      {"what is no fact of the comparison",
       "train/mnist-mlp",
       {"run", "--quick", "-o", "x", "--seed", "3"},
       "m1bench profile train/mnist-mlp"},
      {"an option without its value", "train/mnist-mlp", {"run", "--targets"}, "m1bench profile train/mnist-mlp"},
  };
  for (const auto& row : kRows) EXPECT_EQ(settle_of(one_case(row.case_name, 3e-3, row.arguments), "unexplained"), row.want) << row.name;
}

TEST(ExplainCommands, ANameLikeAnOptionIsInNone) {
  for (const char* name : {"--force", "-o"}) {
    const std::vector<Reason> reasons = explain(one_case(name, 3e-3, {"run"})).cases.front().targets.front().reasons;
    EXPECT_FALSE(reasons.empty());
    for (const Reason& reason : reasons) EXPECT_EQ(reason.settle.find(name), std::string::npos) << reason.settle;
  }
}

TEST(ExplainCommands, OfferAProfileOfWhatHasOperations) {
  for (const char* name : {"train/mnist-mlp", "infer/mnist-cnn-int8", "pipeline/naive", "memory/arena"})
    EXPECT_EQ(settle_of(one_case(name, 3e-3, {"run"}), "unexplained"), "m1bench profile " + std::string(name));
  for (const char* name : {"matmul/f32/64", "matmul/i8/1024", "gemm/f32/32x1000x3000", "conv2d/f32/mnist", "elementwise/add",
                           "reduce/sum", "softmax/32x1000"}) {
    const Reason reason = reason_of(one_case(name, 3e-3, {"run"}), "unexplained");
    EXPECT_EQ(reason.settle, "") << name << " is a single operation";
    EXPECT_EQ(reason.message, "where the rest of its time goes: m1bench sees nothing of what is in a kernel, a profiler of the "
                              "system does (perf, Instruments)") << name;
  }
}

Record exec_record(double translated_s, std::vector<std::string> arguments) {
  Record run = one_case("exec/true", translated_s, std::move(arguments));
  run.cases[0].family = "exec";
  run.cases[0].variant = "program";
  run.session.command = "exec";
  return run;
}

TEST(ExplainCommands, OfProgramsAreTheirOwnAgain) {
  const Record faster =
      exec_record(0.98e-3, {"--color", "never", "exec", "--quick", "-o", "old", "--", "./true", "--quick", "-o", "a b"});
  EXPECT_EQ(settle_of(faster, "translated-faster"), "m1bench --color never exec --control -- ./true --quick -o 'a b'");
  const Record slower = exec_record(3e-3, {"exec", "--native", "true", "--translated", "qemu-x86_64 true"});
  EXPECT_EQ(settle_of(slower, "unexplained"), "") << "`m1bench profile exec/true` cannot be";
  EXPECT_NE(reason_of(slower, "unexplained").message.find("in a program, a profiler of the system"), std::string::npos);
  Record both = exec_record(3e-3, {"exec", "--", "true"});
  both.machine.arch = "x86_64";
  EXPECT_EQ(settle_of(both, "slice-apart"), "-") << "exec has no --targets";
}

TEST(ExplainCommands, ARatioWithoutIntervalAsksForOne) {
  const std::vector<std::string> arguments{"exec", "--native", "a", "--translated", "b c", "--output=old", "--quick"};
  const std::pair<double, Explained> kRows[] = {
      {1.4e-3, Explained::unsure}, {0.7e-3, Explained::unsure}, {1.6e-3, Explained::told}, {0.6e-3, Explained::told}};
  for (const auto& [translated_s, state] : kRows) {
    Record run = exec_record(translated_s, arguments);
    run.blocks.resize(1);
    const TargetExplanation told = explain(run).cases[0].targets[0];
    ASSERT_FALSE(told.ratio->half_width);
    EXPECT_EQ(told.state, state) << translated_s;
    EXPECT_EQ(settle_of(run, "unsure"), "m1bench exec --thorough --native a --translated 'b c'");
  }
  EXPECT_EQ(settle_of(exec_record(1.4e-3, arguments), "unsure"), "-") << "five blocks have an interval";
}

TEST(ExplainCommands, ABoundThatIsThereAndHasNoTimeIsNotMissing) {
  Record run = timed_run("arm64", {kArm, kV2}, {{"elementwise/add", {1e-3, 2e-3}}, {"bound/triad", {1e-3, 0}}});
  Verification& check = run.verifications.emplace_back();
  check.case_name = "bound/triad";
  check.target = kV2;
  check.status = CheckStatus::skipped;
  EXPECT_EQ(reason_of(run, "memory").message,
            "whether memory limits it: bound/triad has no time on x86_64-v2/rosetta2: skipped");
  const auto lacking = [](const Record& of) { return reason_of(of, "memory").message; };
  run.cases[1].threads = 4;
  EXPECT_EQ(lacking(run), "whether memory limits it: bound/triad is not in the run with 1 thread");
  std::swap(run.cases[0].threads, run.cases[1].threads);
  EXPECT_EQ(lacking(run), "whether memory limits it: bound/triad is not in the run with 4 threads");
  run.cases[1].threads = 4;
  run.session.merged.resize(2);
  EXPECT_EQ(lacking(run), "whether memory limits it: bound/triad is not in the run on the same machine");
  run.session.merged.clear();
  drop_case(run, "bound/triad");
  EXPECT_EQ(lacking(run), "whether memory limits it: bound/triad is not in the run");
}

}  // namespace
}  // namespace m1bench
