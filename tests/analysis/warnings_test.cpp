// SPDX-License-Identifier: Apache-2.0
#include "analysis/warnings.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <string>

#include "analysis/warning_runs.hpp"
#include "session/limits.hpp"

namespace m1bench {
namespace {

// Whole runs of `all` in which every target is the baseline again: 22 cases, two targets, stopped as a session stops.
TEST(Warnings, NoneFiresByChance) {
  constexpr int kSuites = 200, kMost = 8;  // 4 %; most rows promise 1 %
  std::map<std::string, int> fired;
  const Noise kinds[] = {Noise::normal, Noise::heavy, Noise::outliers};
  for (int suite = 0; suite < kSuites; ++suite) {
    const QuietShape shape{.cases = 22,
                           .blocks = 40,
                           .stopping = true,
                           .ratio = 1,
                           .block_noise = suite % 2 == 0 ? 0.002 : 0.006,
                           .slot_noise = 0.01,
                           .noise = kinds[suite % 3],
                           .seed = static_cast<std::uint64_t>(suite)};
    for (const std::string& code : warning_codes(quiet_run(shape))) ++fired[code];
  }
  for (const auto& [code, count] : fired) EXPECT_LE(count, kMost) << code;
}

TEST(Warnings, WhatTheFileSaysOfItselfPlaysNoPart) {
  m1bench::Run run = quiet_run();
  run.warnings = {{"few-blocks", "", "", "made up", ""}};
  EXPECT_TRUE(all_warnings(run).empty());
}

TEST(Warnings, NameWhatTheyConcernAndItsFigures) {
  m1bench::Run run = quiet_run();
  std::erase_if(run.blocks, [](const Block& block) { return block.case_name == "case/2" && block.round >= 11; });
  const std::vector<Warning> warnings = all_warnings(run);
  ASSERT_EQ(warnings.size(), 2u);
  EXPECT_EQ(warnings[0].case_name, "case/2");
  EXPECT_EQ(warnings[0].target, kQuietOther);
  EXPECT_EQ(warnings[0].message, "case/2 on x86_64-v2/native: the ratio rests on 11 blocks only");
  EXPECT_EQ(warnings[0].remedy, "give it more time with --time-budget, or name fewer cases");
}

TEST(Warnings, AreGroupedForPeople) {
  const auto few = [](const char* item) { return Warning{"few-blocks", item, "t", std::string(item) + ": few", "more time"}; };
  const std::vector<Warning> warnings = {
      {"battery", "", "", "on battery", "plug it in"}, few("a"), few("a"), few("b"), few("c"), few("d"), few("e")};
  const std::vector<Warning> groups = grouped(warnings);
  ASSERT_EQ(groups.size(), 2u);
  EXPECT_EQ(groups[0].message, "on battery");
  EXPECT_EQ(groups[1].message, "the interval rests on few blocks: 5 cases (a, b, c and 2 more)");
  EXPECT_EQ(groups[1].remedy, "more time");
  EXPECT_EQ(groups[1].case_name, "");
  EXPECT_EQ(grouped(std::vector<Warning>{few("a"), few("b")})[0].message, "the interval rests on few blocks: 2 cases (a, b)");
  EXPECT_TRUE(grouped({}).empty());
}

TEST(Warnings, SessionsAskForWhatTheTableExpects) {
  EXPECT_EQ(Limits{}.min_blocks, 12);
  EXPECT_EQ(Limits{}.precision, 0.01);
  EXPECT_EQ(Limits{}.wide_precision, 0.02);
  EXPECT_EQ(Limits{}.wide_ratio, 3);
  EXPECT_EQ(thorough_limits().precision, 0.005);
  EXPECT_EQ(thorough_limits().wide_precision, 0.01);
  EXPECT_EQ(Limits{}.slot_ticks, 1000);
  EXPECT_EQ(Limits{}.drift, 0.10);
  EXPECT_EQ(Limits{}.slot_s, 2 * 0.0025);
  EXPECT_EQ(quick_limits().slot_s, 2 * 0.0025);
}

TEST(Warnings, TheDocumentShowsTheTable) {
  const std::string path = std::string(M1BENCH_TEST_DATA) + "/../../docs/warnings.md";
  std::ifstream file(path);
  ASSERT_TRUE(file) << path;
  std::string shown, line, table;
  while (std::getline(file, line)) {
    if (line.starts_with("| `")) shown += line + "\n";
  }
  for (const WarningKind& kind : warning_kinds()) {
    table += "| `" + std::string(kind.code) + "` | " + std::string(kind.meaning) + " | " + std::string(kind.threshold) + " | " +
             std::string(kind.remedy) + " |\n";
  }
  EXPECT_EQ(shown, table) << "make docs/warnings.md show what analysis/warnings.cpp says";
}

}  // namespace
}  // namespace m1bench
