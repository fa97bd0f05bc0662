// SPDX-License-Identifier: Apache-2.0
#include "worker/slot.hpp"

#include <benchmark/benchmark.h>

#include <array>
#include <cmath>
#include <exception>

#include "m1bench/core/check.hpp"
#include "platform/clock.hpp"

namespace m1bench {
namespace {

// No clock counts finer than this. What doubles make of it in a sum is not information, and would treble the run's file.
double whole_nanoseconds(double seconds) { return std::round(1e9 * seconds) / 1e9; }

// Keeps the figures of the one run it is shown, and prints nothing.
class CapturingReporter final : public benchmark::BenchmarkReporter {
 public:
  bool ReportContext(const Context&) override { return true; }
  void ReportRuns(const std::vector<Run>& runs) override {
    for (const Run& run : runs) time = {whole_nanoseconds(run.real_accumulated_time), whole_nanoseconds(run.cpu_accumulated_time)};
    reported = !runs.empty();
  }
  SlotTime time;
  bool reported = false;
};

// Google Benchmark takes its flags from the environment as well (BENCHMARK_REPETITIONS, BENCHMARK_OUT ...). What a user has
// there for other programs must not change a slot.
void ignore_environment() {
  std::array arguments{"slot",
                       "--benchmark_repetitions=1",
                       "--benchmark_min_warmup_time=0",
                       "--benchmark_list_tests=false",
                       "--benchmark_out=",
                       "--benchmark_perf_counters=",
                       "--v=0"};
  auto count = static_cast<int>(arguments.size());
  benchmark::Initialize(&count, const_cast<char**>(arguments.data()));
}

// In CPU time, so that a loop which had to wait for its CPU is not made to wait in proportion.
void slowed_loop(Workload& workload, double slowdown) {
  const double start = thread_cpu_seconds();
  workload.loop();
  const double end = start + slowdown * (thread_cpu_seconds() - start);
  while (thread_cpu_seconds() < end) {
  }
}

}  // namespace

SlotTime time_slot(Workload& workload, std::uint64_t loops, double slowdown) {
  [[maybe_unused]] static const bool once = (ignore_environment(), true);
  std::exception_ptr thrown;
  const auto body = [&](benchmark::State& state) {
    try {
      if (slowdown > 1) {
        for ([[maybe_unused]] auto _ : state) slowed_loop(workload, slowdown);
      } else {
        for ([[maybe_unused]] auto _ : state) workload.loop();
      }
    } catch (...) {
      thrown = std::current_exception();
      state.SkipWithError("the workload threw");
    }
  };
  benchmark::RegisterBenchmark("slot", body)
      ->Iterations(static_cast<benchmark::IterationCount>(loops))
      ->UseRealTime()
      ->MeasureProcessCPUTime();
  CapturingReporter reporter;
  benchmark::RunSpecifiedBenchmarks(&reporter, "slot");
  benchmark::ClearRegisteredBenchmarks();
  if (thrown) std::rethrow_exception(thrown);
  check(reporter.reported, "Google Benchmark reported the slot");
  return reporter.time;
}

}  // namespace m1bench
