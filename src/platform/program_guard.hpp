// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/types.h>

#include <atomic>

#include "platform/descriptor.hpp"

namespace m1bench {

// Sees to it that a program does not outlive this process, however this one ends: a small process that sleeps until a pipe from here
// ends, and then kills the group that was named last. (A request of the program's own to die with its parent, as Linux has it, cannot
// be made through posix_spawn, and would be lost at its next setuid.) A program is unguarded from its start until watch(), a fraction
// of a millisecond. Costs a fork at the beginning and one store for each program. Where there is nothing to be had for it, nobody
// guards. Use on one thread.
class ProgramGuard {
 public:
  static constexpr pid_t kNobody = 0;

  ProgramGuard();
  ~ProgramGuard();
  ProgramGuard(const ProgramGuard&) = delete;
  ProgramGuard& operator=(const ProgramGuard&) = delete;

  // The leader of a process group; kNobody before its exit status is collected, for then the number may be another's.
  void watch(pid_t leader) {
    if (watched_) watched_->store(leader, std::memory_order_relaxed);
  }

 private:
  using Shared = std::atomic<pid_t>;
  static_assert(Shared::is_always_lock_free);

  Shared* watched_ = nullptr;  // in memory that both processes have
  Descriptor alive_;           // ends with this process
  pid_t guard_ = -1;
};

}  // namespace m1bench
