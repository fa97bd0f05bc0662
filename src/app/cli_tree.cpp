// SPDX-License-Identifier: Apache-2.0
#include <CLI/CLI.hpp>
#include <algorithm>

#include "app/cli_tree.hpp"

namespace m1bench {
namespace {

std::vector<std::string> split(const std::string& text, char separator) {
  std::vector<std::string> parts;
  for (std::size_t begin = 0, end = 0; end != std::string::npos; begin = end + 1) {
    end = text.find(separator, begin);
    parts.push_back(text.substr(begin, end - begin));
  }
  return parts;
}

bool is_word(const std::string& text) {
  return !text.empty() && text.find_first_not_of("abcdefghijklmnopqrstuvwxyz-") == std::string::npos;
}

// "TEXT:{auto,always,never}" and "fail|pass" name what is possible; otherwise "DIR" names what it is.
void describe_value(const std::string& type, OptionEntry& entry) {
  const std::size_t open = type.find(":{");
  entry.value = type.substr(0, type.find(':') == open ? open : std::string::npos);
  if (open != std::string::npos) {
    entry.choices = split(type.substr(open + 2, type.rfind('}') - open - 2), ',');
  } else if (type.find('|') != std::string::npos) {
    const std::vector<std::string> words = split(type, '|');
    if (std::all_of(words.begin(), words.end(), is_word)) entry.choices = words;
  }
}

OptionEntry describe(const CLI::Option& option) {
  OptionEntry entry;
  entry.help = option.get_description();
  for (const std::string& name : option.get_snames()) entry.names.push_back("-" + name);
  for (const std::string& name : option.get_lnames()) entry.names.push_back("--" + name);
  entry.repeated = option.get_items_expected_max() > 1;
  if (option.get_items_expected_max() > 0) describe_value(option.get_type_name(), entry);
  if (option.get_positional()) entry.names = {entry.value};
  return entry;
}

std::vector<const CLI::App*> shown_commands(const CLI::App& app) {
  return app.get_subcommands([](const CLI::App* command) { return !command->get_group().empty(); });
}

// `history` and then `history add`: a command of commands has their names as its argument.
void describe_command(const CLI::App& command, const std::string& name, CommandTree& tree) {
  CommandEntry entry{name, command.get_description(), {}, {}};
  for (const CLI::Option* option : command.get_options()) {
    if (option->get_group().empty() || option == command.get_help_ptr()) continue;
    (option->get_positional() ? entry.arguments : entry.options).push_back(describe(*option));
  }
  const std::vector<const CLI::App*> actions = shown_commands(command);
  if (!actions.empty()) {
    OptionEntry action{{"command"}, "command", {}, "What to do", false};
    for (const CLI::App* one : actions) action.choices.push_back(one->get_name());
    entry.arguments = {action};
  }
  tree.commands.push_back(entry);
  for (const CLI::App* one : actions) describe_command(*one, name + " " + one->get_name(), tree);
}

}  // namespace

CommandTree describe(const CLI::App& app) {
  CommandTree tree;
  tree.description = app.get_description();
  for (const CLI::Option* option : app.get_options()) tree.options.push_back(describe(*option));
  for (const CLI::App* command : shown_commands(app)) describe_command(*command, command->get_name(), tree);
  return tree;
}

}  // namespace m1bench
