// SPDX-License-Identifier: Apache-2.0
#include "report/trends_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "m1bench/core/text.hpp"
#include "report/escape.hpp"
#include "report/table.hpp"
#include "report/trends_wording.hpp"
#include "report/wording.hpp"

namespace m1bench {
namespace {

constexpr std::array<const char*, 8> kBars{"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};

// Differences that nobody would call one are not blown up to the line's whole height.
constexpr double kLeastRange = 2 * kLeastStep;

const char* bar(double value, double least, double most) {
  const double middle = (least + most) / 2, range = std::max(most - least, kLeastRange);
  const double share = (value - middle) / range + 0.5;
  return kBars[std::min(kBars.size() - 1, static_cast<std::size_t>(share * static_cast<double>(kBars.size())))];
}

// Of "  1.94x to 2.09x" behind the line, for ratios up to thousands.
constexpr int kScaleWidth = 18;

struct Mark {
  std::size_t at;
  const char* sign;
  std::string text;
  Tone tone;
};

// The latest first.
std::vector<Mark> marks_of(const CaseTrend& trend) {
  std::vector<Mark> marks;
  for (const SeriesBreak& row : trend.breaks)
    marks.push_back({row.at, "/", "another series: " + break_text(row), Tone::doubtful});
  for (const ChangePoint& row : trend.changes)
    marks.push_back({row.at, "|", change_text(row), row.after > row.before ? Tone::bad : Tone::good});
  std::sort(marks.begin(), marks.end(), [](const Mark& a, const Mark& b) { return a.at > b.at; });
  return marks;
}

std::string sparkline(const CaseTrend& trend, const std::vector<Mark>& marks, int width) {
  const auto room = static_cast<std::size_t>(std::max(8, width - 6 - kScaleWidth));
  const auto fits = [&](std::size_t first) {
    const auto later = std::count_if(marks.begin(), marks.end(), [&](const Mark& mark) { return mark.at > first; });
    return trend.points.size() - first + static_cast<std::size_t>(later) <= room;
  };
  std::size_t first = 0;
  while (!fits(first)) ++first;
  double least = trend.points[first].log_ratio, most = least;
  for (std::size_t i = first; i < trend.points.size(); ++i) {
    least = std::min(least, trend.points[i].log_ratio);
    most = std::max(most, trend.points[i].log_ratio);
  }
  std::string line = first > 0 ? "..." : "";
  for (std::size_t i = first; i < trend.points.size(); ++i) {
    const auto mark = std::find_if(marks.begin(), marks.end(), [&](const Mark& row) { return row.at == i; });
    if (mark != marks.end() && i > first) line += mark->sign;
    line += bar(trend.points[i].log_ratio, least, most);
  }
  return line + fmt::format("  {}x to {}x", ratio_number(std::exp(least)), ratio_number(std::exp(most)));
}

std::string trend_text(const CaseTrend& trend, const TerminalStyle& style) {
  const std::vector<Mark> marks = marks_of(trend);
  std::string text =
      toned(escape_terminal(trend.case_name), Tone::strong, style.color) + " on " + escape_terminal(trend.target) + "\n";
  text += "  " + sparkline(trend, marks, style.width) + "\n";
  const TrendPoint& latest = trend.points.back();
  text += wrap(fmt::format("{}; the latest {}", escape_terminal(runs_text(trend)), ratio_text(estimate_of(latest))), style.width,
               "  ", "    ");
  for (const Mark& mark : marks) {
    const std::string from = escape_terminal(fmt::format("{} from {}: ", mark.sign, run_text(trend.points[mark.at])));
    const std::string lines = wrap(from + escape_terminal(mark.text), style.width, "  ", "    ");
    text += toned(std::string_view(lines).substr(0, lines.size() - 1), mark.tone, style.color) + "\n";
  }
  return text;
}

}  // namespace

std::string trends_text(const std::vector<CaseTrend>& trends, const TerminalStyle& style) {
  std::string text;
  for (const CaseTrend& trend : trends) text += (text.empty() ? "" : "\n") + trend_text(trend, style);
  const std::string meaning = fmt::format(
      "Ratios to the baseline, the oldest run first, and the least and the greatest of those drawn. | the ratio moved by more than {} and stayed there; / something that it "
      "depends on "
      "changed, and another series begins.",
      format_percent(kLeastStep));
  return text + "\n" + wrap(meaning, style.width, "", "  ");
}

}  // namespace m1bench
