// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "analysis/trends.hpp"
#include "stats/estimate.hpp"

// What every report of a trend says in the same words. Nothing here is escaped.
namespace m1bench {

Estimate estimate_of(const TrendPoint& point);
double step_ratio(const ChangePoint& change);  // 1.05: takes 1.05x the time of before

std::string days_text(const TrendPoint& first, const TrendPoint& last);  // "2025-03-04 to 2025-06-01"
std::string runs_text(const CaseTrend& trend);  // "24 runs, 2025-03-04 to 2025-06-01"
std::string run_text(const TrendPoint& point);       // "2025-03-04T10:11:12Z, m1bench 0.1.0 (1a2b3c4), session 5f3a"
std::string change_text(const ChangePoint& change);  // "takes 1.05x the time of before"
std::string break_text(const SeriesBreak& row);      // "machine.os: macOS 15.5 -> macOS 15.6; ..."

}  // namespace m1bench
