// SPDX-License-Identifier: Apache-2.0
#include "platform/program_guard.hpp"

#include <signal.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <new>

namespace m1bench {
namespace {

// In a session of its own, so that what is meant for the group of its parent does not reach it, with every signal blocked, and
// without anything else open: whoever reads what its parent writes must see the end of it. Only async-signal-safe calls, for another
// thread of the parent may have held a lock.
[[noreturn]] void stand_guard(int alive, const std::atomic<pid_t>& watched) {
  constexpr int kUsualLimit = 1024;
  setsid();
  for (int descriptor = 0; descriptor < kUsualLimit; ++descriptor) {
    if (descriptor != alive) close(descriptor);
  }
  char nothing = 0;
  retry([&] { return read(alive, &nothing, sizeof nothing); });
  const pid_t leader = watched.load(std::memory_order_relaxed);
  if (leader != ProgramGuard::kNobody) {
    kill(-leader, SIGKILL);
    kill(leader, SIGKILL);  // it may have left its group
  }
  _exit(0);
}

}  // namespace

ProgramGuard::ProgramGuard() {
  void* page = mmap(nullptr, sizeof(Shared), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (page == MAP_FAILED) return;
  watched_ = new (page) Shared(kNobody);
  Descriptor ends;
  if (!open_pipe(ends, alive_)) return;
  sigset_t all, before;
  sigfillset(&all);
  sigprocmask(SIG_SETMASK, &all, &before);
  guard_ = fork();
  if (guard_ == 0) stand_guard(ends.get(), *watched_);
  sigprocmask(SIG_SETMASK, &before, nullptr);
}

ProgramGuard::~ProgramGuard() {
  alive_.close();
  if (guard_ > 0) retry([&] { return waitpid(guard_, nullptr, 0); });
  if (watched_) munmap(watched_, sizeof(Shared));
}

}  // namespace m1bench
