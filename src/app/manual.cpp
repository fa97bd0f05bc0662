// SPDX-License-Identifier: Apache-2.0
#include "app/manual.hpp"

#include <algorithm>

#include "app/exit_code.hpp"
#include "m1bench/core/text.hpp"

namespace m1bench {
namespace {

struct Item {
  std::string_view name, meaning;
};

constexpr Item kEnvironment[]{
    {"NO_COLOR", "If set and not empty, --color auto does not colour."},
    {"COLUMNS", "How wide reports are where the terminal does not say."},
    {"XDG_CACHE_HOME", "Where it is kept which builds have been launched here before; ~/.cache by default, ~/Library/Caches on macOS."},
    {"TMPDIR", "Where answers are kept while they are checked."},
    {"GITHUB_STEP_SUMMARY", "A file that the report of a run or a comparison is added to, in Markdown: the summary of a job of GitHub's."},
    {"GITHUB_ACTIONS", "If true, what a reader should know is printed as annotations, too."},
};

constexpr Item kFiles[]{
    {"m1bench-results/<UTC time>/run.json", "Everything that a run recorded: every slot of every block, and what it was measured on."},
    {"m1bench-results/<UTC time>/report.md", "What it says, in Markdown."},
    {"m1bench-results/<UTC time>/report.html", "The same as a page with charts, complete in one file."},
    {"m1bench-results/<UTC time>/profile.json", "Of `m1bench profile`: what each layer or operator took."},
    {"m1bench-results/<UTC time>/profile.md", "The same, in Markdown."},
    {"m1bench-results/<UTC time>/trace.json", "The same as a timeline, for ui.perfetto.dev."},
    {"m1bench-results/history.sqlite", "The history of runs, unless --db names another file."},
};

// A hyphen that is to be copied into a shell, a backslash, and a dot or a quote that would begin a request.
std::string roff(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    if (c == '\\') escaped += "\\e";
    if (c == '-') escaped += "\\-";
    if (c != '\\' && c != '-') escaped += c;
  }
  return !text.empty() && (text.front() == '.' || text.front() == '\'') ? "\\&" + escaped : escaped;
}

std::string section(const char* name) { return std::string(".SH ") + name + "\n"; }

std::string item(const std::string& tag, std::string_view text) { return ".TP\n" + tag + "\n" + roff(text) + "\n"; }

std::string bold(std::string_view text) { return "\\fB" + roff(text) + "\\fR"; }
std::string italic(std::string_view text) { return "\\fI" + roff(text) + "\\fR"; }

std::string option_tag(const OptionEntry& option) {
  std::vector<std::string> names;
  for (const std::string& name : option.names) names.push_back(bold(name));
  const std::string value = option.choices.empty() ? italic(option.value) : bold(join(option.choices, "|"));
  return join(names, ", ") + (option.value.empty() ? "" : " " + value);
}

std::string usage_line(const CommandEntry& command) {
  std::string line = bold("m1bench " + command.name) + " [" + italic("option") + " ...]";
  for (const OptionEntry& argument : command.arguments) line += " " + italic(argument.value) + (argument.repeated ? " ..." : "");
  return line;
}

std::string command_text(const CommandEntry& command) {
  std::string text = ".SS " + command.name + "\n" + usage_line(command) + "\n.PP\n" + roff(command.help) + ".\n";
  for (const OptionEntry& argument : command.arguments) text += item(italic(argument.value), argument.help);
  for (const OptionEntry& option : command.options) text += item(option_tag(option), option.help);
  return text;
}

}  // namespace

std::string manual_page(const CommandTree& tree) {
  std::string page = ".\\\" SPDX-License-Identifier: Apache-2.0\n.\\\" Made by `m1bench manual`.\n.TH M1BENCH 1 \"\" \"m1bench\" \"User Commands\"\n";
  page += section("NAME") + "m1bench \\- what running tensor code under a binary translator costs\n";
  page += section("SYNOPSIS") + bold("m1bench") + " " + italic("command") + " [" + italic("option") + " ...]\n";
  page += section("DESCRIPTION") + roff(tree.description) + "\n";
  page += section("OPTIONS");
  for (const OptionEntry& option : tree.options) page += item(option_tag(option), option.help);
  page += section("COMMANDS");
  for (const CommandEntry& command : tree.commands) page += command_text(command);
  page += section("EXIT STATUS");
  for (const ExitCodeRow& row : exit_codes()) page += item(std::to_string(static_cast<int>(row.code)), std::string(row.meaning) + ".");
  page += item(std::string(kExitOfSignals.codes), std::string(kExitOfSignals.meaning) + ".");
  page += section("ENVIRONMENT");
  for (const Item& row : kEnvironment) page += item(bold(row.name), row.meaning);
  page += section("FILES");
  for (const Item& row : kFiles) page += item(italic(row.name), row.meaning);
  page += section("EXAMPLES");
  for (const Example& row : examples()) page += item(bold(row.command), row.meaning);
  return page + section("SEE ALSO") + bold("qemu\\-user") + "(1), " + bold("hyperfine") + "(1)\n";
}

}  // namespace m1bench
