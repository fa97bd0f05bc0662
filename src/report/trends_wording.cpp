// SPDX-License-Identifier: Apache-2.0
#include "report/trends_wording.hpp"

#include <fmt/format.h>

#include <cmath>

#include "report/wording.hpp"

namespace m1bench {
namespace {

std::string day(const std::string& started) { return started.substr(0, started.find('T')); }

}  // namespace

Estimate estimate_of(const TrendPoint& point) {
  Estimate ratio;
  ratio.log_ratio = point.log_ratio;
  ratio.half_width = point.half_width;
  return ratio;
}

double step_ratio(const ChangePoint& change) { return std::exp(change.after - change.before); }

std::string days_text(const TrendPoint& first, const TrendPoint& last) {
  const std::string from = day(first.started), to = day(last.started);
  return from == to ? from : from + " to " + to;
}

std::string runs_text(const CaseTrend& trend) {
  return fmt::format("{}, {}", counted(static_cast<long long>(trend.points.size()), "run"),
                     days_text(trend.points.front(), trend.points.back()));
}

std::string run_text(const TrendPoint& point) {
  return fmt::format("{}, m1bench {}{}, session {}", point.started, point.version,
                     point.commit.empty() ? "" : " (" + point.commit + ")", point.session);
}

std::string change_text(const ChangePoint& change) {
  return fmt::format("takes {}x the time of before", ratio_number(step_ratio(change)));
}

std::string break_text(const SeriesBreak& row) {
  std::string text;
  for (const Difference& reason : row.reasons) {
    text += (text.empty() ? "" : "; ") + fmt::format("{}: {} -> {}", reason.field, reason.base, reason.head);
  }
  return text;
}

}  // namespace m1bench
