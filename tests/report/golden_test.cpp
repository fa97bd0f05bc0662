// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "m1bench/core/text.hpp"
#include "report/csv.hpp"
#include "report/gbench_json.hpp"
#include "report/markdown.hpp"
#include "report/sample_runs.hpp"
#include "report/summary_json.hpp"
#include "report/terminal.hpp"
#include "report/utf8.hpp"
#include "result/run_json.hpp"
#include "support/golden.hpp"

namespace m1bench {
namespace {

struct Sample {
  const char* name;
  Run (*run)();
};

constexpr Sample kSamples[] = {
    {"linux", linux_run}, {"mac", mac_run}, {"quick", quick_run},
    {"bounded", bounded_run}, {"counted", counted_run}, {"hostile", hostile_run}};

TEST(Golden, TerminalAtThreeWidths) {
  for (const Sample& sample : kSamples) {
    for (const int width : {50, 80, 120}) {
      expect_golden("report_" + std::string(sample.name) + "_" + std::to_string(width) + ".txt",
                    terminal_report(sample.run(), {width, false}));
    }
  }
}

TEST(Golden, TerminalWideEnoughForTheBounds) {
  for (const int width : {140, 160}) {
    expect_golden("report_bounded_" + std::to_string(width) + ".txt", terminal_report(bounded_run(), {width, false}));
  }
}

TEST(Golden, TerminalWideEnoughForTheCounters) {
  for (const int width : {100, 140}) {
    expect_golden("report_counted_" + std::to_string(width) + ".txt", terminal_report(counted_run(), {width, false}));
  }
}

TEST(Golden, TerminalInColour) { expect_golden("report_linux_color.txt", terminal_report(linux_run(), {120, true})); }

TEST(Golden, Markdown) {
  for (const Sample& sample : kSamples) {
    expect_golden("report_" + std::string(sample.name) + ".md", markdown_report(sample.run()));
  }
}

TEST(Golden, Csv) {
  for (const Sample& sample : kSamples) expect_golden("report_" + std::string(sample.name) + ".csv", csv_report(sample.run()));
}

// tests/result/schema_test.py holds these two to their schemas.
TEST(Golden, RunJson) {
  expect_golden("report_quick_run.json", to_json(quick_run()));
  expect_golden("report_counted_run.json", to_json(counted_run()));
}
TEST(Golden, SummaryJson) {
  expect_golden("report_linux_summary.json", summary_json(linux_run()));
  expect_golden("report_bounded_summary.json", summary_json(bounded_run()));
  expect_golden("report_counted_summary.json", summary_json(counted_run()));
}
TEST(Golden, GoogleBenchmarkJson) { expect_golden("report_mac_gbench.json", gbench_report(mac_run(), "x86_64-v2/rosetta2")); }

TEST(Terminal, FitsItsWidthAndHasNoEscapes) {
  for (const Sample& sample : kSamples) {
    if (sample.run == hostile_run) continue;  // its names are longer than any line
    for (int width = 50; width <= 160; ++width) {
      const std::string text = terminal_report(sample.run(), {width, false});
      EXPECT_EQ(text.find('\x1b'), std::string::npos);
      for (const std::string& line : split(text, '\n')) EXPECT_LE(display_width(line), width) << sample.name << ": " << line;
    }
  }
}

TEST(Terminal, ColourOnlyColours) {
  for (const Sample& sample : kSamples) {
    for (const int width : {50, 80, 120}) {
      std::string text = terminal_report(sample.run(), {width, true});
      for (std::size_t at; (at = text.find('\x1b')) != std::string::npos;) text.erase(at, text.find('m', at) - at + 1);
      EXPECT_EQ(text, terminal_report(sample.run(), {width, false})) << sample.name << " at " << width;
    }
  }
}

}  // namespace
}  // namespace m1bench
