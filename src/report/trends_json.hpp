// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "analysis/recorded.hpp"
#include "analysis/trends.hpp"

namespace m1bench {

// For programs (docs/history.md): the document "m1bench-trends", ...
std::string trends_json(const std::vector<CaseTrend>& trends);

// ... and "m1bench-history", the runs without their series.
std::string history_json(const std::vector<RecordedRun>& runs);

}  // namespace m1bench
