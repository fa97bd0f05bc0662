// SPDX-License-Identifier: Apache-2.0
#include "app/completions.hpp"
#include "m1bench/core/text.hpp"

namespace m1bench {
namespace {

std::string quoted(const std::string& text) {
  std::string escaped;
  for (const char c : text) escaped += c == '\'' || c == '\\' ? std::string("\\") + c : std::string(1, c);
  return "'" + escaped + "'";
}

// How the value is completed. `-x` asks for one and offers no files, `-r` offers them.
std::string value_part(const OptionEntry& option) {
  switch (kind_of(option)) {
    case ValueKind::choice: return " -x -a " + quoted(join(option.choices, " "));
    case ValueKind::file: return " -r -F";
    case ValueKind::directory: return " -x -a '(__fish_complete_directories)'";
    case ValueKind::program: return " -x -a '(__fish_complete_subcommand)'";
    case ValueKind::targets: return " -x -a '(__fish_complete_list , __m1bench_targets)'";
    case ValueKind::cases: return " -x -a '(__m1bench_cases)'";
    case ValueKind::formats: return " -x -a '(__m1bench_formats)'";
    case ValueKind::anything: break;
  }
  return " -x";
}

// The words so far begin with this command: `list` is not `history list`.
std::string seen(const std::string& command) { return "__m1bench_command_is " + command; }

// They are this command and nothing more.
std::string exactly(const std::string& command) { return "__m1bench_words_are" + (command.empty() ? "" : " " + command); }

// Options of every command that take a value, which is then not the command.
std::string names_with_values(const CommandTree& tree) {
  std::string names;
  for (const OptionEntry& option : tree.options) {
    for (const std::string& name : option.names) names += option.value.empty() ? "" : " " + name;
  }
  return names;
}

std::string option_line(const std::string& condition, const OptionEntry& option) {
  std::string line = "complete -c m1bench" + condition;
  for (const std::string& name : option.names) line += name.starts_with("--") ? " -l " + name.substr(2) : " -s " + name.substr(1);
  return line + (option.value.empty() ? "" : value_part(option)) + " -d " + quoted(option.help) + "\n";
}

std::string names_function(const char* name, ValueKind kind) {
  return std::string("function __m1bench_") + name + "\n    " + names_command(kind) + "\nend\n\n";
}

}  // namespace

std::string fish_completions(const CommandTree& tree) {
  std::string text = "# SPDX-License-Identifier: Apache-2.0\n# fish completion for m1bench, made by `m1bench completions fish`\n\n";
  text += names_function("cases", ValueKind::cases) + names_function("targets", ValueKind::targets) +
          names_function("formats", ValueKind::formats);
  text += "function __m1bench_words\n"
          "    set -l previous\n"
          "    for word in (commandline -opc)[2..-1]\n"
          "        if not string match -q -- '-*' $word; and not contains -- \"$previous\"" + names_with_values(tree) + "\n"
          "            echo -- $word\n"
          "        end\n"
          "        set previous $word\n"
          "    end\n"
          "end\n\n"
          "function __m1bench_command_is\n"
          "    set -l words (__m1bench_words)\n"
          "    set -l command $words[1..(count $argv)]\n"
          "    test \"$command\" = \"$argv\"\n"
          "end\n\n"
          "function __m1bench_words_are\n"
          "    set -l words (__m1bench_words)\n"
          "    test \"$words\" = \"$argv\"\n"
          "end\n\n"
          "complete -c m1bench -f\n";
  for (const OptionEntry& option : tree.options) text += option_line("", option);
  for (const CommandEntry& command : tree.commands) {
    const std::size_t space = command.name.find(' ');
    if (space == std::string::npos) {
      text += "\ncomplete -c m1bench -n " + exactly("") + " -a " + command.name + " -d " + quoted(command.help) + "\n";
    }
    const std::string condition = " -n " + quoted(seen(command.name));
    for (const OptionEntry& option : command.options) text += option_line(condition, option);
    for (const OptionEntry& argument : command.arguments) {
      std::string values = value_part(argument);
      if (values.starts_with(" -r")) values = " -F";
      if (values.starts_with(" -x")) values = values.substr(3);
      const std::string here = has_commands(tree, command.name) ? " -n " + quoted(exactly(command.name)) : condition;
      if (!values.empty()) text += "complete -c m1bench" + here + values + "\n";
    }
  }
  return text;
}

}  // namespace m1bench
