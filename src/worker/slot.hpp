// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "bench/workload.hpp"

namespace m1bench {

struct SlotTime {
  double wall_s = 0, cpu_s = 0;  // of the whole slot; cpu is the process's, all threads
};

// Times `loops` calls of workload.loop() with Google Benchmark: fixed iterations, real time. What loop() throws comes out.
SlotTime time_slot(Workload& workload, std::uint64_t loops);

}  // namespace m1bench
