// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

// The command line as plain data, for what describes it elsewhere: the manual page and the shells' completions.
namespace m1bench {

struct OptionEntry {
  std::vector<std::string> names;    // "-o", "--output"; of an argument what it is called in the usage line
  std::string value;                 // "DIR"; "" for a flag
  std::vector<std::string> choices;  // the only values there are; empty where others are possible
  std::string help;
  bool repeated = false;             // takes more than one value
};

struct CommandEntry {
  std::string name, help;  // "history add" where a command has commands
  std::vector<OptionEntry> options, arguments;
};

struct CommandTree {
  std::string description;
  std::vector<OptionEntry> options;  // of every command
  std::vector<CommandEntry> commands;
};

// Everything that is not hidden, in the order of --help.
CommandTree command_tree();

struct Example {
  std::string_view command, meaning;
};
std::span<const Example> examples();

// What can stand where a value is asked for.
enum class ValueKind { anything, choice, file, directory, program, cases, targets, formats };
ValueKind kind_of(const OptionEntry& option);

}  // namespace m1bench
