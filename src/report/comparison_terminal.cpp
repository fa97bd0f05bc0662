// SPDX-License-Identifier: Apache-2.0
#include "report/comparison_terminal.hpp"

#include <fmt/format.h>

#include "report/escape.hpp"
#include "report/warning_lines.hpp"

namespace m1bench {
namespace {

std::string heading(const Comparison& comparison, const ComparedRuns& runs, const TerminalStyle& style) {
  const std::string title = wrap(headline(comparison), style.width, "", "  ");
  std::string text;
  text += toned(std::string_view(title).substr(0, title.size() - 1), tone_of(outcome_of(comparison)), style.color) + "\n";
  for (const Heading& line : headings(comparison, runs)) {
    text += wrap(fmt::format("{}: {}", line.label, escape_terminal(line.text)), style.width, "", "  ");
  }
  return text;
}

// The case on a line of its own and two lines a target beneath, for half a screen.
std::string narrow(const Comparison& comparison, bool absolute, const TerminalStyle& style) {
  std::string text;
  std::string_view before;
  for (const Change& change : absolute ? comparison.absolute : comparison.changes) {
    if (change.case_name != before) text += toned(escape_terminal(change.case_name), Tone::strong, style.color) + "\n";
    before = change.case_name;
    text += "  " + escape_terminal(change.target);
    if (!absolute) text += "  " + toned(decision_text(change, comparison.margin), tone_of(change.decision), style.color);
    text += "\n";
    const std::string told = absolute ? absolute_change_text(change) : change_text(change, comparison.pairing);
    if (change.log_change) text += wrap(told, style.width, "    ", "      ");
  }
  return text;
}

std::string rows(const Comparison& comparison, bool absolute, const TerminalStyle& style) {
  for (const bool times : {true, false}) {
    const Table table = changes_table(comparison, {times, absolute, escape_terminal});
    if (width_of(table) <= style.width) return to_text(table, style.color);
  }
  return narrow(comparison, absolute, style);
}

std::string results(const Comparison& comparison, const TerminalStyle& style) {
  return comparison.changes.empty() ? "" : "\n" + rows(comparison, false, style);
}

std::string problems(const Comparison& comparison, const TerminalStyle& style) {
  std::string text;
  for (const Change& change : comparison.changes) {
    if (change.cause.empty() && change.remedy.empty()) continue;
    const std::string_view label = problem_text(change.decision);
    const std::string line = fmt::format("{}: {}", label, escape_terminal(change.case_name + " on " + change.target));
    // Wrapped with the label in place, so that lines break where they do without colour.
    text += toned(label, tone_of(change.decision), style.color) + wrap(line, style.width, "", "  ").substr(label.size());
    if (!change.cause.empty()) text += wrap(escape_terminal(change.cause), style.width, "  ", "  ");
    if (!change.remedy.empty()) text += wrap(escape_terminal(change.remedy), style.width, "  -> ", "     ");
  }
  return text.empty() ? "" : "\n" + text;
}

std::string unlike(const Comparison& comparison, const TerminalStyle& style) {
  if (comparison.unlike.empty()) return "";
  const Table table = unlike_table(comparison, escape_terminal);
  std::string text = "\n" + wrap(unlike_text(comparison), style.width, "", "  ");
  if (width_of(table) <= style.width) return text + to_text(table, style.color);
  for (const auto& row : table.rows) {
    text += row[0].text + "\n" + wrap(row[1].text, style.width, "  base: ", "        ");
    text += wrap(row[2].text, style.width, "  head: ", "        ");
  }
  return text;
}

std::string new_cases(const Comparison& comparison, const TerminalStyle& style) {
  std::string text;
  for (const std::string& name : comparison.only_in_head) text += (text.empty() ? "" : ", ") + escape_terminal(name);
  return text.empty() ? "" : "\n" + wrap("new in head, not judged: " + text, style.width, "", "  ");
}

std::string absolute(const Comparison& comparison, const TerminalStyle& style) {
  if (comparison.absolute.empty()) return "";
  return "\n" + wrap(absolute_text(), style.width, "", "  ") + rows(comparison, true, style);
}

std::string warnings(const Comparison& comparison, const ComparedRuns& runs, const TerminalStyle& style) {
  if (!comparison.unlike.empty() && !comparison.forced) return "";
  if (comparison.pairing != Pairing::sessions) return warning_lines(gate_warnings(*runs.base), style);
  return warning_lines(gate_warnings(*runs.base), style, "base") + warning_lines(gate_warnings(*runs.head), style, "head");
}

std::string footer(const Comparison& comparison, const TerminalStyle& style) {
  std::string text;
  for (const std::string& note : notes(comparison)) text += wrap(note, style.width, "", "  ");
  return text.empty() ? "" : "\n" + text;
}

}  // namespace

std::string comparison_terminal(const Comparison& comparison, const ComparedRuns& runs, const TerminalStyle& style) {
  return heading(comparison, runs, style) + unlike(comparison, style) + results(comparison, style) +
         problems(comparison, style) + new_cases(comparison, style) + absolute(comparison, style) + warnings(comparison, runs, style) + footer(comparison, style);
}

}  // namespace m1bench
