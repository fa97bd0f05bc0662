// SPDX-License-Identifier: Apache-2.0
#include "report/ratio_chart.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <vector>

#include "report/wording.hpp"

namespace m1bench {
namespace {

constexpr double kLogarithmicFrom = 10;  // beside a bar of 10x one of 1x can still be told from one of 1.2x
constexpr std::size_t kLongestLabel = 34;  // characters; every name of the catalogue is shorter

constexpr const char* kColour = "#4a7fb5";  // Mermaid's own is too pale, and this is seen on white and on black

struct Bar {
  std::string label;
  double ratio;
  double log_ratio;  // as it was computed: the logarithm of the ratio is not always the same to the last digit
};

// Mermaid has no escapes for a quotation mark, `%%` is a comment even within quotes, and `#quot;` an entity.
std::string plain_text(std::string_view name) {
  std::string text;
  for (const char c : name) {
    const bool usual = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       std::string_view(" /-_.+:,=()").find(c) != std::string_view::npos;
    text += usual ? c : '?';
  }
  if (text.size() > kLongestLabel) text = text.substr(0, kLongestLabel - 2) + "..";
  return text.find_first_not_of(' ') == std::string::npos ? "?" : text;
}

// Bars of the same label would be drawn over one another.
std::string unused_label(const std::string& label, std::set<std::string>& used) {
  std::string unused = label;
  for (int other = 2; !used.insert(unused).second; ++other) unused = fmt::format("{} ({})", label, other);
  return unused;
}

std::vector<Bar> bars_of(const Summary& summary, std::size_t target) {
  std::vector<Bar> bars;
  std::vector<double> distances;
  for (const CaseSummary& item : summary.cases) {
    const TargetSummary& other = item.others[target];
    if (item.is_bound || !other.ratio) continue;
    bars.push_back({item.name, other.ratio->ratio(), other.ratio->log_ratio});
    distances.push_back(std::abs(other.ratio->log_ratio));
  }
  if (bars.size() > kMostBars) {
    std::nth_element(distances.begin(), distances.begin() + kMostBars - 1, distances.end(), std::greater<>());
    std::erase_if(bars, [&](const Bar& bar) { return std::abs(bar.log_ratio) < distances[kMostBars - 1]; });
    bars.resize(std::min<std::size_t>(bars.size(), kMostBars));
  }
  std::set<std::string> used;
  for (Bar& bar : bars) bar.label = unused_label(plain_text(bar.label), used);
  return bars;
}

// The value axis: what a bar shows, and from where to where.
struct Axis {
  std::string title;
  bool logarithmic;
  double low, high;
};

Axis axis_of(const std::vector<Bar>& bars) {
  const auto [least, most] =
      std::minmax_element(bars.begin(), bars.end(), [](const Bar& a, const Bar& b) { return a.ratio < b.ratio; });
  if (most->ratio < kLogarithmicFrom) {
    return {"times the baseline's time (1: the same)", false, 0, std::max(1.0, most->ratio) * 1.05};
  }
  // A bar that begins at zero has a length only above 1x.
  const double low = least->ratio < 1 ? std::floor(std::log10(least->ratio) * 10 - 1) / 10 : 0;
  return {"log10 of the times (0: the same, 1: 10x, 2: 100x)", true, low, std::ceil(std::log10(most->ratio) * 10) / 10};
}

std::string numbers(const std::vector<Bar>& bars, const Axis& axis) {
  std::string text;
  for (const Bar& bar : bars) {
    text += fmt::format("{}{:.3f}", text.empty() ? "" : ", ", axis.logarithmic ? std::log10(bar.ratio) : bar.ratio);
  }
  return text;
}

std::string chart(const Summary& summary, std::size_t target, const std::vector<Bar>& bars) {
  // Below the least height Mermaid leaves out a title, for which it spares half of the height.
  constexpr int kWidth = 900, kHeightOfAxes = 120, kHeightOfBar = 24, kLeastHeight = 240;
  const int height = std::max(kLeastHeight, kHeightOfAxes + kHeightOfBar * static_cast<int>(bars.size()));
  const Axis axis = axis_of(bars);
  std::string labels;
  for (const Bar& bar : bars) labels += (labels.empty() ? "\"" : ", \"") + bar.label + "\"";
  return fmt::format("\n```mermaid\n---\nconfig:\n  xyChart:\n    width: {}\n    height: {}\n  themeVariables:\n    xyChart:\n"
                     "      plotColorPalette: \"{}\"\n---\nxychart-beta horizontal\n"
                     "  title \"{} against {}\"\n  x-axis [{}]\n  y-axis \"{}\" {:.2f} --> {:.2f}\n  bar [{}]\n```\n",
                     kWidth, height, kColour, plain_text(summary.others[target]), plain_text(summary.baseline), labels,
                     axis.title, axis.low, axis.high, numbers(bars, axis));
}

}  // namespace

std::string ratio_charts(const Summary& summary) {
  std::string text;
  for (std::size_t target = 0; target < summary.others.size(); ++target) {
    const std::vector<Bar> bars = bars_of(summary, target);
    if (bars.size() < 2) continue;
    text += chart(summary, target, bars);
    const int all = summary.overall[target].cases;
    if (all > kMostBars) text += fmt::format("\nOf {} cases the {} that differ most.\n", all, bars.size());
  }
  return text;
}

}  // namespace m1bench
