// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/exit_code.hpp"
#include "result/model.hpp"

namespace m1bench {

// What a run's answers and targets mean for the exit code: wrong answers, then a named target that could not run (at all, or
// one of its cases), or nothing that ran but the baseline. `one_is_enough`: a single target is no fault (`verify`).
ExitCode judge(const Run& run, bool one_is_enough);

}  // namespace m1bench
