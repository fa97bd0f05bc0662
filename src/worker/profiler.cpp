// SPDX-License-Identifier: Apache-2.0
#include "worker/profiler.hpp"

#include <algorithm>
#include <array>
#include <span>
#include <string>

#include "platform/clock.hpp"

namespace m1bench {
namespace {

ProfiledOperation on_wire(const OperationInfo& operation) {
  return {operation.name, operation.kind, static_cast<ProfilePass>(operation.pass), std::string(operation.dtype),
          operation.cost.flop, operation.cost.bytes};
}

template <std::size_t n>
double middle(std::array<double, n>& values) {
  std::nth_element(values.begin(), values.begin() + n / 2, values.end());
  return values[n / 2];
}

}  // namespace

LoopProfiler::LoopProfiler(const CaseSpec& spec, Workload& workload, Parallel& parallel)
    : workload_(workload),
      parallel_(parallel),
      operations_(operations_of(spec, workload, parallel.threads())),
      whole_(workload.operations().empty()),
      sums_s_(operations_.size(), 0) {}

LoopProfiler::~LoopProfiler() {
  workload_.observe(nullptr);
  parallel_.observe(nullptr);
}

void LoopProfiler::begin_operation(std::size_t operation) {
  current_ = operation;
  begin_s_ = steady_seconds();
}

void LoopProfiler::end_operation(std::size_t operation) {
  const double now_s = steady_seconds();
  sums_s_[operation] += now_s - begin_s_;
  if (allocations_) add_span(0, static_cast<double>(operation), false, begin_s_, now_s);
}

void LoopProfiler::begin_share(int thread) { threads_[static_cast<std::size_t>(thread)].begin_s = steady_seconds(); }

void LoopProfiler::end_share(int thread) {
  const auto at = static_cast<std::size_t>(thread);
  add_span(at, static_cast<double>(current_), true, threads_[at].begin_s, steady_seconds());
}

void LoopProfiler::add_span(std::size_t thread, double operation, bool share, double begin_s, double end_s) {
  std::vector<TraceSpan>& spans = threads_[thread].spans;
  if (spans.size() == spans.capacity()) return void(threads_[thread].full = true);
  const Allocations seen = allocations_->so_far();
  spans.push_back({static_cast<double>(thread), operation, share ? 1.0 : 0.0, begin_s - start_s_, end_s - start_s_,
                   static_cast<double>(seen.count), static_cast<double>(seen.bytes)});
}

ProfileReply LoopProfiler::describe() {
  // Medians of batches, which withstand what interrupts a few of them.
  constexpr int kBatches = 31, kSpans = 100;
  std::array<double, kBatches> empty{}, whole{};
  OperationObserver& observer = *this;  // told as others tell it
  for (int batch = 0; batch < kBatches; ++batch) {
    sums_s_[0] = 0;
    const double start_s = steady_seconds();
    for (int span = 0; span < kSpans; ++span) const ObservedOperation nothing(&observer, 0);
    whole[static_cast<std::size_t>(batch)] = (steady_seconds() - start_s) / kSpans;
    empty[static_cast<std::size_t>(batch)] = sums_s_[0] / kSpans;
  }
  ProfileReply reply;
  for (const OperationInfo& operation : operations_) reply.operations.push_back(on_wire(operation));
  reply.empty_span_s = middle(empty);
  reply.observation_s = middle(whole);
  return reply;
}

void LoopProfiler::observed_loop() {
  if (!whole_) return workload_.loop();
  const ObservedOperation whole(this, 0);
  workload_.loop();
}

ProfileReply LoopProfiler::time(std::uint64_t loops, std::uint64_t every) {
  ProfileReply reply;
  std::ranges::fill(sums_s_, 0.0);
  if (every == 0) {
    for (std::uint64_t loop = 0; loop < loops; ++loop) workload_.loop();
    return reply;
  }
  const AllocationCount allocations;
  for (std::uint64_t loop = 0; loop < loops; ++loop) {
    if (loop % every != every / 2) {
      workload_.loop();
      continue;
    }
    workload_.observe(this);
    const double start_s = steady_seconds();
    observed_loop();
    reply.observed_s += steady_seconds() - start_s;
    workload_.observe(nullptr);
    ++reply.observed_loops;
  }
  const Allocations seen = allocations.so_far();
  reply.allocations = seen.count;
  reply.allocated_bytes = seen.bytes;
  reply.operation_s = sums_s_;
  return reply;
}

std::vector<TraceSpan> LoopProfiler::trace(std::uint64_t loops, std::size_t most_spans) {
  threads_.resize(static_cast<std::size_t>(parallel_.threads()));
  for (Thread& thread : threads_) thread.spans.reserve(most_spans);
  workload_.observe(this);
  if (threads_.size() > 1) parallel_.observe(this);
  {
    const AllocationCount allocations;
    allocations_ = &allocations;
    start_s_ = steady_seconds();
    bool room = true;
    for (std::uint64_t loop = 0; loop < loops && room; ++loop) {
      const double begin_s = steady_seconds();
      observed_loop();
      add_span(0, kWholeLoop, false, begin_s, steady_seconds());
      room = std::ranges::none_of(threads_, &Thread::full);
      if (!room && loop > 0) break;
      for (Thread& thread : threads_) thread.kept = thread.spans.size();
    }
    allocations_ = nullptr;
  }
  workload_.observe(nullptr);
  parallel_.observe(nullptr);
  std::vector<TraceSpan> all;
  for (const Thread& thread : threads_) {
    const std::span<const TraceSpan> kept(thread.spans.data(), thread.kept);
    all.insert(all.end(), kept.begin(), kept.end());
  }
  return all;
}

}  // namespace m1bench
