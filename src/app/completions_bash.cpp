// SPDX-License-Identifier: Apache-2.0
#include <map>

#include "app/completions.hpp"
#include "m1bench/core/text.hpp"

namespace m1bench {
namespace {

// What completes the word at hand, as a command of the script.
std::string completer(const OptionEntry& option) {
  switch (kind_of(option)) {
    case ValueKind::choice: return "_m1bench_words \"" + join(option.choices, " ") + "\"";
    case ValueKind::file: return "_m1bench_paths -f";
    case ValueKind::directory: return "_m1bench_paths -d";
    case ValueKind::program: return "_m1bench_program";
    case ValueKind::cases:
    case ValueKind::targets:
    case ValueKind::formats: return "_m1bench_words \"$(" + names_command(kind_of(option)) + ")\"";
    case ValueKind::anything: break;
  }
  return ":";
}

constexpr const char* kHead = R"(# SPDX-License-Identifier: Apache-2.0
# bash completion for m1bench, made by `m1bench completions bash`

# Of a list with commas only the last part is completed.
_m1bench_words() {
  local before= word=$current
  case $word in *,*) before=${word%,*}, word=${word##*,} ;; esac
  COMPREPLY=($(compgen -P "$before" -W "$1" -- "$word"))
}

_m1bench_paths() {
  local IFS=$'\n'
  type compopt >/dev/null 2>&1 && compopt -o filenames
  COMPREPLY=($(compgen "$1" -- "$current"))
}

# The first word of a command line behind `--` is a program, the others are what it reads.
_m1bench_program() {
  if ((COMP_CWORD == dashes + 1)); then _m1bench_paths -c; else _m1bench_paths -f; fi
}

)";

std::string words_of(const std::vector<OptionEntry>& options) {
  std::vector<std::string> names;
  for (const OptionEntry& option : options) names.insert(names.end(), option.names.begin(), option.names.end());
  return join(names, " ");
}

// "      all:--targets | run:--targets) ... ;;" for each thing to complete with.
std::string value_cases(const CommandTree& tree) {
  std::map<std::string, std::vector<std::string>> patterns;
  const auto add = [&](const std::string& command, const OptionEntry& option) {
    if (option.value.empty()) return;
    for (const std::string& name : option.names) patterns[completer(option)].push_back(command + ":" + name);
  };
  for (const OptionEntry& option : tree.options) add("*", option);
  for (const CommandEntry& command : tree.commands) {
    for (const OptionEntry& option : command.options) add("'" + command.name + "'", option);
  }
  std::string text;
  for (const auto& [what, alternatives] : patterns) text += "    " + join(alternatives, " | ") + ") " + what + "; return ;;\n";
  return text;
}

std::string argument_cases(const CommandTree& tree) {
  std::string text;
  for (const CommandEntry& command : tree.commands) {
    if (!command.arguments.empty()) text += "    '" + command.name + "') " + completer(command.arguments.front()) + " ;;\n";
  }
  return text;
}

std::string option_cases(const CommandTree& tree) {
  std::string text;
  for (const CommandEntry& command : tree.commands) text += "      '" + command.name + "') options=\"$options " + words_of(command.options) + "\" ;;\n";
  return text;
}

std::string all_names(const CommandTree& tree) {
  std::vector<std::string> names;
  for (const CommandEntry& command : tree.commands) names.push_back("'" + command.name + "'");
  return join(names, " | ");
}

std::string first_names(const CommandTree& tree) {
  std::vector<std::string> names;
  for (const CommandEntry& command : tree.commands) {
    if (command.name.find(' ') == std::string::npos) names.push_back(command.name);
  }
  return join(names, " ");
}

}  // namespace

std::string bash_completions(const CommandTree& tree) {
  return std::string(kHead) + "_m1bench() {\n" +
         "  local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]} command= word\n" +
         "  local options='" + words_of(tree.options) + "'\n" +
         "  local -i index dashes=0  # where the options end\n" +
         "  for ((index = 1; index < COMP_CWORD; ++index)); do\n" +
         "    word=${COMP_WORDS[index]}\n" +
         "    if [[ $word == -- ]]; then dashes=$index; break; fi\n" +
         "    case ${command:+$command }$word in " + all_names(tree) + ") command=${command:+$command }$word ;; esac\n" +
         "  done\n" +
         "  COMPREPLY=()\n" +
         "  # --option=value is three words where = divides them, as it does by default.\n" +
         "  if [[ $current == = ]]; then current=; elif [[ $previous == = ]]; then previous=${COMP_WORDS[COMP_CWORD - 2]}; fi\n" +
         "  if ((dashes)); then previous=; fi\n" +
         "  case $command:$previous in\n" + value_cases(tree) + "  esac\n" +
         "  ((dashes)) || case $current in\n" +
         "    -*)\n" +
         "      case $command in\n" + option_cases(tree) + "      esac\n" +
         "      _m1bench_words \"$options\"\n" +
         "      return ;;\n" +
         "  esac\n" +
         "  case $command in\n" +
         "    '') _m1bench_words '" + first_names(tree) + "' ;;\n" + argument_cases(tree) +
         "  esac\n" +
         "}\n" +
         "complete -F _m1bench m1bench\n";
}

}  // namespace m1bench
