// SPDX-License-Identifier: Apache-2.0
#include "platform/terminal.hpp"

#include <gtest/gtest.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/wait.h>

#include <cstdio>

#include "platform/child_programs.hpp"
#include "platform/clock.hpp"
#include "platform/files.hpp"

namespace m1bench {
namespace {

TEST(Terminal, WidthOfATerminalAndOfAPipe) {
  const Descriptor terminal(posix_openpt(O_RDWR | O_NOCTTY));
  if (!terminal.is_open() || grantpt(terminal.get()) != 0 || unlockpt(terminal.get()) != 0) GTEST_SKIP() << "no terminals here";
  const Descriptor user(open(ptsname(terminal.get()), O_RDWR | O_NOCTTY));
  const winsize size{40, 123, 0, 0};
  ASSERT_EQ(ioctl(user.get(), TIOCSWINSZ, &size), 0);
  EXPECT_TRUE(is_terminal(user.get()));
  EXPECT_EQ(terminal_width(user.get()), 123);
  Descriptor read_end, write_end;
  ASSERT_TRUE(open_pipe(read_end, write_end));
  EXPECT_FALSE(is_terminal(write_end.get()));
  EXPECT_EQ(terminal_width(write_end.get()), 80);
}

TEST(Terminal, WriteAllTellsOfAClosedReader) {
  signal(SIGPIPE, SIG_IGN);
  Descriptor read_end, write_end;
  ASSERT_TRUE(open_pipe(read_end, write_end));
  EXPECT_TRUE(write_all(write_end.get(), "text"));
  char bytes[8];
  EXPECT_EQ(read(read_end.get(), bytes, sizeof bytes), 4);
  read_end.close();
  EXPECT_FALSE(write_all(write_end.get(), "text"));
  EXPECT_FALSE(write_all(-1, "text"));
}

TEST(Terminal, WriteAllTellsOfAFullDevice) {
  const Descriptor full(open("/dev/full", O_WRONLY | O_CLOEXEC));
  if (!full.is_open()) GTEST_SKIP() << "there is no /dev/full here";
  EXPECT_FALSE(write_all(full.get(), "text"));
}

// In a process of its own, whose standard output and error are files.
TEST(Terminal, ClaimedOutputIsFreeOfChatter) {
  const TemporaryDirectory folder;
  const std::string out = folder.path() + "/out", err = folder.path() + "/err";
  std::fflush(nullptr);  // or the other process would write out a copy of what waits in this one
  const pid_t pid = fork();
  if (pid == 0) {
    dup2(open(out.c_str(), O_WRONLY | O_CREAT, 0600), STDOUT_FILENO);
    dup2(open(err.c_str(), O_WRONLY | O_CREAT, 0600), STDERR_FILENO);
    const int own = claim_standard_output();
    write_all(STDOUT_FILENO, "chatter");
    write_all(own, "protocol");
    _exit(0);
  }
  waitpid(pid, nullptr, 0);
  EXPECT_EQ(read_file(out, 100), "protocol");
  EXPECT_EQ(read_file(err, 100), "chatter");
}

TEST(Terminal, Environment) {
  setenv("M1BENCH_TEST_EMPTY", "", 1);
  EXPECT_EQ(environment("M1BENCH_TEST_EMPTY"), "");
  EXPECT_EQ(environment("M1BENCH_TEST_NONE"), std::nullopt);
}

TEST(Clock, GoesForwardInUnitsThatCanBeSeen) {
  const double before = steady_seconds();
  const double resolution = timer_resolution_s();
  EXPECT_GT(resolution, 0);
  EXPECT_LT(resolution, 0.1);
  EXPECT_GT(steady_seconds(), before);
  EXPECT_GT(process_cpu_seconds(), 0);
}

TEST(Clock, TimestampAndSeed) {
  const std::string stamp = utc_timestamp();
  ASSERT_EQ(stamp.size(), 20u);
  EXPECT_EQ(stamp[10], 'T');
  EXPECT_EQ(stamp[19], 'Z');
  EXPECT_GE(stamp.substr(0, 4), "2026");
  EXPECT_NE(random_seed(), random_seed());
}

TEST(Clock, Usage) {
  const ProcessUsage usage = process_usage();
  EXPECT_GT(usage.max_rss_bytes.value_or(1 << 20), 100000u);
  EXPECT_GT(usage.page_faults.value_or(0), 0u);
  EXPECT_EQ(usage.migrations.has_value(), file_exists("/proc/self/sched"));
}

}  // namespace
}  // namespace m1bench
