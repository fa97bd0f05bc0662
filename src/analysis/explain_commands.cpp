// SPDX-License-Identifier: Apache-2.0
#include "analysis/explain_commands.hpp"

#include <algorithm>
#include <array>

#include "m1bench/core/shell_words.hpp"

namespace m1bench {
namespace {

using Words = std::vector<std::string>;

bool contains(const Words& words, std::string_view word) { return std::find(words.begin(), words.end(), word) != words.end(); }

// A run file says ~ for the home folder (app/shareable), which a shell does not see within a word, nor m1bench at all.
std::string pasted(const std::string& word) {
  const std::size_t at = word.find("~/");
  if (at == std::string::npos) return quote_shell_word(word);
  return (at == 0 ? "" : quote_shell_word(word.substr(0, at))) + "\"$HOME\"" + pasted(word.substr(at + 1));
}

std::string line_of(const Words& words) {
  std::string line;
  for (const std::string& word : words) line += (line.empty() ? "" : " ") + pasted(word);
  return line;
}

// What was said with that option, as it was said: "--env", "X:A=1" or "--env=X:A=1".
void carry(const Words& arguments, const std::string& option, Words& words) {
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    if (arguments[i].starts_with(option + "=")) words.push_back(arguments[i]);
    if (arguments[i] != option || i + 1 == arguments.size()) continue;
    words.push_back(option);
    words.push_back(arguments[++i]);
  }
}

// Another session of `exec` with `more`: into a folder of its own, and --quick does not go with --thorough.
std::string exec_command(const Words& arguments, const Words& more) {
  const auto action = std::find(arguments.begin(), arguments.end(), "exec");
  if (action == arguments.end()) return "";
  const auto own_end = std::find(action, arguments.end(), "--");
  Words words{"m1bench"};
  for (auto word = arguments.begin(); word != own_end; ++word) {
    const bool folder = *word == "-o" || *word == "--output";
    if (folder && word + 1 != own_end) ++word;
    const bool folder_within = word->starts_with("--output=") || (word->starts_with("-o") && word->size() > 2);
    const bool unwanted = *word == "--force" || *word == "--quick" || contains(more, *word);
    if (folder || folder_within || unwanted) continue;
    words.push_back(*word);
    if (word == action) words.insert(words.end(), more.begin(), more.end());
  }
  words.insert(words.end(), own_end, arguments.end());
  return line_of(words);
}

}  // namespace

std::string command_for(const PairFacts& facts, std::string_view subcommand, const Words& cases, const Words& more) {
  const Words& arguments = facts.run.session.arguments;
  if (runs_program(facts.item)) return subcommand == "run" ? exec_command(arguments, more) : "";
  // No case of m1bench's begins so: a command with such a name would be another command.
  if (std::any_of(cases.begin(), cases.end(), [](const std::string& name) { return name.starts_with("-"); })) return "";
  Words words{"m1bench", std::string(subcommand)};
  for (const std::string& name : cases) {
    if (!contains(words, name)) words.push_back(name);
  }
  for (const std::string option : {"--translator", "--env", "--baseline", "--data"}) carry(arguments, option, words);
  // Which tiers there are is what `tiers` is asked for.
  if (subcommand != "tiers" && !contains(more, "--targets")) carry(arguments, "--targets", words);
  if (contains(cases, "infer/tflite")) carry(arguments, "--model", words);
  if (facts.item.threads > 1) words.insert(words.end(), {"--threads", std::to_string(facts.item.threads)});
  words.insert(words.end(), more.begin(), more.end());
  return line_of(words);
}

}  // namespace m1bench
