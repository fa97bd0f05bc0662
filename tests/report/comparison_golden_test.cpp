// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "m1bench/core/error.hpp"
#include "m1bench/core/text.hpp"
#include "report/comparison_formats.hpp"
#include "report/comparison_json.hpp"
#include "report/comparison_junit.hpp"
#include "report/comparison_markdown.hpp"
#include "report/comparison_samples.hpp"
#include "report/comparison_terminal.hpp"
#include "report/sample_runs.hpp"
#include "report/utf8.hpp"
#include "support/golden.hpp"

namespace m1bench {
namespace {

struct Sample {
  const char* name;
  Comparison (*comparison)();
};

constexpr Sample kSamples[] = {{"ab", ab_comparison},         {"sessions", sessions_comparison}, {"same", same_comparison},
                               {"unlike", unlike_comparison}, {"forced", forced_comparison},     {"empty", empty_comparison},
                               {"hostile", hostile_comparison}};

std::string golden_name(const Sample& sample, const std::string& rest) {
  return "report_comparison_" + std::string(sample.name) + rest;
}

// The runs that stand in the headings.
struct Runs {
  Run base = linux_run(), head = linux_run();
  bool one_run;

  explicit Runs(const Sample& sample) : one_run(sample.comparison().pairing != Pairing::sessions) {
    if (sample.comparison == hostile_comparison) base = head = hostile_run();
    head.session.id = "decafbad01234567";
    head.session.quick = true;
    head.tool.commit = "9f8e7d6";
    head.tool.dirty = true;
    if (!one_run) return;
    base.targets[0].side = "base";
    base.targets[1].side = "head";
    base.targets[1].hello->build_id = "77c1d0aa9b8e6f52";
  }
  // Both sides in one run, for `ab`.
  ComparedRuns both() const { return {&base, one_run ? &base : &head}; }
};

TEST(ComparisonGolden, TerminalAtThreeWidths) {
  for (const Sample& sample : kSamples) {
    const Runs runs(sample);
    for (const int width : {50, 80, 132}) {
      expect_golden(golden_name(sample, "_" + std::to_string(width) + ".txt"),
                    comparison_terminal(sample.comparison(), runs.both(), {width, false}));
    }
  }
}

TEST(ComparisonGolden, MarkdownJsonAndJunit) {
  for (const Sample& sample : kSamples) {
    const Runs runs(sample);
    expect_golden(golden_name(sample, ".md"), comparison_markdown(sample.comparison(), runs.both()));
    // schema_test.py holds these two to what their readers want.
    expect_golden(golden_name(sample, ".json"), comparison_json(sample.comparison(), runs.both()));
    expect_golden(golden_name(sample, ".xml"), comparison_junit(sample.comparison(), runs.both(), true));
  }
}

TEST(ComparisonTerminal, FitsItsWidthAndHasNoEscapes) {
  for (const Sample& sample : kSamples) {
    const Runs runs(sample);
    for (int width = 50; width <= 160; ++width) {
      const std::string text = comparison_terminal(sample.comparison(), runs.both(), {width, false});
      EXPECT_EQ(text.find('\x1b'), std::string::npos);
      if (sample.comparison == hostile_comparison) continue;  // its names are longer than any line
      for (const std::string& line : split(text, '\n')) EXPECT_LE(display_width(line), width) << sample.name << ": " << line;
    }
  }
}

TEST(ComparisonTerminal, ColourOnlyColours) {
  for (const Sample& sample : kSamples) {
    const Runs runs(sample);
    for (const int width : {50, 80, 132}) {
      std::string text = comparison_terminal(sample.comparison(), runs.both(), {width, true});
      EXPECT_NE(text.find("\x1b["), std::string::npos) << sample.name;
      for (std::size_t at; (at = text.find('\x1b')) != std::string::npos;) text.erase(at, text.find('m', at) - at + 1);
      EXPECT_EQ(text, comparison_terminal(sample.comparison(), runs.both(), {width, false})) << sample.name << " at " << width;
    }
  }
}

TEST(ComparisonJunit, UnsureFailsOnlyWhereItShould) {
  const Runs runs(kSamples[4]);
  const std::string fails = comparison_junit(forced_comparison(), runs.both(), true);
  EXPECT_NE(fails.find("failures=\"1\" errors=\"0\" skipped=\"0\""), std::string::npos) << fails;
  const std::string passes = comparison_junit(forced_comparison(), runs.both(), false);
  EXPECT_NE(passes.find("failures=\"0\" errors=\"0\" skipped=\"1\""), std::string::npos) << passes;
}

TEST(ComparisonJunit, AStartThatIsNoTimeIsLeftOut) {
  Runs runs(kSamples[1]);
  for (const char* started : {"", "yesterday", "2025-03-04 10:11:12Z", "2025-03-04T10:11"}) {
    runs.head.session.started = started;
    const std::string suite = comparison_junit(sessions_comparison(), runs.both(), true);
    EXPECT_NE(suite.find("timestamp=\"1970-01-01T00:00:00\""), std::string::npos) << started;
  }
}

TEST(ComparisonOutcome, TheMostImportantCountsForTheWhole) {
  struct Row {
    const char* name;
    std::vector<Decision> decisions;
    bool unlike, forced;
    GateOutcome outcome;
    const char* headline;
  };
  using enum Decision;
  const Row rows[] = {
      {"fine", {ok, ok}, false, false, GateOutcome::ok, "OK: none of 2 comparisons takes more than 1.05x the time of base"},
      {"unsure", {ok, unsure}, false, false, GateOutcome::unsure,
       "UNSURE: 1 of 2 comparisons may take more than 1.05x the time of base"},
      {"regressed", {unsure, regressed}, false, false, GateOutcome::regressed,
       "REGRESSED: 1 of 2 comparisons takes more than 1.05x the time of base; 1 unsure"},
      {"missing", {missing, regressed}, false, false, GateOutcome::not_comparable,
       "NOT COMPARABLE: 1 of 2 comparisons is missing in head; 1 regressed"},
      {"wrong", {missing, wrong}, false, false, GateOutcome::wrong, "WRONG ANSWERS: in 1 of 2 comparisons; 1 missing"},
      {"nothing", {}, false, false, GateOutcome::not_comparable,
       "NOT COMPARABLE: base and head have nothing in common to compare"},
      {"unlike", {}, true, false, GateOutcome::not_comparable, "NOT COMPARABLE: base and head differ in 1 field"},
      {"unlike and wrong", {wrong}, true, false, GateOutcome::wrong, "WRONG ANSWERS: in 1 of 1 comparison"},
      {"forced", {ok}, true, true, GateOutcome::ok, "OK: none of 1 comparison takes more than 1.05x the time of base"},
  };
  for (const Row& row : rows) {
    Comparison comparison;
    comparison.margin = 0.05;
    comparison.forced = row.forced;
    if (row.unlike) comparison.unlike = {{"seed", "1", "2"}};
    for (const Decision decision : row.decisions) comparison.changes.emplace_back().decision = decision;
    EXPECT_EQ(outcome_of(comparison), row.outcome) << row.name;
    EXPECT_EQ(headline(comparison), row.headline) << row.name;
  }
}

TEST(ComparisonFormats, TheNearestNameIsMeant) {
  EXPECT_EQ(comparison_format_named("junit").name, "junit");
  try {
    comparison_format_named("junti");
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::usage);
    EXPECT_STREQ(error.what(), "there is no format \"junti\"; did you mean \"junit\"?");
  }
}

}  // namespace
}  // namespace m1bench
