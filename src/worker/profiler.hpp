// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "bench/workload.hpp"
#include "m1bench/core/observer.hpp"
#include "platform/allocations.hpp"
#include "result/profile.hpp"

namespace m1bench {

// Of a timeline, for each thread, so that recording never takes memory: a few megabytes.
inline constexpr std::size_t kMostSpans = 1 << 16;

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

  // Runs `loops` loops, all observed, threads of the team too. Returns the spans of as many loops as there is room for, in whole;
  // of a first loop that is too long alone, the spans for which there is room. `most_spans`: of each thread.
  std::vector<TraceSpan> trace(std::uint64_t loops, std::size_t most_spans = kMostSpans);

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
    std::size_t kept = 0;  // of them, those of whole loops
    bool full = false;     // there was no room for a span
    double begin_s = 0;
  };
  std::vector<Thread> threads_;
  const AllocationCount* allocations_ = nullptr;
  double start_s_ = 0;
  std::size_t current_ = 0;
};

}  // namespace m1bench
