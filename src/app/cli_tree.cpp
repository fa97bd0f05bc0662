// SPDX-License-Identifier: Apache-2.0
#include <CLI/CLI.hpp>

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

// "TEXT:{auto,always,never}" and "fail|pass" name what is possible; otherwise "DIR" names what it is.
void describe_value(const std::string& type, OptionEntry& entry) {
  const std::size_t open = type.find(":{");
  entry.value = type.substr(0, type.find(':') == open ? open : std::string::npos);
  if (open != std::string::npos) {
    entry.choices = split(type.substr(open + 2, type.rfind('}') - open - 2), ',');
  } else if (type.find('|') != std::string::npos && type.find('[') == std::string::npos) {
    entry.choices = split(type, '|');
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

}  // namespace

CommandTree describe(const CLI::App& app) {
  CommandTree tree;
  tree.description = app.get_description();
  for (const CLI::Option* option : app.get_options()) tree.options.push_back(describe(*option));
  for (const CLI::App* command : app.get_subcommands([](const CLI::App* shown) { return !shown->get_group().empty(); })) {
    CommandEntry entry{command->get_name(), command->get_description(), {}, {}};
    for (const CLI::Option* option : command->get_options()) {
      if (option->get_group().empty() || option == command->get_help_ptr()) continue;
      (option->get_positional() ? entry.arguments : entry.options).push_back(describe(*option));
    }
    tree.commands.push_back(entry);
  }
  return tree;
}

}  // namespace m1bench
