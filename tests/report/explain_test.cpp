// SPDX-License-Identifier: Apache-2.0
#include "report/explain.hpp"

#include <gtest/gtest.h>

#include "analysis/explain_runs.hpp"
#include "m1bench/core/error.hpp"
#include "report/explain_wording.hpp"
#include "report/sample_runs.hpp"
#include "report/utf8.hpp"
#include "support/golden.hpp"

namespace m1bench {
namespace {

struct Sample {
  const char* name;
  m1bench::Run (*run)();
};
constexpr Sample kSamples[] = {{"rosetta", rosetta_run}, {"apart", apart_run},     {"linux", linux_run},
                               {"bounded", bounded_run}, {"counted", counted_run}, {"hostile", hostile_run}};

std::string written(const char* format, const m1bench::Run& run, const TerminalStyle& style = {}) {
  return explain_format_named(format).write({run, explain(run)}, style);
}

TEST(ExplainGolden, TerminalMarkdownAndJson) {
  for (const Sample& sample : kSamples) {
    const m1bench::Run run = sample.run();
    const std::string name = "report_explain_" + std::string(sample.name);
    expect_golden(name + ".txt", written("terminal", run, {100, false}));
    expect_golden(name + ".md", written("markdown", run));
    expect_golden(name + ".json", written("json", run));
  }
}

TEST(ExplainReport, NothingFromAFileReachesTheTerminal) {
  for (const int width : {20, 80}) {
    const std::string text = written("terminal", hostile_run(), {width, false});
    for (std::size_t at = 0; at < text.size();) {
      const CodePoint point = decode_utf8(std::string_view(text).substr(at));
      EXPECT_TRUE(point.valid && (point.value == '\n' || !is_unprintable(point.value))) << at;
      at += static_cast<std::size_t>(point.bytes);
    }
  }
}

TEST(ExplainReport, ColourAddsNothingButColour) {
  std::string colored = written("terminal", rosetta_run(), {100, true});
  for (std::size_t at; (at = colored.find('\x1b')) != std::string::npos;) colored.erase(at, colored.find('m', at) + 1 - at);
  EXPECT_EQ(colored, written("terminal", rosetta_run(), {100, false}));
}

TEST(ExplainReport, ARunOfNothingButFailuresSaysSo) {
  m1bench::Run run = rosetta_run();
  run.blocks.clear();
  for (const char* format : {"terminal", "markdown"})
    EXPECT_NE(written(format, run).find("nothing to explain: no case has a ratio"), std::string::npos) << written(format, run);
  run.cases.clear();
  EXPECT_NE(written("terminal", run).find("nothing to explain: there is no case in the run"), std::string::npos);
  EXPECT_EQ(written("terminal", rosetta_run()).find("nothing to explain: no"), std::string::npos);
}

TEST(ExplainReport, NearestFormatIsNamed) {
  try {
    explain_format_named("jsn");
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::usage);
    EXPECT_NE(std::string(error.what()).find("did you mean \"json\"?"), std::string::npos);
  }
}

}  // namespace
}  // namespace m1bench
