// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

namespace m1bench {

// Keeps the calling thread on these CPUs while it lives, then lets it go where it might go before. Does nothing for an empty
// list, where pinning fails, and where the operating system has no such notion.
class PinnedThread {
 public:
  explicit PinnedThread(const std::vector<int>& cpus);
  ~PinnedThread();
  PinnedThread(const PinnedThread&) = delete;
  PinnedThread& operator=(const PinnedThread&) = delete;

 private:
  std::vector<int> before_;
};

// Keeps the calling thread on this CPU for good, likewise if that can be done.
void stay_on(int cpu);

}  // namespace m1bench
