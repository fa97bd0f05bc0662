// SPDX-License-Identifier: Apache-2.0
#include "analysis/explain.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <set>
#include <string>

#include "analysis/explain_runs.hpp"
#include "m1bench/core/error.hpp"

namespace m1bench {
namespace {

TEST(Explain, TellsOfWhatWasChosen) {
  const Explanation all = explain(rosetta_run());
  EXPECT_EQ(all.cases.size(), rosetta_run().cases.size());
  EXPECT_EQ(all.targets.size(), 2u);
  EXPECT_EQ(all.targets[0].bounds.size(), 4u);
  EXPECT_EQ(all.targets[0].one_number_limit, 16) << "no fused multiply-add: 8 operations natively against 1, times 2";
  EXPECT_EQ(all.targets[1].one_number_limit, 8) << "however wide its instructions are: 8 against 2, times 2";
  const Explanation chosen = explain(rosetta_run(), {{"elementwise/*"}, "x86_64-v3/rosetta2"});
  ASSERT_EQ(chosen.cases.size(), 3u);
  ASSERT_EQ(chosen.cases[0].targets.size(), 1u);
  EXPECT_EQ(chosen.cases[0].targets[0].target, "x86_64-v3/rosetta2");
}

std::string refusal(const m1bench::Run& run, const ExplainChoice& choice) {
  try {
    explain(run, choice);
  } catch (const Error& error) {
    return error.what();
  }
  return "";
}

TEST(Explain, RefusesWhatItCannotTell) {
  EXPECT_EQ(refusal(rosetta_run(), {{"matmul/f16/*"}, ""}),
            "the run has no case like matmul/f16/*; `m1bench report` lists its cases");
  EXPECT_EQ(refusal(rosetta_run(), {{}, "x86_64-v2/roseta2"}),
            "the run compares no target \"x86_64-v2/roseta2\" with its baseline; did you mean \"x86_64-v2/rosetta2\"?");
  m1bench::Run ab = rosetta_run();
  ab.targets[1].side = "head";
  EXPECT_NE(refusal(ab, {}).find("two builds"), std::string::npos);
}

TEST(Explain, CodesAreNamedOnce) {
  std::set<std::string_view> codes;
  for (const ExplainRule& rule : explain_rules()) {
    EXPECT_TRUE(codes.insert(rule.code).second) << rule.code;
    EXPECT_TRUE(rule.find) << rule.code;
  }
}

TEST(Explain, TheDocumentShowsTheTable) {
  const std::string path = std::string(M1BENCH_TEST_DATA) + "/../../docs/explain.md";
  std::ifstream file(path);
  ASSERT_TRUE(file) << path;
  std::string shown, line, table;
  while (std::getline(file, line)) {
    if (line.starts_with("| `")) shown += line + "\n";
  }
  for (const ExplainRule& rule : explain_rules()) {
    table += "| `" + std::string(rule.code) + "` | " + std::string(name_of(rule.kind));
    for (const std::string_view text : {rule.meaning, rule.needs, rule.when, rule.reason, rule.settle})
      table += " | " + std::string(text);
    table += " |\n";
  }
  EXPECT_EQ(shown, table) << "make docs/explain.md show what analysis/explain.cpp says";
}

}  // namespace
}  // namespace m1bench
