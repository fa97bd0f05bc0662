// SPDX-License-Identifier: Apache-2.0
#include "report/explain_wording.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "m1bench/core/text.hpp"
#include "report/wording.hpp"

namespace m1bench {
namespace {

std::string percent(double share) { return fmt::format("{:.0f} %", 100 * share); }

// A share this small is as good as none.
bool is_told(double share) { return share >= 0.005; }

std::string cause_text(const Reason& reason) {
  const std::string share = reason.share && is_told(*reason.share) ? percent(*reason.share) + " " : "";
  return fmt::format("{}{} ({})", share, reason.code, reason.message);
}

template <class Function>
void each_reason(const Explanation& explanation, Function function) {
  for (const CaseExplanation& item : explanation.cases) {
    for (const TargetExplanation& told : item.targets) {
      for (const Reason& reason : told.reasons) function(item, told, reason);
    }
  }
}

// "" for a case that is not counted.
std::string leading_code(const TargetExplanation& told) {
  if (told.state != Explained::told) return std::string(name_of(told.state));
  const auto cause = std::find_if(told.reasons.begin(), told.reasons.end(),
                                  [](const Reason& reason) { return reason.kind == ReasonKind::cause; });
  const double share = cause == told.reasons.end() ? 0 : cause->share.value_or(0);
  return share >= told.unexplained.value_or(0) && share > 0 ? cause->code : "unexplained";
}

}  // namespace

std::string told_ratio(const TargetExplanation& told, bool quick) {
  if (!told.ratio) return told.outcome == Outcome::measured ? "no ratio" : fmt::format("no ratio: {}", name_of(told.outcome));
  return ratio_text(*told.ratio) + (told.verdict ? ", " + std::string(name_of(*told.verdict)) + (quick ? " (quick)" : "") : "");
}

std::string why_text(const TargetExplanation& told) {
  if (told.state == Explained::nothing) return "";
  if (told.state == Explained::same) return "nothing to explain";
  if (told.state == Explained::unsure) return "nothing to explain yet: there may be no difference";
  std::vector<std::string> parts;
  for (const Reason& reason : told.reasons) {
    if (reason.kind == ReasonKind::cause) parts.push_back(cause_text(reason));
  }
  const double rest = told.unexplained.value_or(0);
  if (parts.empty())
    parts.push_back("unexplained");
  else if (rest >= 0.05)
    parts.push_back(percent(rest) + " unexplained");
  std::string text = join(parts, ", ");
  if (told.parting) {
    text += fmt::format("; natively the slice takes {}x the time, and translation makes it {}x that",
                        ratio_number(std::exp(told.parting->slice_log)), ratio_number(std::exp(told.parting->translation_log)));
  }
  for (const Reason& reason : told.reasons) {
    if (reason.kind == ReasonKind::note) text += fmt::format("; {}: {}", reason.code, reason.message);
  }
  return text;
}

std::string nothing_text(const Explanation& explanation) {
  if (explanation.targets.empty()) return "nothing was compared with the baseline";
  for (const CaseExplanation& item : explanation.cases) {
    for (const TargetExplanation& told : item.targets) {
      if (told.ratio) return "";
    }
  }
  return explanation.cases.empty() ? "nothing to explain: there is no case in the run"
                                   : "nothing to explain: no case has a ratio; `m1bench report` tells what became of each";
}

std::string ceilings_text(const TargetCeilings& target) {
  std::vector<std::string> texts;
  for (const auto& [name, ratio] : target.bounds)
    texts.push_back(fmt::format("{} takes {}x the time", name, ratio_number(ratio.ratio())));
  std::string text = join_words(texts);
  if (!target.instructions.empty()) text += (text.empty() ? "" : "; ") + target.instructions;
  if (target.one_number_limit) {
    text += fmt::format("{}working on one f32 at a time would cost {}x at most", text.empty() ? "" : "; ",
                        format_significant(*target.one_number_limit, 2));
  }
  return text;
}

std::string mostly_text(const Explanation& explanation, const std::string& target) {
  std::map<std::string, int> counts;
  int all = 0;
  for (const CaseExplanation& item : explanation.cases) {
    for (const TargetExplanation& told : item.targets) {
      if (told.target != target || item.is_bound) continue;
      ++counts[leading_code(told)];
      ++all;
    }
  }
  if (all < 2) return "";
  std::vector<std::pair<std::string, int>> sorted(counts.begin(), counts.end());
  std::stable_sort(sorted.begin(), sorted.end(), [](const auto& a, const auto& b) { return a.second > b.second; });
  std::vector<std::string> texts;
  for (const auto& [code, count] : sorted) texts.push_back(fmt::format("{} {}", code, count));
  return fmt::format("mostly, of {}: {}", counted(all, "case"), join(texts, ", "));
}

std::vector<Line> anomaly_lines(const Explanation& explanation) {
  std::vector<Line> lines;
  each_reason(explanation, [&](const CaseExplanation& item, const TargetExplanation&, const Reason& reason) {
    if (reason.kind == ReasonKind::anomaly)
      lines.push_back({fmt::format("{}: {} ({})", item.name, reason.message, reason.code), reason.settle});
  });
  return lines;
}

std::vector<Line> settling_lines(const Explanation& explanation) {
  struct Group {
    std::string message, command;
    std::string first_case;
    std::set<std::string> cases;
  };
  std::vector<Group> groups;
  each_reason(explanation, [&](const CaseExplanation& item, const TargetExplanation&, const Reason& reason) {
    if (reason.kind != ReasonKind::missing) return;
    auto group = std::find_if(groups.begin(), groups.end(), [&](const Group& known) { return known.message == reason.message; });
    if (group == groups.end()) group = groups.insert(groups.end(), {reason.message, reason.settle, item.name, {}});
    group->cases.insert(item.name);
  });
  std::vector<Line> lines;
  for (const Group& group : groups) {
    const auto count = static_cast<long long>(group.cases.size());
    const std::string where =
        count > 1 ? fmt::format("{}, such as {}", counted(count, "case"), group.first_case) : group.first_case;
    lines.push_back({fmt::format("{} ({})", group.message, where), group.command});
  }
  return lines;
}

std::vector<std::string> legend_lines(const Explanation& explanation) {
  std::set<std::string> used;
  each_reason(explanation, [&](const CaseExplanation&, const TargetExplanation&, const Reason& reason) {
    if (reason.kind == ReasonKind::cause) used.insert(reason.code);
  });
  std::vector<std::string> lines;
  for (const ExplainRule& rule : explain_rules()) {
    if (used.contains(std::string(rule.code))) lines.push_back(fmt::format("{}: {}", rule.code, rule.meaning));
  }
  return lines;
}

}  // namespace m1bench
