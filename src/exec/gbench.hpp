// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "exec/execution.hpp"
#include "session/context.hpp"

// A Google Benchmark program: what it tells of its own benchmarks, merged over targets.
namespace m1bench {

// Runs the program of `program` (a case without a place in the run) once on every available target. Each benchmark of any of them
// becomes a case exec/NAME, right on the targets that measured it.
PhaseEnd check_gbench(SessionContext& context, const Executions& executions, Case program);

// Blocks in which the targets' programs alternate, two runs each, until every benchmark's interval is narrow enough, the most
// blocks are done or the budget is used up. A slot is the real time of one iteration as a run tells it; a run with
// --benchmark_repetitions tells several.
PhaseEnd measure_gbench(SessionContext& context, const Executions& executions, const Case& program);

}  // namespace m1bench
