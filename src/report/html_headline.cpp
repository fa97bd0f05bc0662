// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "m1bench/core/text.hpp"
#include "report/escape.hpp"
#include "report/html_sections.hpp"
#include "report/wording.hpp"

namespace m1bench {
namespace {

std::string against(const Run& run, const std::string& target) {
  const Target* found = find_target(run, target);
  return found ? compared_with(run, *found) : "";
}

std::string interval(const Overall& overall) {
  if (!overall.half_width) return "";
  const double log_ratio = std::log(overall.ratio);
  return fmt::format(" <span class=\"range\">[{}, {}]</span>", ratio_number(std::exp(log_ratio - *overall.half_width)),
                     ratio_number(std::exp(log_ratio + *overall.half_width)));
}

std::string extreme(std::string_view which, const std::string& case_name, double ratio) {
  return fmt::format("<div><dt>{}</dt><dd><b>{}x</b> {}</dd></div>\n", which, ratio_number(ratio), html_name(case_name));
}

// "18 slower, 2 same and 1 unsure", each word in its colour and with its sign.
std::string verdict_counts(const Summary& summary, std::size_t target) {
  std::string text;
  for (const Verdict verdict : {Verdict::slower, Verdict::faster, Verdict::same, Verdict::unsure}) {
    const auto count = std::count_if(summary.cases.begin(), summary.cases.end(), [&](const CaseSummary& item) {
      return !item.is_bound && item.others[target].ratio && item.others[target].verdict == verdict;
    });
    if (count > 0) text += fmt::format("<li class=\"verdict {0}\">{1} {0}</li>\n", name_of(verdict), count);
  }
  return text;
}

std::string card(const Run& run, const Summary& summary, std::size_t target) {
  const Overall& row = summary.overall[target];
  const std::string of = against(run, row.target);
  if (of.empty()) return "";  // what others are compared with
  std::string text = fmt::format("<article class=\"card\">\n<h2>{}</h2>\n", html_name(row.target));
  if (row.cases == 0) return text + "<p>No case was compared.</p>\n</article>\n";
  text += fmt::format("<p class=\"figure\">takes <strong>{}x</strong> the time{}</p>\n", ratio_number(row.ratio), interval(row));
  const std::string_view mean = row.cases == 1 ? "in" : "geometric mean over";
  text += fmt::format("<p>of {}, {} {}{}</p>\n", html_name(of), mean, counted(row.cases, "case"), summary.quick ? " (quick)" : "");
  if (row.cases > 1) {
    text += fmt::format("<dl>\n{}{}</dl>\n", extreme("best case", row.best_case, row.best_ratio),
                        extreme("worst case", row.worst_case, row.worst_ratio));
  }
  if (!row.half_width) text += "<p class=\"why\">No interval: a case in it has fewer than 3 blocks.</p>\n";
  return text + fmt::format("<ul class=\"verdicts\">\n{}</ul>\n</article>\n", verdict_counts(summary, target));
}

}  // namespace

std::string html_title(const Run& run, const Summary& summary) {
  std::vector<std::string> others;
  for (const std::string& other : summary.others) {
    if (!against(run, other).empty()) others.push_back(other);
  }
  return (others.empty() ? "" : join_words(others) + " against ") + summary.baseline;
}

std::string html_name(std::string_view name) { return fmt::format("<code>{}</code>", escape_html(name)); }

std::string html_headline(const Run& run, const Summary& summary) {
  std::string cards;
  for (std::size_t i = 0; i < summary.overall.size(); ++i) cards += card(run, summary, i);
  if (cards.empty()) cards = "<p>Nothing was compared.</p>\n";
  return fmt::format("<section class=\"headline\" aria-label=\"What it costs here\">\n{}</section>\n", cards);
}

std::string html_section(std::string_view id, std::string_view heading, std::string_view contents) {
  if (contents.empty()) return "";
  return fmt::format("<section id=\"{0}\" aria-labelledby=\"{0}-heading\">\n<h2 id=\"{0}-heading\">{1}</h2>\n{2}</section>\n", id,
                     heading, contents);
}

}  // namespace m1bench
