// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "result/model.hpp"

namespace m1bench {

// The array that github-action-benchmark reads as `tool: customSmallerIsBetter`. Two series for each case on each target that was
// measured: its ratio against the baseline (unit "x", with its interval as the range), which is what an alert may rest on, and
// the time of a loop (unit "ns"), which drifts from runner to runner. The baseline has a time alone.
// Throws Error(data) where nothing was measured: the action refuses an empty array.
std::string github_action_json(const Run& run);

}  // namespace m1bench
