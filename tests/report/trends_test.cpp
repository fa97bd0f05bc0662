// SPDX-License-Identifier: Apache-2.0
#include "analysis/trends.hpp"

#include <gtest/gtest.h>

#include "analysis/history_runs.hpp"
#include "report/comparison_wording.hpp"
#include "report/history_list.hpp"
#include "report/html.hpp"
#include "report/sample_runs.hpp"
#include "report/small_files.hpp"
#include "report/trends_html.hpp"
#include "report/trends_json.hpp"
#include "report/trends_text.hpp"
#include "support/golden.hpp"

namespace m1bench {
namespace {

// A change, then a new system; in the second history everything that a file can say is hostile.
std::vector<RecordedRun> eventful() {
  std::vector<double> ratios;
  for (int i = 0; i < 24; ++i) ratios.push_back((i < 8 ? 0.5 : i < 16 ? 0.55 : 0.4) + 0.0015 * (i % 4));
  std::vector<RecordedRun> runs = history_runs(ratios);
  for (std::size_t i = 16; i < runs.size(); ++i) runs[i].traits[1].value = "Debian 13";
  return runs;
}

std::vector<RecordedRun> hostile() {
  std::vector<RecordedRun> runs = eventful();
  const std::string text = "\x1b[31m</script><script>alert(1)</script>\xff|\n";
  for (RecordedRun& run : runs) {
    run.session += text;
    run.started = text;
    run.version = run.commit = run.cpu = run.os = run.compiler = text;
    run.means[0].target = run.series[0].case_name = run.series[0].target = text;
  }
  for (std::size_t i = 16; i < runs.size(); ++i) runs[i].traits[1].value = text;
  return runs;
}

TEST(TrendReports, AreAsTheyWere) {
  const std::vector<CaseTrend> trends = trends_of(eventful());
  expect_golden("report_trends_120.txt", trends_text(trends, {120, false}));
  expect_golden("report_trends_24.txt", trends_text(trends, {24, false}));
  expect_golden("report_trends_color.txt", trends_text(trends, {120, true}));
  expect_golden("report_trends.json", trends_json(trends));
  expect_golden("report_trends.html", trends_html(trends, small_files()));
  expect_golden("report_history_160.txt", history_list(eventful(), {160, false}));
  expect_golden("report_history_50.txt", history_list(eventful(), {50, false}));
  expect_golden("report_history.json", history_json(eventful()));
}

TEST(TrendReports, LetNothingThrough) {
  const std::vector<CaseTrend> trends = trends_of(hostile());
  const std::string text =
      trends_text(trends, {120, false}) + history_list(hostile(), {160, false}) + history_list(hostile(), {50, false});
  EXPECT_EQ(text.find('\x1b'), std::string::npos);
  EXPECT_EQ(text.find('\xff'), std::string::npos);
  const std::string html = trends_html(trends, small_files());
  EXPECT_EQ(html.find("<script>alert"), std::string::npos);
  EXPECT_EQ(html.find('\xff'), std::string::npos);
  std::size_t ends = 0;
  for (std::size_t at = html.find("</script"); at != std::string::npos; at = html.find("</script", at + 1)) ++ends;
  EXPECT_EQ(ends, 3u) << "only the page's own: its data and two scripts";
}

TEST(TrendReports, ThePageHasThePolicyOfTheReportAndNoScriptOfIt) {
  const std::string trends = trends_html(trends_of(eventful()), small_files());
  const std::string report = html_report(linux_run(), small_files());
  const std::string two_scripts = "script-src " + std::string(kHashBase64) + " " + std::string(kHashBase64) + "; style-src";
  for (const std::string& page : {trends, report}) {
    EXPECT_NE(page.find(two_scripts), std::string::npos);
    EXPECT_NE(page.find("Permission is granted."), std::string::npos);
  }
  EXPECT_NE(trends.find("<script>drawTrends()</script>"), std::string::npos);
  EXPECT_EQ(trends.find("<script>draw()</script>"), std::string::npos);
  EXPECT_EQ(report.find("<script>drawTrends()</script>"), std::string::npos);
  for (const char* loader : {"src=", "http:", "https:", "url(", "@import"}) EXPECT_EQ(trends.find(loader), std::string::npos) << loader;
}

TEST(TrendReports, ThePageOfNothingIsAPage) {
  EXPECT_NE(trends_html({}, small_files()).find("0 cases on 0 targets, no run"), std::string::npos);
}

TEST(TrendReports, AnEmptyHistorySaysWhatToDo) {
  EXPECT_NE(history_list({}, {80, false}).find("m1bench history add"), std::string::npos);
}

TEST(ComparisonWording, TellsWhereTheSpreadIsFrom) {
  EXPECT_EQ(spread_text({12, 12, false, 0.007, 0.007}),
            "Session-to-session spread: 0.70 %, learned from 12 runs of this machine.");
  EXPECT_EQ(spread_text({30, 12, true, 0.004, 0.009}),
            "Session-to-session spread: 0.40 % to 0.90 %, learned from 12 runs of this machine, all cases together.");
  EXPECT_NE(spread_text({4, 0, false, 0.005, 0.005}).find("0.50 % assumed; the history has 4 runs"), std::string::npos);
}

}  // namespace
}  // namespace m1bench
