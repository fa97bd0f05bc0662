// SPDX-License-Identifier: Apache-2.0
// The catalogue as a plain Google Benchmark program: its own flags (--benchmark_filter, --benchmark_out, ...) and its
// compare.py work on the same cases that m1bench measures.
#include <benchmark/benchmark.h>

#include <memory>

#include "bench/workload.hpp"

namespace {

using namespace m1bench;

void run_case(benchmark::State& state, const CaseSpec& spec) {
  Parallel parallel;
  constexpr std::uint64_t kSeed = 1;
  const auto workload = make_workload(spec.name, {.seed = kSeed, .data = nullptr, .parallel = &parallel});
  for ([[maybe_unused]] auto _ : state) workload->loop();
  const auto per_iteration = [](double amount) { return benchmark::Counter(amount, benchmark::Counter::kIsIterationInvariantRate); };
  if (spec.flop > 0) state.counters[spec.rate == Rate::ops ? "OP/s" : "FLOP/s"] = per_iteration(spec.flop);
  if (spec.bytes > 0) state.counters["B/s"] = per_iteration(spec.bytes);
  if (spec.samples > 0) state.counters["samples/s"] = per_iteration(spec.samples);
}

}  // namespace

int main(int argc, char** argv) {
  for (const CaseSpec& spec : catalogue()) {
    // The reference kernels are there to be right, not to be waited for; a launch needs a driver, and so does decoding a model.
    if (spec.variant == "reference" || spec.launch || spec.model != ModelFile::none) continue;
    benchmark::RegisterBenchmark(spec.name.c_str(), [&spec](benchmark::State& state) { run_case(state, spec); })->UseRealTime();
  }
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 1;
  benchmark::RunSpecifiedBenchmarks();
  benchmark::Shutdown();
  return 0;
}
