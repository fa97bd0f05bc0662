// SPDX-License-Identifier: Apache-2.0
#include <fcntl.h>
#include <linux/close_range.h>
#include <sched.h>
#include <signal.h>
#include <sys/prctl.h>

#include <algorithm>

#include "platform/spawn.hpp"

namespace m1bench {

CpuMask make_cpu_mask(const std::vector<int>& cpus) {
  constexpr std::size_t kBits = 8 * sizeof(unsigned long);
  CpuMask mask;
  for (const int cpu : cpus) {
    const auto bit = static_cast<std::size_t>(std::max(cpu, 0));
    if (mask.size() <= bit / kBits) mask.resize(bit / kBits + 1);
    mask[bit / kBits] |= 1UL << (bit % kBits);
  }
  return mask;
}

// The parent may have died before the request was made; then nobody would ever send the signal.
bool die_with_parent(pid_t parent) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  return getppid() == parent;
}

int pin_to_cpus(const CpuMask& mask) {
  if (mask.empty()) return 0;
  const auto* set = reinterpret_cast<const cpu_set_t*>(mask.data());
  if (sched_setaffinity(0, mask.size() * sizeof(unsigned long), set) == 0 || errno == ENOSYS) return 0;
  return errno;
}

void hide_descriptors(int first) {
  if (close_range(static_cast<unsigned>(first), ~0U, CLOSE_RANGE_CLOEXEC) == 0) return;
  constexpr int kUsualLimit = 1024;  // before Linux 5.11; one call per number, so not the million some containers allow
  for (int descriptor = first; descriptor < kUsualLimit; ++descriptor) fcntl(descriptor, F_SETFD, FD_CLOEXEC);
}

}  // namespace m1bench
