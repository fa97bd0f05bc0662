// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "bench/workload.hpp"

namespace m1bench {

struct SlotTime {
  double wall_s = 0, cpu_s = 0;  // of the whole slot; cpu is the process's, all threads
};

// Times `loops` calls of workload.loop() with Google Benchmark: fixed iterations, real time. What loop() throws comes out.
// With a `slowdown` over 1 each loop is followed by idle turns until it has taken that many times as long.
SlotTime time_slot(Workload& workload, std::uint64_t loops, double slowdown = 1);

}  // namespace m1bench
