// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "report/escape.hpp"
#include "report/explain.hpp"
#include "report/explain_wording.hpp"
#include "report/table.hpp"
#include "report/wording.hpp"

namespace m1bench {
namespace {

// Broken where it is without colour, with its first words set off.
std::string headed(const std::string& head, const std::string& rest, const TerminalStyle& style, std::string_view first,
                   std::string_view others) {
  const std::string shown = escape_terminal(head);
  const std::string lines = wrap(shown + escape_terminal(rest), style.width, first, others);
  if (!lines.starts_with(std::string(first) + shown)) return lines;  // the name itself was broken
  return std::string(first) + toned(shown, Tone::strong, style.color) + lines.substr(first.size() + shown.size());
}

std::string heading(const ExplainedRun& explained, const TerminalStyle& style) {
  std::string text =
      wrap(escape_terminal("why targets take longer or shorter than " + explained.explanation.baseline), style.width, "", "  ");
  text += wrap(escape_terminal(machine_text(explained.run)), style.width, "", "  ");
  return text + wrap("shares are of the time beyond the baseline's", style.width, "", "  ");
}

std::string listed(std::string_view title, const std::vector<Line>& lines, const TerminalStyle& style) {
  if (lines.empty()) return "";
  std::string text = "\n" + toned(title, Tone::strong, style.color) + "\n";
  for (const Line& line : lines) {
    text += wrap(escape_terminal(line.text), style.width, "  ", "    ");
    if (!line.command.empty()) text += wrap(escape_terminal(line.command), style.width, "    -> ", "       ");
  }
  return text;
}

std::string of_target(const ExplainedRun& explained, const TargetCeilings& target, const TerminalStyle& style) {
  const Target* run_target = find_target(explained.run, target.target);
  const std::string version = run_target && run_target->translator_version ? ", by " + *run_target->translator_version : "";
  std::string text = "\n" + headed(target.target, version, style, "", "  ");
  for (const std::string& line : {mostly_text(explained.explanation, target.target), ceilings_text(target)}) {
    if (!line.empty()) text += wrap(escape_terminal(line), style.width, "", "  ");
  }
  for (const CaseExplanation& item : explained.explanation.cases) {
    for (const TargetExplanation& told : item.targets) {
      if (told.target != target.target) continue;
      text += headed(item.name, "  " + told_ratio(told, explained.run.session.quick), style, "  ", "    ");
      const std::string why = why_text(told);
      if (!why.empty()) text += wrap(escape_terminal(why), style.width, "    ", "      ");
    }
  }
  return text;
}

}  // namespace

std::string explain_terminal(const ExplainedRun& explained, const TerminalStyle& style) {
  const Explanation& explanation = explained.explanation;
  std::string text = heading(explained, style);
  const std::string nothing = nothing_text(explanation);
  if (!nothing.empty()) text += "\n" + wrap(nothing, style.width, "", "  ");
  text += listed("anomalies", anomaly_lines(explanation), style);
  for (const TargetCeilings& target : explanation.targets) text += of_target(explained, target, style);
  text += listed("what would tell more", settling_lines(explanation), style);
  std::vector<Line> legend;
  for (const std::string& line : legend_lines(explanation)) legend.push_back({line, ""});
  return text + listed("what the words mean", legend, style);
}

}  // namespace m1bench
