// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "report/escape.hpp"
#include "report/explain.hpp"
#include "report/explain_wording.hpp"
#include "report/table.hpp"
#include "report/wording.hpp"

namespace m1bench {
namespace {

std::string listed(std::string_view title, const std::vector<Line>& lines) {
  if (lines.empty()) return "";
  std::string text = fmt::format("\n## {}\n\n", title);
  for (const Line& line : lines) {
    text += "- " + escape_markdown(line.text) + (line.command.empty() ? "" : ": " + markdown_code(line.command)) + "\n";
  }
  return text;
}

std::string of_target(const ExplainedRun& explained, const TargetCeilings& target) {
  std::string text = fmt::format("\n## {}\n\n", markdown_name(target.target));
  for (const std::string& line : {mostly_text(explained.explanation, target.target), ceilings_text(target)}) {
    if (!line.empty()) text += "- " + escape_markdown(line) + "\n";
  }
  Table table{{{"case"}, {"against the baseline"}, {"why"}}, {}};
  for (const CaseExplanation& item : explained.explanation.cases) {
    for (const TargetExplanation& told : item.targets) {
      if (told.target != target.target) continue;
      table.rows.push_back(
          {{markdown_name(item.name)}, {told_ratio(told, explained.run.session.quick)}, {escape_markdown(why_text(told))}});
    }
  }
  return text + "\n" + to_markdown(table);
}

}  // namespace

std::string explain_markdown(const ExplainedRun& explained) {
  const Explanation& explanation = explained.explanation;
  std::string text =
      fmt::format("# Why targets take longer or shorter than {}\n\nMachine: {}. Shares are of the time beyond the baseline's.\n",
                  markdown_name(explanation.baseline), escape_markdown(machine_text(explained.run)));
  const std::string nothing = nothing_text(explanation);
  if (!nothing.empty()) text += "\n" + escape_markdown(nothing) + "\n";
  text += listed("Anomalies", anomaly_lines(explanation));
  for (const TargetCeilings& target : explanation.targets) text += of_target(explained, target);
  text += listed("What would tell more", settling_lines(explanation));
  std::vector<Line> legend;
  for (const std::string& line : legend_lines(explanation)) legend.push_back({line, ""});
  return text + listed("What the words mean", legend);
}

}  // namespace m1bench
