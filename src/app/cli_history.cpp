// SPDX-License-Identifier: Apache-2.0
#include <CLI/CLI.hpp>

#include "app/cli_options.hpp"

namespace m1bench {

void add_history_command(CLI::App& app, Options& options) {
  HistoryOptions& history = options.history;
  auto* command = app.add_subcommand("history", "Keep runs in one file and see how their ratios change over time");
  command->require_subcommand(1);
  const auto add_action = [&](const std::string& name, const std::string& help) {
    auto* action = command->add_subcommand(name, help);
    action->add_option("--db", history.database, "The history's file")->type_name("FILE")->capture_default_str();
    action->parse_complete_callback([&history, name] { history.action = name; });
    return action;
  };

  auto* add = add_action("add", "Add runs; what is there already is left as it is");
  add->add_option("runs", history.runs, "The run.json files or folders")->required()->type_name("RUN.json");

  auto* list = add_action("list", "Show the runs there are");
  list->add_flag("--json", history.json, "As JSON");

  auto* show = add_action("show", "Show how cases went from run to run, and where they changed");
  show->add_option("cases", history.cases, "Cases by name; * matches anything (default: all)")->type_name("PATTERN");
  show->add_option("--target", history.targets, "Only these targets; * matches anything")
      ->delimiter(',')
      ->allow_extra_args(false)
      ->type_name("A,B");
  show->add_option("--format", history.format, "terminal, json or html")
      ->type_name("FORMAT")
      ->check(CLI::IsMember({"terminal", "json", "html"}))
      ->capture_default_str();
  show->add_option("-o,--output", options.out, "Write it to this file, whole or not at all; - is standard output")
      ->type_name("FILE");
}

}  // namespace m1bench
