// SPDX-License-Identifier: Apache-2.0
#include "app/completions.hpp"
#include "m1bench/core/text.hpp"

namespace m1bench {
namespace {

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size()) text.replace(at, from.size(), to);
  return text;
}

// Inside '...' in an argument of _arguments, where brackets and colons divide.
std::string quoted(std::string text) {
  for (const char* special : {"\\", "[", "]", ":"}) text = replaced(text, special, std::string("\\") + special);
  return replaced(text, "'", "'\\''");
}

// A program as an option's value; as an argument, what follows it is the program's own: command_part.
std::string action(const OptionEntry& option) {
  switch (kind_of(option)) {
    case ValueKind::choice: return "(" + join(option.choices, " ") + ")";
    case ValueKind::file: return "_files";
    case ValueKind::directory: return "_files -/";
    case ValueKind::program: return "_command_names -e";
    case ValueKind::cases: return "_m1bench_cases";
    case ValueKind::targets: return "_m1bench_targets";
    case ValueKind::formats: return "_m1bench_formats";
    case ValueKind::anything: break;
  }
  return " ";
}

std::string value_part(const OptionEntry& option) {
  return option.value.empty() ? "" : ":" + quoted(option.value) + ":" + action(option);
}

// One line for _arguments; -o and --output exclude each other, and a repeated option does not exclude itself.
std::string option_lines(const OptionEntry& option) {
  std::string text;
  const std::string excludes = option.repeated ? "*" : option.names.size() > 1 ? "(" + join(option.names, " ") + ")" : "";
  for (const std::string& name : option.names) {
    text += "        '" + excludes + name + "[" + quoted(option.help) + "]" + value_part(option) + "' \\\n";
  }
  return text;
}

std::string command_part(const CommandEntry& command) {
  std::string text = "      '" + command.name + "')\n      _arguments -S $shared \\\n";
  for (const OptionEntry& option : command.options) text += option_lines(option);
  for (const OptionEntry& argument : command.arguments) {
    const bool command_line = argument.repeated && kind_of(argument) == ValueKind::program;
    const std::string part = command_line ? ":::program: _normal" : value_part(argument);
    text += std::string("        '") + (argument.repeated ? "*" : "") + part + "' \\\n";
  }
  return text + "        && return ;;\n";
}

// The name of the command so far is in $name; a command of commands goes on to the next word.
std::string cases(const CommandTree& tree) {
  std::string outer, inner;
  for (const CommandEntry& command : tree.commands) {
    if (has_commands(tree, command.name)) {
      outer += "      '" + command.name + "')\n      _arguments -C -S $shared '1" + value_part(command.arguments.front()) +
               "' '*::argument:->inner' && return\n      name+=\" $line[1]\" ;;\n";
    } else if (command.name.find(' ') != std::string::npos) {
      inner += command_part(command);
    } else {
      outer += command_part(command);
    }
  }
  return "  case $name in\n" + outer + "  esac\n  case $name in\n" + inner + "  esac\n";
}

// `add` is what offers them.
std::string names_function(const char* name, ValueKind kind, const char* add) {
  return std::string("_m1bench_") + name + "() {\n  local -a names\n  names=(${(f)\"$(" + names_command(kind) + ")\"})\n  " + add +
         " $names\n}\n\n";
}

}  // namespace

std::string zsh_completions(const CommandTree& tree) {
  std::string text =
      "#compdef m1bench\n# SPDX-License-Identifier: Apache-2.0\n# zsh completion for m1bench, made by `m1bench completions zsh`\n\n";
  text += names_function("cases", ValueKind::cases, "compadd -") + names_function("targets", ValueKind::targets, "_sequence compadd -") +
          names_function("formats", ValueKind::formats, "compadd -");
  // Not `commands`: that is zsh's own, which completing a program looks at.
  text += "_m1bench() {\n  local curcontext=$curcontext state line\n  local -a shared actions\n  shared=(\n";
  for (const OptionEntry& option : tree.options) text += replaced(option_lines(option), " \\\n", "\n");
  text += "  )\n  actions=(\n";
  for (const CommandEntry& command : tree.commands) {
    if (command.name.find(' ') == std::string::npos) text += "    '" + command.name + ":" + quoted(command.help) + "'\n";
  }
  text += "  )\n  _arguments -C -S $shared '1:command:->command' '*::argument:->argument' && return\n";
  text += "  if [[ $state == command ]]; then\n    _describe command actions\n    return\n  fi\n  local name=$line[1]\n";
  return text + cases(tree) + "}\n\n_m1bench \"$@\"\n";
}

}  // namespace m1bench
