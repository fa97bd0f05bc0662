// SPDX-License-Identifier: Apache-2.0
#include "report/html.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <vector>

#include "report/sample_runs.hpp"
#include "report/small_files.hpp"
#include "support/golden.hpp"

namespace m1bench {
namespace {

std::size_t count(std::string_view text, std::string_view what) {
  std::size_t found = 0;
  for (std::size_t at = text.find(what); at != std::string_view::npos; at = text.find(what, at + 1)) ++found;
  return found;
}

// The document in the element with this id.
nlohmann::json embedded(const std::string& page, const std::string& id) {
  const std::size_t begin = page.find('>', page.find("id=\"" + id + "\"")) + 1;
  return nlohmann::json::parse(page.substr(begin, page.find("</script>", begin) - begin));
}

struct Sample {
  const char* name;
  Run (*run)();
};
constexpr Sample kSamples[] = {{"linux", linux_run}, {"bounded", bounded_run}, {"hostile", hostile_run}};

TEST(Html, Golden) {
  for (const Sample& sample : kSamples) {
    expect_golden("report_" + std::string(sample.name) + ".html", html_report(sample.run(), small_files()));
  }
}

TEST(Html, OnlyItsOwnScriptsMayRunAndNothingIsFetched) {
  const std::string page = html_report(linux_run(), small_files());
  EXPECT_NE(page.find("default-src 'none'; script-src " + std::string(kHashBase64) + " " + std::string(kHashBase64) + "; "), std::string::npos);
  for (const char* loader : {"src=", "http:", "https:", "url(", "@import"}) EXPECT_EQ(page.find(loader), std::string::npos) << loader;
  EXPECT_NE(html_report(linux_run(), {}).find("script-src 'none'"), std::string::npos);
}

TEST(Html, AProgramOfTheUsersSaysNothingOfItselfAndDidStart) {
  m1bench::Run run = linux_run();
  const std::size_t not_started = count(html_report(run, small_files()), "did not start");
  run.targets[0].hello.reset();
  run.targets[0].available = true;
  const std::string page = html_report(run, small_files());
  EXPECT_EQ(count(page, "<dd>a program of the user"), 1u);
  EXPECT_EQ(count(page, "did not start"), not_started);
}

TEST(Html, VerdictsOfAQuickRunAreMarked) {
  EXPECT_EQ(html_report(linux_run(), small_files()).find("(quick)"), std::string::npos);
  const std::string page = html_report(quick_run(), small_files());
  EXPECT_NE(page.find("<td class=\"verdict slower\">slower (quick)</td>"), std::string::npos);
}

TEST(Html, HostileTextsAddNoElement) {
  m1bench::Run run = hostile_run();
  const std::string page = html_report(run, small_files());
  const std::string evil = "</script></noscript></title>--><script>hacked()</script><img src=x onerror=hacked()>\"'";
  for (Case& item : run.cases) item.family = evil;
  run.machine.kernel = run.tool.version = run.tool.commit = run.session.id = run.session.stop_reason = evil;
  run.session.arguments = {evil};
  run.tool.libraries = {{evil, evil}};
  run.targets[0].translator_version = evil;
  run.targets[1].hello->slice = run.targets[1].hello->cpu = evil;
  const std::string worse = html_report(run, small_files());
  for (const char* tag : {"<img", "<script", "</script", "<title", "-->", "</noscript"}) EXPECT_EQ(count(worse, tag), count(page, tag)) << tag;
  EXPECT_EQ(embedded(worse, "m1bench-data")["cases"][0]["family"], evil);
}

TEST(Html, ARowForEachCaseAndTargetAndTheSameInItsData) {
  const m1bench::Run run = bounded_run();
  const std::string page = html_report(run, small_files());
  const nlohmann::json data = embedded(page, "m1bench-data");
  EXPECT_EQ(count(page, "<th scope=\"row\" data-target=\""), run.cases.size() * 2);
  EXPECT_EQ(data["rows"].size(), run.cases.size() * 2);
  EXPECT_EQ(data["rows"][1]["target"], 2);
  EXPECT_TRUE(data["rows"][0].contains("low"));
  EXPECT_FALSE(data["rows"][1].contains("low")) << "two blocks give no interval";
  EXPECT_EQ(embedded(page, "m1bench-slots-0").size(), 12u);
}

TEST(Html, WhatAScriptSortsByIsInTheData) {
  for (const Sample& sample : kSamples) {
    const std::string page = html_report(sample.run(), small_files());
    const nlohmann::json row = embedded(page, "m1bench-data")["rows"][0];
    for (std::size_t at = page.find("data-key=\""); at != std::string::npos; at = page.find("data-key=\"", at + 1)) {
      const std::string key = page.substr(at + 10, page.find('"', at + 10) - at - 10);
      const bool of_this_row = key != "low" && key != "baseShare" && key != "share";  // which not every row has
      EXPECT_TRUE(key == "name" || !of_this_row || row.contains(key)) << key;
    }
  }
}

TEST(Html, ManyRowsWaitAsText) {
  m1bench::Run run = mac_run();
  run.blocks.clear();
  const Case item = run.cases[0];
  run.cases.clear();
  for (int i = 0; i < 203; ++i) {
    run.cases.push_back(item);
    run.cases.back().name = "case/" + std::to_string(i);
  }
  const std::string page = html_report(run, small_files());
  const std::string rest = page.substr(page.find("<noscript id=\"rest\">"));
  EXPECT_EQ(count(rest, "<th scope=\"row\">"), 3u);
  EXPECT_NE(page.find("<summary>All 406</summary>"), std::string::npos) << "what could not be compared is folded up";
}

TEST(Html, ARunWithoutAnything) {
  const std::string page = html_report(m1bench::Run(), small_files());
  EXPECT_NE(page.find("No case was run."), std::string::npos);
  EXPECT_EQ(page.find("<section id=\"case\""), std::string::npos);
}

TEST(Html, TheFilesBuiltInCanStandInAPage) {
  std::set<std::string_view> names;
  for (const PageFile& file : page_files()) {
    names.insert(file.name);
    EXPECT_EQ(file.sha256.size(), 64u);
    for (const char* end : {"</script", "<!--", "-->", "</style", "\r"}) EXPECT_EQ(file.text().find(end), std::string_view::npos) << file.name << end;
  }
  for (const char* name : {"report.css", "first.js", "d3.min.js", "d3-LICENSE", "plot.umd.min.js", "plot-LICENSE", "figure.js", "page.js", "trends.js"}) {
    EXPECT_TRUE(names.contains(name)) << name;
  }
}

}  // namespace
}  // namespace m1bench
