// SPDX-License-Identifier: Apache-2.0
#include <fcntl.h>
#include <unistd.h>

#include <algorithm>

#include "platform/spawn.hpp"

namespace m1bench {

// Apple silicon offers no pinning (thread_policy_set with THREAD_AFFINITY_POLICY is KERN_NOT_SUPPORTED).
CpuMask make_cpu_mask(const std::vector<int>&) { return {}; }
int pin_to_cpus(const CpuMask&) { return 0; }

// There is no PR_SET_PDEATHSIG either: a worker ends with its standard input.
bool die_with_parent(pid_t parent) { return getppid() == parent; }

void hide_descriptors(int first) {
  constexpr long kMostTried = 10240;  // OPEN_MAX; the limit itself may be unlimited, which is -1 here
  const long limit = sysconf(_SC_OPEN_MAX);
  const int end = static_cast<int>(limit < 0 ? kMostTried : std::min(limit, kMostTried));
  for (int descriptor = first; descriptor < end; ++descriptor) fcntl(descriptor, F_SETFD, FD_CLOEXEC);
}

}  // namespace m1bench
