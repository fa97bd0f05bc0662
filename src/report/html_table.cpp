// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <vector>

#include "report/escape.hpp"
#include "report/html_sections.hpp"
#include "report/wording.hpp"

namespace m1bench {
namespace {

bool compares(const Summary& summary) { return !summary.others.empty(); }
bool has_targets(const Summary& summary) { return summary.others.size() > 1; }

std::string ratio_cell(const CaseSummary& item, const TargetSummary& other, bool) {
  if (!other.ratio) return escape_html(ratio_or_reason(item, other));
  return fmt::format("{}x the time", ratio_number(other.ratio->ratio()));
}

std::string interval_cell(const CaseSummary&, const TargetSummary& other, bool) {
  if (!other.ratio) return "";
  if (!other.ratio->half_width) return fmt::format("none ({})", counted(other.ratio->blocks, "block"));
  return fmt::format("[{}, {}]", ratio_number(other.ratio->low()), ratio_number(other.ratio->high()));
}

// What is told first answers the question. A telephone shows the first column, in which it has the target under the case's name,
// and what follows it.
struct HtmlColumn {
  std::string_view key;    // what the scripts sort by: a field of html_data's rows; "" where numbers of several units meet
  std::string_view title;
  std::string_view kind;   // how it is set: "target", "number", "interval", "verdict"
  bool (*applies)(const Summary& summary);
  std::string (*cell)(const CaseSummary& item, const TargetSummary& other, bool quick);
};

constexpr HtmlColumn kColumns[] = {
    {"target", "Target", "target", has_targets,
     [](const CaseSummary&, const TargetSummary& other, bool) { return html_name(other.target); }},
    {"ratio", "Takes", "number", compares, ratio_cell},
    {"low", "95 % interval", "interval", compares, interval_cell},
    {"verdict", "Verdict", "verdict", compares,
     [](const CaseSummary&, const TargetSummary& other, bool quick) { return verdict_text(other, quick); }},
    {"time", "Time", "number", compares, [](const CaseSummary&, const TargetSummary& other, bool) { return time_text(other); }},
    {"base", "Baseline time", "number", [](const Summary&) { return true; },
     [](const CaseSummary& item, const TargetSummary&, bool) { return time_text(item.baseline); }},
    {"", "Baseline rate", "number", [](const Summary&) { return true; },
     [](const CaseSummary& item, const TargetSummary&, bool) { return rate_text(item.rate_unit, item.baseline); }},
    {"share", "% of bound", "number", [](const Summary& summary) { return summary.bounded && compares(summary); },
     [](const CaseSummary&, const TargetSummary& other, bool) { return share_text(other); }},
    {"baseShare", "Baseline %", "number", [](const Summary& summary) { return summary.bounded; },
     [](const CaseSummary& item, const TargetSummary&, bool) { return share_text(item.baseline); }},
    {"instructions", "Instructions x", "number", [](const Summary& summary) { return summary.counts_instructions; },
     [](const CaseSummary&, const TargetSummary& other, bool) { return counter_text(other.instructions_ratio); }},
    {"energy", "Energy x", "number", [](const Summary& summary) { return summary.counts_energy; },
     [](const CaseSummary&, const TargetSummary& other, bool) { return counter_text(other.energy_ratio); }},
    {"floor", "Noise floor", "number", [](const Summary& summary) { return summary.controlled; },
     [](const CaseSummary& item, const TargetSummary&, bool) { return noise_floor_text(item); }},
};

using Columns = std::vector<const HtmlColumn*>;

std::string heading(const Columns& columns) {
  std::string text = "<tr><th scope=\"col\" class=\"text\" data-key=\"name\">Case</th>";
  for (const HtmlColumn* column : columns) {
    const std::string key = column->key.empty() ? "" : fmt::format(" data-key=\"{}\"", column->key);
    text += fmt::format("<th scope=\"col\" class=\"{}\"{}>{}</th>", column->kind, key, column->title);
  }
  return text + "</tr>\n";
}

// One line, and the only kind that begins so: table.js finds the rows by it.
std::string row(const CaseSummary& item, const TargetSummary& other, const Columns& columns, bool quick) {
  const bool has_target = columns.front()->kind == "target";
  const std::string target = has_target ? fmt::format(" data-target=\"{}\"", escape_html(other.target)) : "";
  std::string text = fmt::format("<tr><th scope=\"row\"{}>{}</th>", target, html_name(item.name));
  for (const HtmlColumn* column : columns) {
    const bool verdict = column->kind == "verdict";
    const std::string sign = verdict && other.verdict ? fmt::format(" {}", name_of(*other.verdict)) : "";
    text += fmt::format("<td class=\"{}{}\">{}</td>", column->kind, sign, column->cell(item, other, quick));
  }
  return text + "</tr>\n";
}

std::string table(std::string_view attributes, const Columns& columns, const std::string& rows) {
  return fmt::format("<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-labelledby=\"results-heading\">\n<table {}>\n<thead>\n{}"
                     "</thead>\n<tbody>\n{}</tbody>\n</table>\n</div>\n",
                     attributes, heading(columns), rows);
}

// Shown by a script, which fills in what there is to choose from.
constexpr std::string_view kFilters =
    "<form id=\"filters\" class=\"needs-script\" aria-label=\"Which rows\">\n"
    "<label>Search <input id=\"filter-text\" type=\"search\" autocomplete=\"off\" spellcheck=\"false\" placeholder=\"part of a name\">"
    "</label>\n"
    "<label>Family <select id=\"filter-family\"><option value=\"\">all</option></select></label>\n"
    "<label>Target <select id=\"filter-target\"><option value=\"\">all</option></select></label>\n"
    "<label>Verdict <select id=\"filter-verdict\"><option value=\"\">all</option></select></label>\n"
    "<button type=\"reset\">Show all</button>\n</form>\n"
    "<p id=\"shown\" class=\"note needs-script\" role=\"status\"></p>\n";

}  // namespace

std::string html_table(const Summary& summary) {
  Columns columns;
  for (const HtmlColumn& column : kColumns) {
    if (column.applies(summary)) columns.push_back(&column);
  }
  static const TargetSummary kNone;
  std::string first, rest;
  std::size_t rows = 0;
  const auto add = [&](const CaseSummary& item, const TargetSummary& other) {
    (rows++ < kRowsAtFirst ? first : rest) += row(item, other, columns, summary.quick);
  };
  for (const CaseSummary& item : summary.cases) {
    for (const TargetSummary& other : item.others) add(item, other);
    if (item.others.empty()) add(item, kNone);
  }
  std::string text(kFilters);
  text += table("id=\"table\"", columns, first);
  if (!rest.empty()) text += "<noscript id=\"rest\">\n" + table("", columns, rest) + "</noscript>\n";
  return text + "<p class=\"needs-script\"><button type=\"button\" id=\"more\">Show more rows</button></p>\n";
}

}  // namespace m1bench
