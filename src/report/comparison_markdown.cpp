// SPDX-License-Identifier: Apache-2.0
#include "report/comparison_markdown.hpp"

#include <fmt/format.h>

#include "report/escape.hpp"
#include "report/warning_lines.hpp"

namespace m1bench {
namespace {

std::string heading(const Comparison& comparison, const ComparedRuns& runs) {
  std::string text = fmt::format("# m1bench: head against base\n\n**{}**\n\n", headline(comparison));
  for (const Heading& line : headings(comparison, runs)) {
    text += fmt::format("- {}: {}\n", line.label, escape_markdown(line.text));
  }
  return text;
}

std::string unlike(const Comparison& comparison) {
  if (comparison.unlike.empty()) return "";
  return fmt::format("\n## Not alike\n\n{}\n\n{}", unlike_text(comparison),
                     to_markdown(unlike_table(comparison, markdown_name)));
}

std::string results(const Comparison& comparison) {
  if (comparison.changes.empty()) return "";
  return "\n" + to_markdown(changes_table(comparison, {true, false, markdown_name}));
}

std::string problems(const Comparison& comparison) {
  std::string text;
  for (const Change& change : comparison.changes) {
    if (change.cause.empty() && change.remedy.empty()) continue;
    text += fmt::format("- **{}**: {} on {}", problem_text(change.decision), markdown_name(change.case_name),
                        markdown_name(change.target));
    if (!change.cause.empty()) text += fmt::format(": {}", escape_markdown(change.cause));
    if (!change.remedy.empty()) text += fmt::format("; {}", escape_markdown(change.remedy));
    text += "\n";
  }
  return text.empty() ? "" : "\n## Not decided\n\n" + text;
}

std::string new_cases(const Comparison& comparison) {
  std::string text;
  for (const std::string& name : comparison.only_in_head) text += (text.empty() ? "" : ", ") + markdown_name(name);
  return text.empty() ? "" : "\nNew in head, not judged: " + text + ".\n";
}

std::string absolute(const Comparison& comparison) {
  if (comparison.absolute.empty()) return "";
  return fmt::format("\n## Absolute times\n\n{}\n\n{}", absolute_text(),
                     to_markdown(changes_table(comparison, {true, true, markdown_name})));
}

std::string warnings(const Comparison& comparison, const ComparedRuns& runs) {
  if (!comparison.unlike.empty() && !comparison.forced) return "";
  const bool one = comparison.pairing != Pairing::sessions;
  std::string items = warning_items(gate_warnings(*runs.base), one ? "" : "base");
  if (!one) items += warning_items(gate_warnings(*runs.head), "head");
  return items.empty() ? "" : "\n## Warnings\n\n" + items;
}

std::string footer(const Comparison& comparison) {
  std::string text;
  for (const std::string& note : notes(comparison)) text += "- " + note + "\n";
  return text.empty() ? "" : "\n## What this rests on\n\n" + text;
}

}  // namespace

std::string comparison_markdown(const Comparison& comparison, const ComparedRuns& runs) {
  return heading(comparison, runs) + unlike(comparison) + results(comparison) + problems(comparison) + new_cases(comparison) +
         absolute(comparison) + warnings(comparison, runs) + footer(comparison);
}

}  // namespace m1bench
