// SPDX-License-Identifier: Apache-2.0
#include "platform/process.hpp"

#include <gtest/gtest.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>

#include "platform/child_programs.hpp"
#include "platform/clock.hpp"
#include "platform/files.hpp"
#include "platform/host.hpp"
#include "platform/interrupt.hpp"

namespace m1bench {
namespace {

std::string first_line(Child& child) {
  std::string line;
  return child.read_line(line, kLineBytes, kPatience) == ReadStatus::line ? line : "(no line)";
}

TEST(Process, EchoesLinesInOrder) {
  const auto child = spawn_child("echo");
  ASSERT_NE(child, nullptr);
  for (const char* line : {"first", "", "{\"a\": 1}"}) {
    ASSERT_TRUE(child->write_line(line, kPatience));
    EXPECT_EQ(first_line(*child), line);
  }
  EXPECT_EQ(child->finish(kPatience).exit_code, 0);
  EXPECT_EQ(child->finish(kPatience).exit_code, 0) << "asked again";
}

TEST(Process, PassesLinesLargerThanAPipe) {
  const auto child = spawn_child("echo");
  const std::string line(kLineBytes, 'x');
  ASSERT_TRUE(child->write_line(line, kPatience));
  EXPECT_EQ(first_line(*child), line);
}

TEST(Process, WritesToAChildThatTalksFirst) {
  const auto child = spawn_child("talk-first", "300000");
  ASSERT_TRUE(child->write_line(std::string(300000, 'i'), kPatience));
  EXPECT_EQ(first_line(*child).size(), 300000u);
  EXPECT_EQ(first_line(*child), "300000");
}

TEST(Process, TellsHowTheChildDied) {
  struct Row {
    const char* act;
    int number;
    std::optional<int> exit_code, signal;
  };
  const Row rows[] = {{"exit", 0, 0, {}},
                      {"exit", 42, 42, {}},
                      {"exit", 255, 255, {}},
                      {"die", SIGILL, {}, SIGILL},
                      {"die", SIGKILL, {}, SIGKILL}};
  for (const Row& row : rows) {
    SCOPED_TRACE(std::string(row.act) + ' ' + std::to_string(row.number));
    const auto child = spawn_child(row.act, std::to_string(row.number));
    std::string line;
    EXPECT_EQ(child->read_line(line, kLineBytes, kPatience), ReadStatus::end);
    const ChildExit exit = child->finish(kPatience);
    EXPECT_EQ(exit.exit_code, row.exit_code);
    EXPECT_EQ(exit.signal, row.signal);
  }
}

TEST(Process, DeadlineOfASilentChildThenKill) {
  const auto child = spawn_child("hang");
  std::string line = "before";
  EXPECT_EQ(child->read_line(line, kLineBytes, 0.05), ReadStatus::timed_out);
  EXPECT_EQ(line, "");
  const ChildExit exit = child->finish(0.05);
  EXPECT_EQ(exit.signal, SIGKILL);
  EXPECT_EQ(exit.exit_code, std::nullopt);
}

TEST(Process, DeadlineOfAWriteNobodyReads) {
  const auto child = spawn_child("hang");
  EXPECT_FALSE(child->write_line(std::string(kLineBytes, 'x'), 0.05));
  EXPECT_FALSE(child->write_line("after half a line", kPatience));
}

TEST(Process, WriteToADeadChildIsFalse) {
  const auto child = spawn_child("exit", "0");
  std::string line;
  ASSERT_EQ(child->read_line(line, kLineBytes, kPatience), ReadStatus::end);
  child->finish(kPatience);
  EXPECT_FALSE(child->write_line("hello", kPatience));
  EXPECT_EQ(child->read_line(line, kLineBytes, kPatience), ReadStatus::end);
}

TEST(Process, WriteSeesTheReaderDie) {
  const auto child = spawn_child("exit", "0");
  EXPECT_FALSE(child->write_line(std::string(kLineBytes, 'x'), kPatience));
}

TEST(Process, KeepsHalfALineAndShowsIt) {
  const auto child = spawn_child("flood-output", "10");
  std::string line;
  while (line.size() < 10) ASSERT_EQ(child->read_line(line, kLineBytes, 0.05), ReadStatus::timed_out);
  EXPECT_EQ(child->read_line(line, kLineBytes, 0), ReadStatus::timed_out);
  EXPECT_EQ(line, "oooooooooo");
  child->close_input();
  EXPECT_EQ(child->read_line(line, kLineBytes, kPatience), ReadStatus::end);
  EXPECT_EQ(line, "oooooooooo");
}

TEST(Process, TooLongALine) {
  const auto child = spawn_child("flood-output", "2000000");
  std::string line;
  EXPECT_EQ(child->read_line(line, kLineBytes, kPatience), ReadStatus::too_long);
  EXPECT_EQ(line, std::string(kLineBytes, 'o'));
}

TEST(Process, LineOfExactlyTheLimit) {
  const auto child = spawn_child("echo");
  std::string line;
  ASSERT_TRUE(child->write_line("12345", kPatience) && child->write_line("123456", kPatience));
  EXPECT_EQ(child->read_line(line, 5, kPatience), ReadStatus::line);
  EXPECT_EQ(child->read_line(line, 5, kPatience), ReadStatus::too_long);
  EXPECT_EQ(line, "12345");
}

TEST(Process, FloodOfErrorsBlocksNothingAndLeavesATail) {
  const auto child = spawn_child("flood-errors", "1000000");
  EXPECT_EQ(first_line(*child), "done");
  EXPECT_EQ(child->finish(kPatience).exit_code, 0);
  EXPECT_EQ(child->error_tail(), std::string(4096 - 7, 'e') + "the end");
}

TEST(Process, FinishLetsAFloodingChildEnd) {
  const auto child = spawn_child("flood-output", "1000000");
  EXPECT_EQ(child->finish(kPatience).exit_code, 0);
}

TEST(Process, ClosedOutputOfALivingChild) {
  const auto child = spawn_child("close-output");
  std::string line;
  EXPECT_EQ(child->read_line(line, kLineBytes, kPatience), ReadStatus::end);
  EXPECT_EQ(child->finish(0.05).signal, SIGKILL);
}

TEST(Process, LeavesNoZombie) {
  const auto child = spawn_child("exit", "0");
  child->finish(kPatience);
  EXPECT_EQ(waitpid(child->pid(), nullptr, WNOHANG), -1);
  EXPECT_EQ(errno, ECHILD);
}

TEST(Process, KillsTheWholeGroup) {
  const TemporaryDirectory folder;
  LifeLine grandchild(folder.path() + "/fifo");
  const auto child = spawn_child("fork-fifo-holder", folder.path() + "/fifo");
  ASSERT_TRUE(grandchild.begins());
  EXPECT_EQ(child->kill_now().signal, SIGKILL);
  EXPECT_TRUE(grandchild.ends());
}

TEST(Process, DestructorKills) {
  const TemporaryDirectory folder;
  LifeLine life(folder.path() + "/fifo");
  auto child = spawn_child("hold-fifo", folder.path() + "/fifo");
  ASSERT_TRUE(life.begins());
  child.reset();
  EXPECT_TRUE(life.ends());
}

TEST(Process, DiesWithItsDriverOnLinux) {
  if (!file_exists("/proc/self/exe")) GTEST_SKIP() << "there is no PR_SET_PDEATHSIG here";
  const TemporaryDirectory folder;
  LifeLine life(folder.path() + "/fifo");
  const pid_t driver = fork();
  if (driver == 0) {
    const auto child = spawn_child("hold-fifo", folder.path() + "/fifo");
    for (;;) pause();
  }
  ASSERT_TRUE(life.begins());
  kill(driver, SIGKILL);
  EXPECT_TRUE(life.ends());
  waitpid(driver, nullptr, 0);
}

TEST(Process, SpawnErrors) {
  const TemporaryDirectory folder;
  const std::string_view script[] = {"just text\n"};
  write_file(folder.path() + "/text", script);
  struct Row {
    const char* name;
    std::string program;
    int error_number;
  };
  const Row rows[] = {{"not in PATH", "m1bench-no-such-program", ENOENT},
                      {"no such path", folder.path() + "/none", ENOENT},
                      {"a folder", folder.path(), EACCES},
                      {"not executable", folder.path() + "/text", EACCES}};
  for (const Row& row : rows) {
    SCOPED_TRACE(row.name);
    Child::SpawnError error;
    EXPECT_EQ(Child::spawn({{row.program}, {}, {}}, error), nullptr);
    EXPECT_EQ(error.error_number, row.error_number);
    EXPECT_EQ(error.message, row.program + ": " + system_reason(row.error_number));
  }
  EXPECT_EQ(waitpid(-1, nullptr, WNOHANG), -1) << "the child whose exec failed is still there";
}

TEST(Process, EnvironmentIsAddedAndReplaced) {
  setenv("M1BENCH_TEST_KEPT", "kept", 1);
  setenv("M1BENCH_TEST_REPLACED", "old", 1);
  const std::map<std::string, std::string> rows = {{"M1BENCH_TEST_KEPT", "kept"},
                                                   {"M1BENCH_TEST_REPLACED", "new=1"},
                                                   {"M1BENCH_TEST_ADDED", "added"},
                                                   {"M1BENCH_NO", "(unset)"}};
  for (const auto& [name, value] : rows) {
    SpawnOptions options = child_command("environment", name);
    options.environment = {{"M1BENCH_TEST_REPLACED", "new=1"}, {"M1BENCH_TEST_ADDED", "added"}};
    EXPECT_EQ(run_command(options, 100, kPatience).out, value + '\n') << name;
  }
}

TEST(Process, PinsToCpus) {
  const std::vector<int> cpus = allowed_cpus();
  if (cpus.empty()) GTEST_SKIP() << "no pinning here";
  SpawnOptions options = child_command("cpus");
  options.cpus = {cpus.back()};
  EXPECT_EQ(run_command(options, 100, kPatience).out, std::to_string(cpus.back()) + '\n');

  options.cpus = {40000};
  Child::SpawnError error;
  EXPECT_EQ(Child::spawn(options, error), nullptr);
  EXPECT_EQ(error.message, options.command[0] + ": pinning to CPU 40000: " + system_reason(EINVAL));
}

TEST(Process, InheritsNoDescriptor) {
  const Descriptor without_close_on_exec(dup(2));
  ASSERT_GE(without_close_on_exec.get(), 3);
  const auto another = spawn_child("echo");
  EXPECT_EQ(run_command(child_command("descriptors"), 100, kPatience).out, "3\n");
}

TEST(Process, SpawnsWhereStandardStreamsAreClosed) {
  EXPECT_EXIT(
      {
        close(0);
        close(1);
        close(2);
        const auto child = spawn_child("echo");
        _exit(child->write_line("hello", kPatience) && first_line(*child) == "hello" ? 0 : 1);
      },
      testing::ExitedWithCode(0), "");
}

TEST(Process, StartsWithFreshSignalsInItsOwnGroup) {
  sigset_t usr1, before;
  sigemptyset(&usr1);
  sigaddset(&usr1, SIGUSR1);
  sigprocmask(SIG_BLOCK, &usr1, &before);
  const auto usr2 = signal(SIGUSR2, SIG_IGN);
  EXPECT_EQ(run_command(child_command("signals"), 100, kPatience).out, "0 leader\n");
  signal(SIGUSR2, usr2);
  sigprocmask(SIG_SETMASK, &before, nullptr);
}

TEST(Process, ExitStatusSurvivesIgnoredSigchld) {
  signal(SIGCHLD, SIG_IGN);
  EXPECT_EQ(run_command(child_command("exit", "7"), 100, kPatience).exit.exit_code, 7);
}

TEST(RunCommand, CapturesAndLimits) {
  struct Row {
    const char *act, *argument, *out;
  };
  const Row rows[] = {{"say", "", ""},
                      {"say", "no newline", "no newline"},
                      {"say", "two\nlines\n", "two\nlines\n"},
                      {"flood-output", "9000", "oooooooooooooooo"},
                      {"echo", "", ""}};  // sees the end of its input
  for (const Row& row : rows) {
    SCOPED_TRACE(row.argument);
    const CommandOutput result = run_command(child_command(row.act, row.argument), 16, kPatience);
    EXPECT_TRUE(result.started);
    EXPECT_FALSE(result.timed_out);
    EXPECT_EQ(result.exit.exit_code, 0);
    EXPECT_EQ(result.out, row.out);
  }
}

TEST(RunCommand, KeepsLongLinesWhole) {
  EXPECT_EQ(run_command(child_command("flood-output", "100000"), 1 << 20, kPatience).out, std::string(100000, 'o'));
}

TEST(RunCommand, EndsWhatDoesNotEnd) {
  for (const char* act : {"hang", "close-output", "flood-lines"}) {
    SCOPED_TRACE(act);
    const CommandOutput result = run_command(child_command(act, "line"), 16, 0.05);
    EXPECT_TRUE(result.timed_out);
    EXPECT_EQ(result.exit.signal, SIGKILL);
  }
  EXPECT_FALSE(run_command({{"m1bench-no-such-program"}, {}, {}}, 16, kPatience).started);
}

TEST(SignalName, KnownAndUnknown) {
  EXPECT_EQ(signal_name(4), "SIGILL");
  EXPECT_EQ(signal_name(SIGBUS), "SIGBUS");
  EXPECT_EQ(signal_name(99), "signal 99");
}

TEST(FindProgram, LooksWhereAShellLooks) {
  EXPECT_EQ(find_program(M1BENCH_TEST_CHILDREN "/child"), std::string(M1BENCH_TEST_CHILDREN "/child"));
  ASSERT_TRUE(find_program("sh").has_value());
  EXPECT_TRUE(find_program("sh")->starts_with("/"));
  for (const char* none : {"", "m1bench-no-such-program", "/tmp", "/etc/passwd", "/no/such"}) {
    EXPECT_EQ(find_program(none), std::nullopt) << none;
  }
}

}  // namespace
}  // namespace m1bench
