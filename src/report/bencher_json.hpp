// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "result/model.hpp"

namespace m1bench {

// Bencher Metric Format, for `bencher run --adapter json`: a benchmark for each case on each target that was measured, with the
// measures `latency` (one loop, nanoseconds; Bencher's own) and, but for the baseline, `ratio` with its interval. Bencher sets
// its thresholds by measure, so that an alert can rest on the ratio alone. Throws Error(data) where nothing was
// measured: Bencher refuses an empty document.
std::string bencher_json(const Run& run);

}  // namespace m1bench
