// SPDX-License-Identifier: Apache-2.0
#include "report/checks.hpp"

#include <algorithm>

#include "m1bench/core/text.hpp"
#include "report/escape.hpp"
#include "report/table.hpp"

namespace m1bench {
namespace {

Cell status_cell(const Verification& check) {
  switch (check.status) {
    case CheckStatus::right: return {"right", Tone::good};
    case CheckStatus::wrong: return {"WRONG", Tone::bad};
    case CheckStatus::failed: return {"failed", Tone::bad};
    case CheckStatus::skipped: return {"skipped", Tone::doubtful};
  }
  return {};
}

std::string evidence(const Verification& check) {
  if (check.status != CheckStatus::right) return "";
  std::string text = "error " + format_significant(check.worst_error, 2) + " of " + format_significant(check.worst_bound, 2) + " allowed";
  if (!check.losses.empty()) text += ", " + std::to_string(check.losses.size()) + " losses";
  return text;
}

}  // namespace

std::string checks_report(const Run& run, const TerminalStyle& style) {
  Table table{{{"case"}, {"target"}, {"answer"}, {"worst element"}}, {}};
  std::string details;
  for (const Case& item : run.cases) {
    for (const Target& target : run.targets) {
      const Verification* check = find_verification(run, item.name, target.name);
      if (!check) continue;
      table.rows.push_back({{escape_terminal(item.name)}, {escape_terminal(target.name)}, status_cell(*check), {evidence(*check)}});
      if (check->cause.empty()) continue;
      std::string line = escape_terminal(item.name + " on " + target.name + ": " + check->cause);
      if (!check->remedy.empty()) line += "; " + escape_terminal(check->remedy);
      details += wrap(line, style.width, "- ", "  ");
    }
  }
  for (const Target& target : run.targets) {
    if (target.available) continue;
    details += wrap(escape_terminal(target.name + " is not available: " + target.cause + (target.remedy.empty() ? "" : "; " + target.remedy)), style.width, "- ", "  ");
  }
  const auto count = [&](CheckStatus status) {
    return std::count_if(run.verifications.begin(), run.verifications.end(), [&](const Verification& check) { return check.status == status; });
  };
  std::string summary = std::to_string(count(CheckStatus::right)) + " right, " + std::to_string(count(CheckStatus::wrong)) + " wrong, " +
                        std::to_string(count(CheckStatus::failed)) + " failed";
  if (const auto skipped = count(CheckStatus::skipped)) summary += ", " + std::to_string(skipped) + " skipped";
  return to_text(table, style.color) + (details.empty() ? "" : "\n" + details) + "\n" + summary + "\n";
}

}  // namespace m1bench
