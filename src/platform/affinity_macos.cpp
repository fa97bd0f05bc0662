// SPDX-License-Identifier: Apache-2.0
#include "platform/affinity.hpp"

namespace m1bench {

PinnedThread::PinnedThread(const std::vector<int>&) {}
PinnedThread::~PinnedThread() = default;

void stay_on(int) {}

}  // namespace m1bench
