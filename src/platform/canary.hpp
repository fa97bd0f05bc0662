// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

namespace m1bench {

// Seconds that a fixed chain of operations on registers takes, about 5 ms of work: nothing but the machine can change it. On
// these CPUs, where the operating system lets a thread be pinned.
double canary_seconds(const std::vector<int>& cpus);

}  // namespace m1bench
