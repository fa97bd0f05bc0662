// SPDX-License-Identifier: Apache-2.0
#include "platform/interrupt.hpp"

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>

#include <functional>

#include "platform/child_programs.hpp"

namespace m1bench {
namespace {

// Signal handlers and the first interrupt last as long as a process, so each test has one of its own. The number of the
// first expectation that does not hold is its exit code.
int in_own_process(const std::function<int()>& body) {
  const pid_t pid = fork();
  if (pid == 0) _exit(body());
  int status = 0;
  waitpid(pid, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 100 + WTERMSIG(status);
}

bool is_readable(int descriptor) {
  pollfd event{descriptor, POLLIN, 0};
  return poll(&event, 1, 0) == 1;
}

TEST(Interrupt, RemembersTheFirst) {
  EXPECT_EQ(in_own_process([] {
              if (interrupt_descriptor() != -1) return 1;
              catch_interrupts();
              catch_interrupts();
              if (interrupted() != 0 || is_readable(interrupt_descriptor())) return 2;
              raise(SIGTERM);
              raise(SIGINT);
              raise(SIGPIPE);
              if (interrupted() != SIGTERM) return 3;
              return is_readable(interrupt_descriptor()) ? 0 : 4;
            }),
            0);
}

TEST(Interrupt, HangUpStaysIgnoredUnderNohup) {
  EXPECT_EQ(in_own_process([] {
              signal(SIGHUP, SIG_IGN);
              catch_interrupts();
              raise(SIGHUP);
              return interrupted();
            }),
            0);
}

// The interrupt comes from another process once this one waits or is about to: both must end the wait.
TEST(Interrupt, WakesAReader) {
  EXPECT_EQ(in_own_process([] {
              catch_interrupts();
              const auto child = spawn_child("hang");
              const pid_t self = getpid();
              const pid_t interrupter = fork();
              if (interrupter == 0) {
                kill(self, SIGINT);
                _exit(0);
              }
              std::string line;
              return child->read_line(line, kLineBytes, kPatience) == ReadStatus::interrupted ? 0 : 1;
            }),
            0);
}

TEST(Interrupt, LinesThatCameBeforeAreReadFirst) {
  EXPECT_EQ(in_own_process([] {
              catch_interrupts();
              const auto child = spawn_child("say", "first\nsecond\n");
              std::string line;
              child->read_line(line, kLineBytes, kPatience);
              raise(SIGINT);
              if (child->read_line(line, kLineBytes, kPatience) != ReadStatus::line || line != "second") return 1;
              return 0;
            }),
            0);
}

TEST(Interrupt, EndsAWriteThatWaits) {
  EXPECT_EQ(in_own_process([] {
              catch_interrupts();
              raise(SIGINT);
              const auto echo = spawn_child("echo");
              if (!echo->write_line("a line that fits", kPatience)) return 1;
              const auto deaf = spawn_child("hang");
              return deaf->write_line(std::string(kLineBytes, 'x'), kPatience) ? 2 : 0;
            }),
            0);
}

// What a terminal does for Ctrl-C: one signal to the driver's whole group.
TEST(Interrupt, DoesNotReachTheChild) {
  EXPECT_EQ(in_own_process([] {
              setpgid(0, 0);
              catch_interrupts();
              const auto child = spawn_child("echo");
              kill(0, SIGINT);
              if (interrupted() != SIGINT) return 1;
              return child->finish(kPatience).exit_code == 0 ? 0 : 2;
            }),
            0);
}

}  // namespace
}  // namespace m1bench
