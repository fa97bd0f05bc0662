// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "exec/execution.hpp"
#include "session/context.hpp"

namespace m1bench {

// Executes every case once on every available target, before anything is timed, and compares what they print and their exit codes
// with the baseline's (with the first target's that ran, where the baseline failed). Calibrates what is right. Of a time budget it
// leaves enough for a block of each case that it checked; cases whose turn comes later are skipped. Fills run.verifications, and
// sets the threads of a case that was given none (0): 1 where no target took more CPU time than there was time, else as many as
// there are CPUs, so that a program of many threads is not squeezed onto one.
PhaseEnd check_programs(SessionContext& context, const Executions& executions);

// Seconds that launching an empty program takes, in the median of some; nothing if there is none.
std::optional<double> spawn_seconds(const RunProgram& run);

}  // namespace m1bench
