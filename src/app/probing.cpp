// SPDX-License-Identifier: Apache-2.0
#include "app/probing.hpp"

#include <memory>

#include "app/cold_starts.hpp"
#include "app/plan.hpp"
#include "app/real_clock.hpp"
#include "launch/worker_process.hpp"

namespace m1bench {

void probe_all(std::vector<Target>& targets, const Options& options) {
  if (options.fake_measurer) return;
  constexpr double kPatience_s = 20;
  RealClock clock;
  ColdStarts workers(std::make_unique<WorkerProcessFactory>(), clock, cold_starts_file());
  for (Target& target : targets) {
    if (!probe(target, workers, kPatience_s)) return;
  }
}

}  // namespace m1bench
