// SPDX-License-Identifier: Apache-2.0
#include "report/profile_report.hpp"

#include "m1bench/core/text.hpp"
#include "report/escape.hpp"
#include "report/profile_tables.hpp"

namespace m1bench {
namespace {

std::string escaped_for_terminal(std::string_view name) { return escape_terminal(name); }
std::string escaped_for_markdown(std::string_view name) { return markdown_name(name); }

// Targets that the case could not be profiled on, and why.
std::vector<std::string> losses(const Run& run, const Profile& profile) {
  std::vector<std::string> texts;
  const auto add = [&](const std::string& target, const std::string& cause, const std::string& remedy) {
    texts.push_back(target + ": " + cause + (remedy.empty() ? "" : "; " + remedy));
  };
  for (const Target& target : run.targets) {
    if (!target.available) add(target.name, target.cause, target.remedy);
  }
  for (const Verification& check : run.verifications) {
    if (check.status == CheckStatus::right) continue;
    const std::string of = check.case_name == profile.case_name ? "" : check.case_name + ": ";
    add(check.target, of + (check.status == CheckStatus::wrong ? "wrong answer: " : "") + check.cause, check.remedy);
  }
  for (const Failure& failure : run.failures) {
    const std::string of = failure.case_name == profile.case_name ? "" : failure.case_name + ": ";
    add(failure.target, of + failure.cause, failure.remedy);
  }
  return texts;
}

std::string title_of(const Profile& profile) { return profile.case_name + ", " + threads_text(profile.threads); }

}  // namespace

std::string profile_terminal(const Run& run, const Profile& profile, const TerminalStyle& style) {
  const auto lines = [&](const std::string& text) { return wrap(text, style.width, "", "  "); };
  std::string text = toned(escape_terminal(title_of(profile)), Tone::strong, style.color) + "\n" + lines(escape_terminal(machine_text(run)));
  if (!profile.targets.empty()) text += "\n" + to_text(overview_table(profile, escaped_for_terminal), style.color);
  for (const TargetProfile& target : profile.targets) {
    // The baseline's own rows stand beside those of every other target.
    if (target.target == profile.baseline && profile.targets.size() > 1) continue;
    Table table = operations_table(profile, target, escaped_for_terminal, false);
    if (width_of(table) > style.width) table = operations_table(profile, target, escaped_for_terminal, true);
    text += "\n" + lines(operations_title(profile, target, escaped_for_terminal)) + to_text(table, style.color);
  }
  text += "\n";
  for (const std::string& cost : profiling_costs(profile, escaped_for_terminal)) text += lines(cost);
  if (!profile.targets.empty()) text += lines(kProfileLegend);
  for (const std::string& loss : losses(run, profile)) text += lines("not profiled on " + escape_terminal(loss));
  for (const Warning& warning : profile.warnings) text += lines("warning: " + escape_terminal(warning_text(warning)));
  return text;
}

std::string profile_markdown(const Run& run, const Profile& profile) {
  std::string text = "# Profile of " + markdown_name(profile.case_name) + ", " + threads_text(profile.threads) + "\n\n" +
                     escape_markdown(machine_text(run)) + "\n";
  if (!profile.targets.empty()) text += "\n## Overview\n\n" + to_markdown(overview_table(profile, escaped_for_markdown));
  for (const TargetProfile& target : profile.targets) {
    text += "\n## Operations: " + operations_title(profile, target, escaped_for_markdown) + "\n\n" +
            to_markdown(operations_table(profile, target, escaped_for_markdown, false));
  }
  text += "\n## Timeline\n\n`trace.json` in this folder: open it at https://ui.perfetto.dev (it stays in your browser) or in chrome://tracing.\n"
          "Each target is a process, and all of them begin at zero.\n\n## Notes\n\n";
  for (const std::string& cost : profiling_costs(profile, escaped_for_markdown)) text += "- " + cost + "\n";
  text += "- " + std::string(kProfileLegend) + "\n";
  for (const std::string& loss : losses(run, profile)) text += "- not profiled on " + escape_markdown(loss) + "\n";
  for (const Warning& warning : profile.warnings) text += "- warning: " + escape_markdown(warning_text(warning)) + "\n";
  return text;
}

}  // namespace m1bench
