// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "exec/execution.hpp"
#include "result/model.hpp"

namespace m1bench {

// Workers in the driver whose loop is one execution of the target's program: to the session, which schedules, calibrates and
// stops, a program is then a case like any other. A slot's time is the sum of its executions', preparations left out.
class ProgramWorkers final : public WorkerFactory {
 public:
  // Both outlive this and every worker.
  ProgramWorkers(const Run& run, const Executions& executions) : run_(run), executions_(executions) {}
  OrDeath<std::unique_ptr<Worker>> start(const Target& target, const std::vector<int>& cpus, double timeout_s) override;

 private:
  const Run& run_;
  const Executions& executions_;
};

}  // namespace m1bench
