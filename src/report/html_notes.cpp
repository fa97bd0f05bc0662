// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "analysis/warnings.hpp"
#include "report/escape.hpp"
#include "report/html_sections.hpp"
#include "report/tiers.hpp"
#include "report/wording.hpp"

namespace m1bench {
namespace {

// Beyond the first a list is folded up, because it would push everything else off the page; beyond the second nobody reads it.
constexpr std::size_t kMostUnfolded = 20, kMostListed = 200;

std::string item(const std::string& text) { return fmt::format("<li>{}</li>\n", text); }

std::string table(const Table& contents) {
  std::string text = "<table>\n<thead>\n<tr>";
  for (const Column& column : contents.columns) text += fmt::format("<th scope=\"col\">{}</th>", column.title);
  text += "</tr>\n</thead>\n<tbody>\n";
  for (const auto& row : contents.rows) {
    text += "<tr>";
    for (const Cell& cell : row) text += fmt::format("<td>{}</td>", cell.text);
    text += "</tr>\n";
  }
  return text + "</tbody>\n</table>\n";
}

std::string list(const std::vector<std::string>& texts) {
  std::string items;
  for (const std::string& text : texts) items += item(text);
  return items.empty() ? "" : fmt::format("<ul>\n{}</ul>\n", items);
}

// "wrong answer: matmul/f32/64 on arm64/qemu-user", why, and what to do about it.
std::string problem_item(const Problem& problem) {
  const std::string on = problem.case_name.empty() ? "" : html_name(problem.case_name) + " on ";
  const bool bad = problem.outcome == Outcome::wrong || problem.outcome == Outcome::failed;
  std::string text = fmt::format("<strong{}>{}</strong>: {}{}", bad ? " class=\"bad\"" : "", name_of(problem.outcome), on,
                                 html_name(problem.target));
  if (!problem.cause.empty()) text += fmt::format("<br>{}", escape_html(problem.cause));
  if (!problem.remedy.empty()) text += fmt::format("<br><span class=\"remedy\">{}</span>", escape_html(problem.remedy));
  return text;
}

}  // namespace

std::string html_asides(const Run& run, const Summary& summary) {
  std::string text;
  if (const std::optional<Table> tiers = tiers_table(run, summary, html_name)) {
    const std::string contents = "<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-labelledby=\"tiers-heading\">\n" + table(*tiers);
    text += html_section("tiers", kTiersTitle, contents + "</div>\n");
  }
  text += html_section("memory", "Memory", list(memory_texts(summary, html_name)));
  const std::string cold = cold_starts_text(run);
  text += html_section("first-launches", "First launches", cold.empty() ? "" : fmt::format("<p>{}</p>\n", escape_html(cold)));
  const std::string control = control_text(summary, html_name);
  return text + html_section("control", "Control", control.empty() ? "" : fmt::format("<p>{}</p>\n", control));
}

std::string html_warnings(std::span<const Warning> warnings) {
  std::string items;
  for (const Warning& warning : grouped(warnings)) {
    const std::string remedy = warning.remedy.empty() ? "" : fmt::format("<br><span class=\"remedy\">{}</span>", escape_html(warning.remedy));
    items += item(fmt::format("{} {}{}", escape_html(warning.message), html_name(warning.code), remedy));
  }
  return html_section("warnings", "Warnings", items.empty() ? "" : fmt::format("<ul class=\"notices\">\n{}</ul>\n", items));
}

std::string html_problems(const Summary& summary) {
  std::string items;
  const std::size_t all = summary.problems.size(), listed = std::min(all, kMostListed);
  for (std::size_t i = 0; i < listed; ++i) items += item(problem_item(summary.problems[i]));
  if (items.empty()) return "";
  if (listed < all) items += item(fmt::format("and {} more, which <code>report --format markdown</code> tells", all - listed));
  const std::string list = fmt::format("<ul class=\"notices\">\n{}</ul>\n", items);
  return html_section("problems", "Not compared",
                      all > kMostUnfolded ? fmt::format("<details>\n<summary>All {}</summary>\n{}</details>\n", all, list) : list);
}

}  // namespace m1bench
