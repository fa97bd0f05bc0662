// SPDX-License-Identifier: Apache-2.0
#include "worker/slot.hpp"

#include <benchmark/benchmark.h>

#include <exception>

#include "m1bench/core/check.hpp"

namespace m1bench {
namespace {

// Keeps the figures of the one run it is shown, and prints nothing.
class CapturingReporter final : public benchmark::BenchmarkReporter {
 public:
  bool ReportContext(const Context&) override { return true; }
  void ReportRuns(const std::vector<Run>& runs) override {
    for (const Run& run : runs) time = {run.real_accumulated_time, run.cpu_accumulated_time};
    reported = !runs.empty();
  }
  SlotTime time;
  bool reported = false;
};

}  // namespace

SlotTime time_slot(Workload& workload, std::uint64_t loops) {
  std::exception_ptr thrown;
  const auto body = [&](benchmark::State& state) {
    try {
      for ([[maybe_unused]] auto _ : state) workload.loop();
    } catch (...) {
      thrown = std::current_exception();
      state.SkipWithError("the workload threw");
    }
  };
  benchmark::RegisterBenchmark("slot", body)->Iterations(static_cast<benchmark::IterationCount>(loops))->UseRealTime()->MeasureProcessCPUTime();
  CapturingReporter reporter;
  benchmark::RunSpecifiedBenchmarks(&reporter, "slot");
  benchmark::ClearRegisteredBenchmarks();
  if (thrown) std::rethrow_exception(thrown);
  check(reporter.reported, "Google Benchmark reported the slot");
  return reporter.time;
}

}  // namespace m1bench
