// SPDX-License-Identifier: Apache-2.0
#include "report/ratio_chart.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "m1bench/core/text.hpp"
#include "support/golden.hpp"

namespace m1bench {
namespace {

Summary summary_of(const std::vector<double>& ratios, const std::vector<std::string>& names = {}) {
  Summary summary;
  summary.baseline = "arm64/native";
  summary.others = {"x86_64-v2/rosetta2"};
  for (std::size_t i = 0; i < ratios.size(); ++i) {
    CaseSummary& item = summary.cases.emplace_back();
    item.name = names.empty() ? "case/" + std::to_string(i) : names[i];
    TargetSummary& other = item.others.emplace_back();
    other.ratio.emplace().log_ratio = std::log(ratios[i]);
  }
  summary.overall = {{.target = "x86_64-v2/rosetta2", .cases = static_cast<int>(ratios.size())}};
  return summary;
}

std::string line_of(const std::string& chart, std::string_view start) {
  for (const std::string& line : split(chart, '\n')) {
    if (line.starts_with(start)) return line;
  }
  return "";
}

TEST(RatioChart, BarsAndTheirAxis) {
  struct Row {
    const char* name;
    std::vector<double> ratios;
    std::string axis, bars;
  };
  const Row rows[] = {
      {"plain", {1.5, 3}, "\"times the baseline's time (1: the same)\" 0.00 --> 3.15", "[1.500, 3.000]"},
      {"faster", {0.5, 0.9}, "\"times the baseline's time (1: the same)\" 0.00 --> 1.05", "[0.500, 0.900]"},
      {"large", {1, 100, 250}, "\"log10 of the times (0: the same, 1: 10x, 2: 100x)\" 0.00 --> 2.40", "[0.000, 2.000, 2.398]"},
      {"large and faster", {0.5, 20}, "\"log10 of the times (0: the same, 1: 10x, 2: 100x)\" -0.50 --> 1.40", "[-0.301, 1.301]"},
  };
  for (const Row& row : rows) {
    const std::string chart = ratio_charts(summary_of(row.ratios));
    EXPECT_EQ(line_of(chart, "  y-axis"), "  y-axis " + row.axis) << row.name;
    EXPECT_EQ(line_of(chart, "  bar"), "  bar " + row.bars) << row.name;
  }
}

TEST(RatioChart, OneBarIsNoChart) {
  EXPECT_EQ(ratio_charts(summary_of({})), "");
  EXPECT_EQ(ratio_charts(summary_of({2})), "");
  Summary bounds = summary_of({2, 3});
  bounds.cases[0].is_bound = true;
  EXPECT_EQ(ratio_charts(bounds), "");
}

TEST(RatioChart, NamesAreOnlyText) {
  const std::string chart = ratio_charts(summary_of(
      {2, 2, 2, 2, 2, 2},
      {"a\"]\n  bar [9]", "%%{init: {}}%%", "#quot;x", "```\n# fake", "   ", "matmul/f32/" + std::string(99, '9')}));
  EXPECT_EQ(line_of(chart, "  x-axis"), "  x-axis [\"a???  bar ?9?\", \"???init: ?????\", \"?quot?x\", \"????? fake\", \"?\", "
                                        "\"matmul/f32/999999999999999999999..\"]");
  EXPECT_EQ(std::count(chart.begin(), chart.end(), '`'), 6) << "one code block";
}

// What scripts/check_feeds has Mermaid draw: as many bars as there can be, the longest and the strangest labels, both axes.
TEST(RatioChart, Golden) {
  std::vector<double> ratios;
  std::vector<std::string> names;
  for (int i = 0; i < kMostBars; ++i) {
    ratios.push_back(0.3 + 0.3 * i);
    names.push_back(i % 3 == 0 ? "a\"]%%{#quot;\x60}" + std::to_string(i) : "conv2d/f32/resnet-56/winograd/" + std::to_string(i));
  }
  std::string text = ratio_charts(summary_of(ratios, names));
  ratios.back() = 5000;
  text += ratio_charts(summary_of(ratios, names)) + ratio_charts(summary_of({1.2, 0.9}));
  expect_golden("report_charts.md", text);
}

TEST(RatioChart, NoTwoLabelsAreTheSame) {
  const std::string chart = ratio_charts(summary_of({2, 3, 4}, {"a!", "a?", "a$"}));
  EXPECT_EQ(line_of(chart, "  x-axis"), "  x-axis [\"a?\", \"a? (2)\", \"a? (3)\"]");
}

TEST(RatioChart, OfManyCasesThoseThatDifferMost) {
  std::vector<double> ratios(100, 1.01);
  for (std::size_t i = 0; i < 29; ++i) ratios[3 * i] = 2;
  ratios[98] = 0.2;
  const std::string chart = ratio_charts(summary_of(ratios));
  const std::string bars = line_of(chart, "  bar");
  EXPECT_EQ(std::count(bars.begin(), bars.end(), ','), kMostBars - 1);
  EXPECT_EQ(bars.find("1.010"), std::string::npos);
  EXPECT_TRUE(bars.ends_with(", 0.200]")) << "in the table's order";
  EXPECT_NE(chart.find("\nOf 100 cases the 30 that differ most.\n"), std::string::npos);
}

// The logarithm of a ratio is not always the one that the ratio was made of: no bar is lost to that.
TEST(RatioChart, RoundingDropsNoBar) {
  for (int i = 0; i < 200; ++i) {
    const double log_ratio = 0.3 + i * 0.00137;
    Summary summary = summary_of(std::vector<double>(64, 1.01));
    for (std::size_t j = 0; j < kMostBars; ++j) summary.cases[j].others[0].ratio->log_ratio = log_ratio;
    const std::string bars = line_of(ratio_charts(summary), "  bar");
    EXPECT_EQ(std::count(bars.begin(), bars.end(), ','), kMostBars - 1) << log_ratio;
  }
}

TEST(RatioChart, ManyEqualOnesAreNoMore) {
  const std::string bars = line_of(ratio_charts(summary_of(std::vector<double>(64, 2))), "  bar");
  EXPECT_EQ(std::count(bars.begin(), bars.end(), ','), kMostBars - 1);
}

}  // namespace
}  // namespace m1bench
