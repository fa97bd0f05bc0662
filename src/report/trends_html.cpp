// SPDX-License-Identifier: Apache-2.0
#include "report/trends_html.hpp"

#include <fmt/format.h>

#include "report/escape.hpp"
#include "report/trends_json.hpp"
#include "report/trends_wording.hpp"
#include "report/wording.hpp"

namespace m1bench {
namespace {

constexpr const char* kHead = R"html(<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>m1bench: trends</title>
<style>
:root { color-scheme: light dark; }
body { font: 1rem/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 60rem; padding: 1rem; }
h2 { overflow-wrap: anywhere; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { border-bottom: 1px solid #8888; padding: 0.2rem 0.8rem 0.2rem 0; text-align: left; }
</style>
</head>
<body>
<main>
<h1>m1bench: trends</h1>
<p>How long each target takes compared with the baseline of its run. A change is told where the ratio moved to another level and
stayed there; where something changed that the ratio depends on, a new series begins.</p>
)html";

// Inside a script element nothing is an entity, and what looks like its end or a comment's start would be one.
std::string for_script(const std::string& json) {
  std::string text;
  for (const char letter : json) {
    if (letter == '<') {
      text += "\\u003c";
    } else {
      text += letter;
    }
  }
  return text;
}

std::string events(const CaseTrend& trend) {
  std::string text;
  const auto add = [&](std::size_t at, const std::string& what) {
    text += fmt::format("<li>From {}: {}</li>\n", escape_xml(run_text(trend.points[at])), escape_xml(what));
  };
  for (const ChangePoint& row : trend.changes) add(row.at, change_text(row));
  for (const SeriesBreak& row : trend.breaks) add(row.at, "another series: " + break_text(row));
  return text.empty() ? "" : "<ul>\n" + text + "</ul>\n";
}

std::string rows(const CaseTrend& trend) {
  std::string text;
  for (const TrendPoint& point : trend.points) {
    const std::string version = point.version + (point.commit.empty() ? "" : " (" + point.commit + ")");
    text += fmt::format("<tr><td>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>\n", escape_xml(point.started), escape_xml(version),
                        escape_xml(point.session), ratio_text(estimate_of(point)));
  }
  return text;
}

std::string section(const CaseTrend& trend, std::size_t index) {
  const std::string name = escape_xml(trend.case_name) + " on " + escape_xml(trend.target);
  return fmt::format(
      "<section aria-labelledby=\"trend-{0}\">\n<h2 id=\"trend-{0}\">{1}</h2>\n<p>{2}; the latest {3}.</p>\n"
      "<div class=\"chart\" data-trend=\"{0}\"></div>\n{4}<details>\n<summary>All runs</summary>\n"
      "<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-labelledby=\"trend-{0}\">\n<table>\n<thead><tr><th "
      "scope=\"col\">started</th>"
      "<th scope=\"col\">m1bench</th><th scope=\"col\">session</th><th scope=\"col\">compared with the "
      "baseline</th></tr></thead>\n"
      "<tbody>\n{5}</tbody>\n</table>\n</div>\n</details>\n</section>\n",
      index, name, escape_xml(runs_text(trend)), ratio_text(estimate_of(trend.points.back())), events(trend), rows(trend));
}

}  // namespace

std::string trends_html(const std::vector<CaseTrend>& trends) {
  std::string text = kHead;
  for (std::size_t i = 0; i < trends.size(); ++i) text += section(trends[i], i);
  return text + "</main>\n<script type=\"application/json\" id=\"trends\">\n" + for_script(trends_json(trends)) +
         "</script>\n</body>\n</html>\n";
}

}  // namespace m1bench
