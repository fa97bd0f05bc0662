// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>

#include "launch/worker_client.hpp"
#include "platform/shared_memory.hpp"

namespace m1bench {

// Starts real workers. A worker's first output may be up to 4 KiB of somebody else's chatter (a translator's banner), kept
// as a note in its Hello; after that only protocol lines are accepted. Workers must be of this program's own build; those of the
// base or the head of `ab`, of the build of whichever of that side started first.
class WorkerProcessFactory final : public WorkerFactory {
 public:
  // `memory`: what all workers get to share, if there is any; it outlives this.
  explicit WorkerProcessFactory(const SharedMemory* memory = nullptr) : memory_(memory) {}
  OrDeath<std::unique_ptr<Worker>> start(const Target& target, const std::vector<int>& cpus, double timeout_s) override;

 private:
  const SharedMemory* memory_;
  std::map<std::string, std::string> build_ids_;  // by side
};

}  // namespace m1bench
