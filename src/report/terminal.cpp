// SPDX-License-Identifier: Apache-2.0
#include "report/terminal.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "analysis/warnings.hpp"
#include "m1bench/core/text.hpp"
#include "report/columns.hpp"
#include "report/escape.hpp"
#include "report/warning_lines.hpp"

namespace m1bench {
namespace {

std::string heading(const Run& run, const Summary& summary, const TerminalStyle& style) {
  std::string targets = summary.others.empty() ? "" : join_words(summary.others) + " against ";
  targets = escape_terminal(targets + summary.baseline);
  const std::string title = wrap(targets, style.width, "", "  ");
  return toned(std::string_view(title).substr(0, title.size() - 1), Tone::strong, style.color) + "\n" +
         wrap(escape_terminal(machine_text(run)), style.width, "", "  ") + "\n";
}

// The case on a line of its own and its targets beneath, the ratio last because it is the longest.
Table stacked_table(const Summary& summary) {
  Table table{{{}, {"", Align::right}, {}, {}}, {}};
  for (const CaseSummary& item : summary.cases) {
    for (const TargetSummary& other : item.others) {
      table.rows.push_back({{"  " + escape_terminal(other.target)},
                            {time_text(other)},
                            {verdict_text(other, summary.quick), tone_of(other)},
                            {ratio_or_reason(item, other), other.ratio ? Tone::plain : tone_of(other)}});
    }
  }
  return table;
}

std::string case_line(const CaseSummary& item, bool controlled, bool color) {
  const std::string rate = item.baseline.rate ? ", " + rate_text(item.rate_unit, item.baseline) : "";
  const std::string floor = controlled ? ", noise floor " + noise_floor_text(item) : "";
  return toned(escape_terminal(item.name), Tone::strong, color) + "  " + time_text(item.baseline) + rate + floor + "\n";
}

std::string stacked(const Summary& summary, bool color) {
  const std::string rows = to_text(stacked_table(summary), color);
  std::string text;
  std::size_t at = 0;
  for (const CaseSummary& item : summary.cases) {
    text += case_line(item, summary.controlled, color);
    for (std::size_t i = 0; i < item.others.size(); ++i) {
      const std::size_t end = rows.find('\n', at) + 1;
      text += rows.substr(at, end - at);
      at = end;
    }
  }
  return text;
}

// Two lines a target, for half a screen.
std::string narrow(const Summary& summary, const TerminalStyle& style) {
  std::string text;
  for (const CaseSummary& item : summary.cases) {
    text += case_line(item, summary.controlled, style.color);
    for (const TargetSummary& other : item.others) {
      text += "  " + escape_terminal(other.target);
      if (other.loop_s) text += "  " + time_text(other);
      if (other.verdict) text += "  " + toned(verdict_text(other, summary.quick), tone_of(other), style.color);
      text += "\n" + wrap(ratio_or_reason(item, other), style.width, "    ", "      ");
    }
  }
  return text;
}

std::string results(const Summary& summary, const TerminalStyle& style) {
  if (summary.cases.empty()) return "no case was run\n";
  std::vector<Field> fields = all_fields(summary);
  // What can be had from the rest goes first: the rate, then the other target's time.
  for (const Field expendable : {Field::rate, Field::time, Field::name}) {
    const Table table = results_table(summary, fields, escape_terminal);
    if (width_of(table) <= style.width) return to_text(table, style.color);
    const bool several = summary.others.size() > 1;
    if (expendable == Field::name || (several && expendable == Field::time)) break;
    fields.erase(std::remove(fields.begin(), fields.end(), expendable), fields.end());
  }
  return width_of(stacked_table(summary)) <= style.width ? stacked(summary, style.color) : narrow(summary, style);
}

std::string overall(const Summary& summary, const TerminalStyle& style) {
  std::string text;
  for (const Overall& row : summary.overall) {
    text += wrap(escape_terminal(row.target) + ": " + overall_text(row, escape_terminal), style.width, "", "  ");
  }
  return text.empty() ? "" : "\n" + text;
}

// What only some cases have to tell beside their times.
std::string asides(const Run& run, const Summary& summary, const TerminalStyle& style) {
  std::string text;
  for (const std::string& line : memory_texts(summary, escape_terminal)) text += wrap(line, style.width, "", "  ");
  const std::string cold = cold_starts_text(run);
  if (!cold.empty()) text += wrap(escape_terminal(cold), style.width, "", "  ");
  return text.empty() ? "" : "\n" + text;
}

std::string problems(const Summary& summary, const TerminalStyle& style) {
  std::string text;
  for (const Problem& problem : summary.problems) {
    const std::string where = problem.case_name.empty() ? problem.target : problem.case_name + " on " + problem.target;
    const bool bad = problem.outcome == Outcome::wrong || problem.outcome == Outcome::failed;
    text += toned(name_of(problem.outcome), bad ? Tone::bad : Tone::doubtful, style.color) + ": " + escape_terminal(where) + "\n";
    if (!problem.cause.empty()) text += wrap(escape_terminal(problem.cause), style.width, "  ", "  ");
    if (!problem.remedy.empty()) text += wrap(escape_terminal(problem.remedy), style.width, "  -> ", "     ");
  }
  return text.empty() ? "" : "\n" + text;
}

std::string control(const Summary& summary, const TerminalStyle& style) {
  const std::string text = control_text(summary, escape_terminal);
  return text.empty() ? "" : "\n" + wrap("control: " + text, style.width, "", "  ");
}

std::string footer(const Run& run, const Summary& summary, const TerminalStyle& style) {
  std::string text = fmt::format("baseline {}, {}, {}, {}", summary.baseline, blocks_text(summary),
                                 threads_text(run.session.threads), compared_text(summary));
  if (summary.quick) text += "; quick: few short blocks, so every verdict is a first look";
  if (run.session.stop_reason == "interrupted") text += "; interrupted before it was done";
  if (summary.time_spent_s > 0) text += "; took " + long_time_text(summary.time_spent_s);
  return "\n" + wrap(escape_terminal(text), style.width, "", "  ");
}

}  // namespace

std::string terminal_report(const Run& run, const TerminalStyle& style) {
  const Summary summary = summarise(run);
  return heading(run, summary, style) + results(summary, style) + overall(summary, style) + asides(run, summary, style) +
         problems(summary, style) + warning_lines(warnings_of(run, summary), style) + control(summary, style) + footer(run, summary, style);
}

}  // namespace m1bench
