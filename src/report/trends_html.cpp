// SPDX-License-Identifier: Apache-2.0
#include "report/trends_html.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "report/escape.hpp"
#include "report/html_page.hpp"
#include "report/html_sections.hpp"
#include "report/trends_data_json.hpp"
#include "report/trends_wording.hpp"
#include "report/wording.hpp"

namespace m1bench {
namespace {

// "3 cases on 2 targets, 2025-03-04 to 2025-06-01"
std::string extent_text(const std::vector<CaseTrend>& trends) {
  std::set<std::string_view> cases, targets;
  std::vector<TrendPoint> ends;
  for (const CaseTrend& trend : trends) {
    cases.insert(trend.case_name);
    targets.insert(trend.target);
    ends.insert(ends.end(), {trend.points.front(), trend.points.back()});
  }
  const auto earlier = [](const TrendPoint& a, const TrendPoint& b) { return a.started < b.started; };
  const auto [first, last] = std::minmax_element(ends.begin(), ends.end(), earlier);
  return fmt::format("{} on {}, {}", counted(static_cast<long long>(cases.size()), "case"),
                     counted(static_cast<long long>(targets.size()), "target"),
                     first == ends.end() ? "no run" : days_text(*first, *last));
}

std::string events(const CaseTrend& trend) {
  struct Event {
    std::size_t at;
    std::string text;
  };
  std::vector<Event> events;
  for (const ChangePoint& row : trend.changes) events.push_back({row.at, change_text(row)});
  for (const SeriesBreak& row : trend.breaks) events.push_back({row.at, "another series: " + break_text(row)});
  std::stable_sort(events.begin(), events.end(), [](const Event& a, const Event& b) { return a.at < b.at; });
  std::string text;
  for (const Event& event : events) {
    text += fmt::format("<li>From {}: {}</li>\n", escape_html(run_text(trend.points[event.at])), escape_html(event.text));
  }
  return text.empty() ? "" : "<ul class=\"notices\">\n" + text + "</ul>\n";
}

std::string table(std::string_view label, std::string_view head, const std::string& rows) {
  return fmt::format("<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-labelledby=\"{}\">\n<table>\n"
                     "<thead><tr>{}</tr></thead>\n<tbody>\n{}</tbody>\n</table>\n</div>\n", label, head, rows);
}

std::string overview(const std::vector<CaseTrend>& trends) {
  std::string rows;
  for (std::size_t i = 0; i < trends.size(); ++i) {
    const CaseTrend& trend = trends[i];
    rows += fmt::format("<tr><th scope=\"row\"><a href=\"#trend-{}\">{}</a></th><td>{}</td><td>{}</td>"
                        "<td class=\"number\">{}</td><td class=\"number\">{}</td><td class=\"number\">{}</td></tr>\n",
                        i, html_name(trend.case_name), html_name(trend.target), ratio_text(estimate_of(trend.points.back())),
                        trend.points.size(), trend.changes.size(), trend.breaks.size());
  }
  return html_section("results", "All series",
                      "<p>How long each target takes compared with the baseline of its run. A change is told where the ratio "
                      "moved to another level and stayed there; where something changed that the ratio depends on, a new series "
                      "begins.</p>\n" +
                          table("results-heading",
                                "<th scope=\"col\">Case</th><th scope=\"col\">Target</th><th scope=\"col\">Latest run</th>"
                                "<th scope=\"col\" class=\"number\">Runs</th><th scope=\"col\" class=\"number\">Changes</th>"
                                "<th scope=\"col\" class=\"number\">Breaks</th>", rows));
}

std::string runs_table(const CaseTrend& trend, std::size_t index) {
  std::string rows;
  for (const TrendPoint& point : trend.points) {
    const std::string version = point.version + (point.commit.empty() ? "" : " (" + point.commit + ")");
    rows += fmt::format("<tr><th scope=\"row\">{}</th><td>{}</td><td>{}</td><td>{}</td></tr>\n", escape_html(point.started),
                        escape_html(version), escape_html(point.session), ratio_text(estimate_of(point)));
  }
  return "<details>\n<summary>All runs</summary>\n" +
         table(fmt::format("trend-{}-heading", index),
               "<th scope=\"col\">Started</th><th scope=\"col\">m1bench</th><th scope=\"col\">Session</th>"
               "<th scope=\"col\">Compared with the baseline</th>", rows) + "</details>\n";
}

std::string section(const CaseTrend& trend, std::size_t index) {
  const std::string heading = html_name(trend.case_name) + " on " + html_name(trend.target);
  const std::string contents =
      fmt::format("<p>{}; the latest {}.</p>\n<div class=\"charts needs-script\" data-trend=\"{}\"></div>\n",
                  escape_html(runs_text(trend)), ratio_text(estimate_of(trend.points.back())), index);
  return html_section(fmt::format("trend-{}", index), heading, contents + events(trend) + runs_table(trend, index));
}

}  // namespace

std::string trends_html(const std::vector<CaseTrend>& trends, std::span<const PageFile> files) {
  HtmlPage page;
  page.kind = PageKind::trends;
  page.title = "Trends";
  page.subtitle = extent_text(trends);
  page.contents = overview(trends);
  for (std::size_t i = 0; i < trends.size(); ++i) page.contents += section(trends[i], i);
  page.footer = "Written by m1bench. This file is complete: it loads nothing.";
  page.data = trends_data(trends);
  return html_page(page, files);
}

}  // namespace m1bench
