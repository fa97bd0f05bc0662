// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "launch/worker_client.hpp"

namespace m1bench {

// Starts real workers. A worker's first output may be up to 4 KiB of somebody else's chatter (a translator's banner), kept
// as a note in its Hello; after that only protocol lines are accepted.
class WorkerProcessFactory final : public WorkerFactory {
 public:
  OrDeath<std::unique_ptr<Worker>> start(const Target& target, const std::vector<int>& cpus, double timeout_s) override;
};

}  // namespace m1bench
