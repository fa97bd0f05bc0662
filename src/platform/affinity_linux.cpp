// SPDX-License-Identifier: Apache-2.0
#include "platform/affinity.hpp"

#include "platform/host.hpp"
#include "platform/spawn.hpp"

namespace m1bench {

PinnedThread::PinnedThread(const std::vector<int>& cpus) {
  if (cpus.empty()) return;
  before_ = allowed_cpus();
  if (pin_to_cpus(make_cpu_mask(cpus)) != 0) before_.clear();
}

PinnedThread::~PinnedThread() {
  if (!before_.empty()) pin_to_cpus(make_cpu_mask(before_));
}

void stay_on(int cpu) { pin_to_cpus(make_cpu_mask({cpu})); }

}  // namespace m1bench
