// SPDX-License-Identifier: Apache-2.0
#include "report/markdown.hpp"

#include <fmt/format.h>

#include "analysis/warnings.hpp"
#include "m1bench/core/text.hpp"
#include "report/columns.hpp"
#include "report/conditions.hpp"
#include "report/escape.hpp"
#include "report/ratio_chart.hpp"
#include "report/tiers.hpp"
#include "report/warning_lines.hpp"

namespace m1bench {
namespace {

std::string title(const Summary& summary) {
  std::vector<std::string> others;
  for (const std::string& other : summary.others) others.push_back(markdown_name(other));
  const std::string against = others.empty() ? "" : join_words(others) + " against ";
  return fmt::format("# m1bench: {}{}\n\n", against, markdown_name(summary.baseline));
}

std::string headline(const Run& run, const Summary& summary) {
  std::string text;
  for (const Overall& row : summary.overall) {
    if (row.cases == 0) continue;
    text += fmt::format("- **{} takes {}x the time of {}**, as the geometric mean over {} case{}{}.\n", markdown_name(row.target),
                        ratio_number(row.ratio), markdown_name(summary.baseline), row.cases, row.cases == 1 ? "" : "s",
                        summary.quick ? " (quick)" : "");
  }
  if (text.empty()) text = "No case was compared.\n";
  return fmt::format("{}\nMachine: {}.\n\n", text, escape_markdown(machine_text(run)));
}

std::string results(const Summary& summary) {
  if (summary.cases.empty()) return "";
  return to_markdown(results_table(summary, all_fields(summary), markdown_name)) + "\n";
}

std::string overall(const Summary& summary) {
  std::string text;
  for (const Overall& row : summary.overall) {
    text += fmt::format("- {}: {}\n", markdown_name(row.target), overall_text(row, markdown_name));
  }
  const std::string control = control_text(summary, markdown_name);
  if (!control.empty()) text += "- control: " + control + "\n";
  const std::string quick = summary.quick ? " Quick: few short blocks, so every verdict is a first look." : "";
  return fmt::format("{}{}{}, {}.{}\n", text, text.empty() ? "" : "\n", blocks_text(summary), compared_text(summary), quick);
}

std::string memory(const Summary& summary) {
  std::string text;
  for (const std::string& line : memory_texts(summary, markdown_name)) text += "- " + line + "\n";
  return text.empty() ? "" : "\n## Memory\n\n" + text;
}

std::string tiers(const Run& run, const Summary& summary) {
  const std::optional<Table> table = tiers_table(run, summary, markdown_name);
  return table ? fmt::format("\n## {}\n\n{}", kTiersTitle, to_markdown(*table)) : "";
}

std::string problems(const Summary& summary) {
  std::string text;
  for (const Problem& problem : summary.problems) {
    const std::string on = problem.case_name.empty() ? "" : markdown_name(problem.case_name) + " on ";
    text += fmt::format("- **{}**: {}{}", name_of(problem.outcome), on, markdown_name(problem.target));
    if (!problem.cause.empty()) text += fmt::format(": {}", escape_markdown(problem.cause));
    if (!problem.remedy.empty()) text += fmt::format("; {}", escape_markdown(problem.remedy));
    text += "\n";
  }
  return text.empty() ? "" : "\n## Not compared\n\n" + text;
}

std::string warnings(const Run& run, const Summary& summary) {
  const std::string items = warning_items(warnings_of(run, summary));
  return items.empty() ? "" : "\n## Warnings\n\n" + items;
}

std::string target_provenance(const Target& target) {
  std::string text = fmt::format("- {}", markdown_name(target.name));
  const std::string version = target.translator_version ? " (" + escape_markdown(*target.translator_version) + ")" : "";
  if (!target.hello) {
    const std::string what = target.available ? "a program of the user's, " + markdown_name(target.translator) + version : "did not start";
    return text + fmt::format(": {}\n  - command: {}\n", what, markdown_code(command_text(target)));
  }
  const Hello& hello = *target.hello;
  text += fmt::format(": slice {}, seen from inside as {}{}, SIMD {}, CPU {}{}\n", markdown_name(hello.slice),
                      markdown_name(hello.translator), version, escape_markdown(hello.simd), escape_markdown(hello.cpu),
                      hello.blas ? ", BLAS " + escape_markdown(*hello.blas) : "");
  text += fmt::format("  - compiler: {}, flags {}\n", escape_markdown(hello.compiler), markdown_code(hello.flags));
  const std::string hash = target.sha256 ? ", executable's SHA-256 " + markdown_name(*target.sha256) : "";
  const std::string cold = target.cold_start_s ? ", whose very first launch took " + format_seconds(*target.cold_start_s) : "";
  text += fmt::format("  - build id: {}{}{}\n", markdown_name(hello.build_id), hash, cold);
  return text + fmt::format("  - command: {}\n", markdown_code(command_text(target)));
}

// Of a merged run a line for each shard, whose own times are not known.
std::string conditions(const Run& run) {
  double elapsed_s = 0;
  for (const auto& [activity, seconds] : run.session.time_spent_s) elapsed_s += run.session.merged.empty() ? seconds : 0;
  std::string text;
  for (const Machine* machine : machines_of(run)) {
    const std::string known = conditions_text(*machine, elapsed_s);
    if (!known.empty()) text += fmt::format("- conditions: {}\n", escape_markdown(known));
  }
  return text;
}

std::string provenance(const Run& run, const Summary& summary) {
  const Tool& tool = run.tool;
  // Blank lines within, or GitHub would not take it for Markdown.
  std::string text = "\n<details><summary>Provenance</summary>\n\n";
  for (const Target& target : run.targets) text += target_provenance(target);
  const std::string commit =
      tool.commit.empty() ? "" : ", commit " + escape_markdown(tool.commit) + (tool.dirty ? " (modified)" : "");
  text += fmt::format("- m1bench {}{}, {}, build id {}\n", escape_markdown(tool.version), commit,
                      escape_markdown(tool.build_type), markdown_name(tool.build_id));
  std::vector<std::string> libraries;
  for (const auto& [name, version] : tool.libraries) libraries.push_back(escape_markdown(name + " " + version));
  if (!libraries.empty()) text += fmt::format("- libraries: {}\n", join(libraries, ", "));
  const Session& session = run.session;
  text += conditions(run);
  text += fmt::format("- session {}: {} to {}, seed {}, {}, {}\n", markdown_name(session.id), escape_markdown(session.started),
                      escape_markdown(session.ended), session.seed, blocks_text(summary), threads_text(session.threads));
  Target driver;
  driver.command = session.arguments;
  return text + fmt::format("- arguments: {}\n\n</details>\n", markdown_code(command_text(driver)));
}

}  // namespace

std::string markdown_report(const Run& run) {
  const Summary summary = summarise(run);
  return title(summary) + headline(run, summary) + results(summary) + overall(summary) + ratio_charts(summary) +
         tiers(run, summary) + memory(summary) + problems(summary) + warnings(run, summary) + provenance(run, summary);
}

}  // namespace m1bench
