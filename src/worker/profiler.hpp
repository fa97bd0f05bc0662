// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "bench/workload.hpp"
#include "m1bench/core/observer.hpp"
#include "platform/allocations.hpp"
#include "result/profile.hpp"

namespace m1bench {

// Watches a prepared case with a clock: how long each operation of its loops takes. Nobody is told of anything after its end.
class LoopProfiler final : OperationObserver, ShareObserver {
 public:
  LoopProfiler(const CaseSpec& spec, Workload& workload, Parallel& parallel);
  ~LoopProfiler();
  LoopProfiler(const LoopProfiler&) = delete;
  LoopProfiler& operator=(const LoopProfiler&) = delete;

  // The operations, and what observing takes: from spans in which nothing happens.
  ProfileReply describe();

  // Runs `loops` loops and observes every `every`-th, none if that is 0. What is not observed costs nothing.
  ProfileReply time(std::uint64_t loops, std::uint64_t every);

  // Runs `loops` loops, all observed, threads of the team too: as many spans as there is room for, in whole loops for the
  // caller's thread.
  std::vector<TraceSpan> trace(std::uint64_t loops);

 private:
  void begin_operation(std::size_t operation) override;
  void end_operation(std::size_t operation) override;
  void begin_share(int thread) override;
  void end_share(int thread) override;
  void observed_loop();
  void add_span(std::size_t thread, double operation, bool share, double begin_s, double end_s);

  Workload& workload_;
  Parallel& parallel_;
  std::vector<OperationInfo> operations_;
  bool whole_;  // the loop is one operation, and tells nobody of it
  std::vector<double> sums_s_;
  double begin_s_ = 0;
  // While tracing; each thread has its own.
  struct Thread {
    std::vector<TraceSpan> spans;
    double begin_s = 0;
  };
  std::vector<Thread> threads_;
  const AllocationCount* allocations_ = nullptr;
  double start_s_ = 0;
  std::size_t current_ = 0;
};

}  // namespace m1bench
