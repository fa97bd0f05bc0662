// SPDX-License-Identifier: Apache-2.0
#include "exec/execution.hpp"

#include <gtest/gtest.h>
#include <signal.h>

namespace m1bench {
namespace {

ProgramEnd ended(std::optional<int> code, std::optional<int> signal = std::nullopt, const std::string& said = "") {
  ProgramEnd end;
  end.exit = {code, signal};
  end.error_tail = said;
  return end;
}

TEST(Execution, ThatWentWrongIsExplained) {
  ProgramEnd late = ended(std::nullopt, SIGKILL), absent;
  late.timed_out = true;
  absent.not_started = Child::SpawnError{ENOENT, "./p: No such file or directory"};
  const struct {
    ProgramEnd end;
    const char* cause;
  } rows[] = {
      {ended(3, std::nullopt, "usage: p\nno such thing\n\n"), "ended with exit code 3 (it said: no such thing)"},
      {ended(std::nullopt, SIGSEGV), "killed by SIGSEGV"},
      {late, "did not end within 5.00 s and was killed"},
      {absent, "could not start ./p: No such file or directory"},
  };
  for (const auto& row : rows) {
    const auto death = explain_end(row.end, {.timeout_s = 5});
    ASSERT_TRUE(death) << row.cause;
    EXPECT_EQ(death->cause, row.cause);
    EXPECT_NE(death->remedy, "") << row.cause;
  }
  EXPECT_FALSE(explain_end(ended(0), {}));
}

TEST(Execution, MayFailWhereThatIsIgnoredButNotCrash) {
  EXPECT_FALSE(explain_end(ended(3), {.ignore_failure = true}));
  EXPECT_TRUE(explain_end(ended(std::nullopt, SIGSEGV), {.ignore_failure = true}));
  ProgramEnd stopped = ended(std::nullopt, SIGKILL);
  stopped.interrupted = true;
  EXPECT_TRUE(explain_end(stopped, {})->interrupted);
}

// Records what it is asked to start, and prints its words.
struct Recorder {
  std::vector<ProgramStart> started;
  RunProgram runner() {
    return [this](const ProgramStart& start) {
      started.push_back(start);
      if (start.on_output) start.on_output(start.command.back());
      return ended(start.command.back() == "exit 1" ? 1 : 0);
    };
  }
};

TEST(Execution, PutsParametersIntoCommandAndPreparation) {
  Recorder recorder;
  const Executions executions({.input = "in", .prepare = "make {N}", .timeout_s = 7}, recorder.runner());
  Case item;
  item.parameters = {{"N", "10"}};
  Target target;
  target.command = {"./p", "-n", "{N}"};
  target.environment = {{"A", "b"}};
  const auto executed = executions.run(item, target, {3});
  ASSERT_EQ(recorder.started.size(), 2u);
  EXPECT_EQ(recorder.started[0].command, (std::vector<std::string>{"/bin/sh", "-c", "make 10"}));
  EXPECT_EQ(recorder.started[0].input, "");
  EXPECT_EQ(recorder.started[1].command, (std::vector<std::string>{"./p", "-n", "10"}));
  EXPECT_EQ(recorder.started[1].input, "in");
  EXPECT_EQ(recorder.started[1].environment.at("A"), "b");
  EXPECT_EQ(recorder.started[1].cpus, std::vector<int>{3});
  EXPECT_EQ(recorder.started[1].timeout_s, 7);
  Output printed;
  printed.add("10");
  EXPECT_EQ(std::get<Execution>(executed).checksum, printed.checksum(0));
}

TEST(Execution, ComparesExitCodesWhereOutputIsIgnored) {
  const auto checksum = [](const char* printed, int code) {
    const Executions executions({.ignore_output = true, .ignore_failure = true}, [&](const ProgramStart& start) {
      if (start.on_output) start.on_output(printed);
      return ended(code);
    });
    return std::get<Execution>(executions.run({}, {}, {}, 1000)).checksum;
  };
  EXPECT_EQ(checksum("a", 0), checksum("b", 0));
  EXPECT_NE(checksum("a", 0), checksum("a", 1));
}

TEST(Execution, EndsWithAPreparationThatFails) {
  Recorder recorder;
  const Executions executions({.prepare = "exit 1", .ignore_failure = true}, recorder.runner());
  Target target;
  target.command = {"./p"};
  const auto executed = executions.run({}, target, {});
  EXPECT_EQ(std::get<Death>(executed).cause, "the command of --prepare: ended with exit code 1");
  EXPECT_EQ(recorder.started.size(), 1u);
}

}  // namespace
}  // namespace m1bench
