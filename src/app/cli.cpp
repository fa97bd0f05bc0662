// SPDX-License-Identifier: Apache-2.0
#include "app/cli.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <iomanip>
#include <sstream>

#include "app/cli_options.hpp"
#include "app/cli_tree.hpp"
#include "app/exit_code.hpp"
#include "m1bench/core/text.hpp"

namespace m1bench {
namespace {

constexpr const char* kDescription =
    "m1bench measures what running tensor code under a binary translator costs: the same matmul, convolution and training "
    "workloads as native and as translated code, with proven slices, checked answers and honest intervals.";

// The examples of a command, "m1bench history", or of all, "m1bench".
std::string footer(const std::string& command) {
  std::ostringstream shown, codes;
  constexpr int kMeanings = 48;
  for (const Example& row : examples()) {
    if (!(std::string(row.command) + " ").starts_with(command + " ")) continue;
    shown << "  " << std::left << std::setw(row.meaning.empty() ? 0 : kMeanings - 2) << row.command << row.meaning << "\n";
  }
  for (const ExitCodeRow& row : exit_codes()) codes << "  " << static_cast<int>(row.code) << "  " << row.meaning << "\n";
  return (shown.str().empty() ? "" : "Examples:\n" + shown.str() + "\n") + "Exit codes:\n" + codes.str() + "  " +
         std::string(kExitOfSignals.codes) + "  " + std::string(kExitOfSignals.meaning);
}

void add_footers(CLI::App& app, const std::string& command) {
  app.footer(footer(command));
  const auto every = [](const CLI::App*) { return true; };
  for (CLI::App* inner : app.get_subcommands(every)) add_footers(*inner, command + " " + inner->get_name());
}

// What may be given several times ends in "...": "runs(2x)" and "RUN.json x 2" mislead where two is the least there must be.
class Usage : public CLI::Formatter {
 public:
  std::string make_option_usage(const CLI::Option* option) const override {
    const std::string text = option->get_name(true) + (option->get_items_expected_max() > 1 ? "..." : "");
    return option->get_required() ? text : "[" + text + "]";
  }

  std::string make_option_opts(const CLI::Option* option) const override {
    std::string text = CLI::Formatter::make_option_opts(option);
    const std::string times = " x " + std::to_string(option->get_expected_min());
    const std::size_t at = text.find(times);
    return at == std::string::npos ? text : text.replace(at, times.size(), " ...");
  }
};

// The nearest option or command to a word nobody knows.
std::optional<std::string> near_word(const CLI::App& app, const std::string& word) {
  std::vector<std::string> known;
  const auto add_options = [&known](const CLI::App& command) {
    for (const CLI::Option* option : command.get_options()) {
      for (const std::string& name : option->get_lnames()) known.push_back("--" + name);
    }
  };
  const bool is_option = word.starts_with("-");
  if (is_option) add_options(app);
  for (const CLI::App* command : app.get_subcommands({})) {
    if (is_option && command->parsed()) add_options(*command);
    if (!is_option && !command->get_group().empty()) known.push_back(command->get_name());
  }
  return nearest(word.substr(0, word.find('=')), known);
}

CommandLine complaint(const CLI::App& app, const std::string& message) {
  CommandLine result;
  result.to_error = true;
  result.exit_code = static_cast<int>(ExitCode::usage);
  result.text = "m1bench: " + message;
  const auto& parsed = app.get_subcommands();
  result.text += " (`m1bench " + (parsed.empty() ? std::string() : parsed.front()->get_name() + " ") + "--help`)\n";
  return result;
}

CommandLine explain(const CLI::App& app, const CLI::ParseError& error) {
  const std::vector<std::string> unknown = app.remaining(true);
  if (!unknown.empty()) {
    std::string message = (unknown.front().starts_with("-") ? "there is no option '" : "there is no command or argument '") + unknown.front() + "'";
    if (const auto near = near_word(app, unknown.front())) message += "; did you mean '" + *near + "'?";
    return complaint(app, message);
  }
  if (dynamic_cast<const CLI::RequiredError*>(&error) && app.get_subcommands().empty()) return complaint(app, "say what to do: m1bench all, for a start");
  if (dynamic_cast<const CLI::RequiredError*>(&error)) {
    std::vector<std::string> actions;
    for (const CLI::App* action : app.get_subcommands().front()->get_subcommands({})) actions.push_back(action->get_name());
    if (!actions.empty()) return complaint(app, "say what to do: " + join(actions, ", "));
  }
  std::string message = error.what();
  std::replace(message.begin(), message.end(), '\n', ' ');
  return complaint(app, message);
}

// Everything the program understands; the values go to `options`.
void build(CLI::App& app, Options& options, const std::string& version) {
  app.formatter(std::make_shared<Usage>());  // before the commands, which take it over
  app.set_version_flag("--version", version);
  app.add_option("--color", options.color, "When to colour: auto, always or never")->check(CLI::IsMember({"auto", "always", "never"}))->capture_default_str();
  app.require_subcommand(1);
  app.fallthrough();
  add_commands(app, options);
  add_footers(app, "m1bench");
}

}  // namespace

CommandTree command_tree() {
  Options options;
  CLI::App app(kDescription, "m1bench");
  build(app, options, "");
  return describe(app);
}

CommandLine parse_command_line(const std::vector<std::string>& words, const std::string& version) {
  Options options;
  options.words = words;
  // What follows `exec ... --` is another program's command line, whatever it looks like.
  const auto dashes = std::find(words.begin(), words.end(), "--");
  const auto own_end = std::find(words.begin(), dashes, "exec") == dashes ? words.end() : dashes;
  CLI::App app(kDescription, "m1bench");
  build(app, options, version);
  try {
    std::vector<std::string> reversed(words.begin(), own_end);
    std::reverse(reversed.begin(), reversed.end());
    app.parse(reversed);
  } catch (const CLI::CallForHelp&) {
    return {std::nullopt, app.help(), false, 0};
  } catch (const CLI::CallForVersion&) {
    return {std::nullopt, version + "\n", false, 0};
  } catch (const CLI::ParseError& error) {
    return explain(app, error);
  }
  options.command = app.get_subcommands().front()->get_name();
  if (own_end != words.end()) options.exec.command.assign(own_end + 1, words.end());
  CommandLine result;
  result.options = options;
  return result;
}

}  // namespace m1bench
