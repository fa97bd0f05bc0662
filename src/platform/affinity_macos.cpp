// SPDX-License-Identifier: Apache-2.0
#include "platform/affinity.hpp"

namespace m1bench {

PinnedThread::PinnedThread(const std::vector<int>&) {}
PinnedThread::~PinnedThread() = default;

}  // namespace m1bench
