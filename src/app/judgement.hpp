// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "analysis/comparison.hpp"
#include "app/exit_code.hpp"
#include "app/options.hpp"
#include "result/model.hpp"

namespace m1bench {

// What a run's answers and targets mean for the exit code: wrong answers, then a named target that could not run (at all, or
// one of its cases), or nothing that ran but the baseline. `one_is_enough`: a single target is no fault (`verify`).
ExitCode judge(const Run& run, bool one_is_enough);

// What the gate's decisions mean for the exit code: wrong answers; not comparable, if the runs are unlike and nobody forced it,
// a comparison is missing, or there is none at all; regressed; unsure, unless --unsure=pass.
ExitCode judge(const Comparison& comparison, const Options& options);

}  // namespace m1bench
