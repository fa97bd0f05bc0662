// SPDX-License-Identifier: Apache-2.0
#include "platform/program.hpp"

#include <gtest/gtest.h>
#include <signal.h>

#include "platform/child_programs.hpp"
#include "platform/files.hpp"
#include "platform/host.hpp"

namespace m1bench {
namespace {

constexpr std::size_t kKept = 1000;

struct Ran {
  ProgramEnd end;
  std::string printed;
  std::size_t bytes = 0;
};

Ran run_child(const std::string& act, const std::string& argument = "", double timeout_s = kPatience, const ProgramStart& more = {}) {
  Ran ran;
  ProgramStart start = more;
  start.command = child_command(act, argument).command;
  start.timeout_s = timeout_s;
  start.on_output = [&ran](std::string_view bytes) {
    ran.bytes += bytes.size();
    ran.printed.append(bytes.substr(0, kKept - std::min(kKept, ran.printed.size())));
  };
  ran.end = run_program(start);
  return ran;
}

TEST(Program, IsRunToItsEndAndTold) {
  const Ran ran = run_child("say", "hello");
  EXPECT_FALSE(ran.end.not_started);
  EXPECT_EQ(ran.end.exit.exit_code, 0);
  EXPECT_EQ(ran.printed, "hello");
  EXPECT_GT(ran.end.wall_s, 0);
  EXPECT_FALSE(ran.end.timed_out);
  EXPECT_GT(ran.end.page_faults.value_or(0), 0u);
}

TEST(Program, ThatFailsOrCrashesIsToldAsSuch) {
  EXPECT_EQ(run_child("exit", "7").end.exit.exit_code, 7);
  EXPECT_EQ(run_child("die", std::to_string(SIGABRT)).end.exit.signal, SIGABRT);  // which no sanitizer catches
}

TEST(Program, ThatIsNotThereIsNotStarted) {
  for (const char* name : {"/no/such/program", "no-such-program-anywhere", "/"}) {
    ProgramStart start;
    start.command = {name};
    const ProgramEnd end = run_program(start);
    ASSERT_TRUE(end.not_started) << name;
    EXPECT_NE(end.not_started->error_number, 0);
    EXPECT_TRUE(end.not_started->message.starts_with(name)) << end.not_started->message;
  }
}

TEST(Program, PrintsMoreThanAPipeHolds) {
  constexpr std::size_t kMany = 50'000'000;
  const Ran ran = run_child("print-bytes", std::to_string(kMany));
  EXPECT_EQ(ran.end.exit.exit_code, 0);
  EXPECT_EQ(ran.bytes, kMany);
}

TEST(Program, FloodsItsErrorsOfWhichTheLastAreKept) {
  const Ran ran = run_child("complain-and-fail", "1000000");
  EXPECT_EQ(ran.end.exit.exit_code, 3);
  EXPECT_EQ(ran.end.error_tail.size(), 4096u);
  EXPECT_TRUE(ran.end.error_tail.ends_with("\nno such thing\n"));
}

TEST(Program, MayCloseItsOutput) { EXPECT_EQ(run_child("close-and-end").end.exit.exit_code, 0); }

TEST(Program, ThatNeverEndsIsKilledWithItsGroup) {
  const TemporaryDirectory folder;
  LifeLine grandchild(folder.path() + "/fifo");
  const Ran ran = run_child("fork-fifo-holder", folder.path() + "/fifo", 0.5);
  EXPECT_TRUE(ran.end.timed_out);
  EXPECT_EQ(ran.end.exit.signal, SIGKILL);
  while (grandchild.begins()) {  // unless it was killed before it could
  }
  EXPECT_TRUE(grandchild.ends());
}

TEST(Program, LeavesNothingBehindThatKeepsItsOutputOpen) {
  const TemporaryDirectory folder;
  LifeLine grandchild(folder.path() + "/fifo");
  const Ran ran = run_child("leave-fifo-holder", folder.path() + "/fifo");
  EXPECT_EQ(ran.printed, "left one behind\n");
  EXPECT_EQ(ran.end.exit.exit_code, 0);
  while (grandchild.begins()) {
  }
  EXPECT_TRUE(grandchild.ends());
}

TEST(Program, ReadsAFileOrNothing) {
  const TemporaryDirectory folder;
  const std::string path = folder.path() + "/input";
  write_file_atomic(path, "12345");
  EXPECT_EQ(run_child("count-input").printed, "0\n");
  ProgramStart start;
  start.input = path;
  EXPECT_EQ(run_child("count-input", "", kPatience, start).printed, "5\n");
  start.input = folder.path() + "/absent";
  EXPECT_TRUE(run_child("count-input", "", kPatience, start).end.not_started);
}

TEST(Program, StartsWithFreshSignalsNothingOpenAndItsEnvironment) {
  ProgramStart start;
  start.environment = {{"M1BENCH_TEST", "it is"}};
  EXPECT_EQ(run_child("environment", "M1BENCH_TEST", kPatience, start).printed, "it is\n");
  EXPECT_EQ(run_child("descriptors").printed, "3\n");
  EXPECT_EQ(run_child("signals").printed, "0 leader\n");
}

TEST(Program, IsKeptOnItsCpus) {
  const std::vector<int> allowed = allowed_cpus();
  if (allowed.empty()) GTEST_SKIP() << "this system does not pin";
  ProgramStart start;
  start.cpus = {allowed.back()};
  EXPECT_EQ(run_child("cpus", "", kPatience, start).printed, std::to_string(allowed.back()) + "\n");
  EXPECT_EQ(allowed_cpus(), allowed);  // this process goes where it could go before
}

}  // namespace
}  // namespace m1bench
