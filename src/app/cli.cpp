// SPDX-License-Identifier: Apache-2.0
#include "app/cli.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <charconv>
#include <sstream>

#include "app/exit_code.hpp"
#include "m1bench/core/text.hpp"

namespace m1bench {
namespace {

constexpr const char* kDescription =
    "m1bench measures what running tensor code under a binary translator costs: the same matmul, convolution and training "
    "workloads as native and as translated code, with proven slices, checked answers and honest intervals.";

std::string footer() {
  std::ostringstream text;
  text << "Examples:\n"
          "  m1bench all                                   compare everything here; about five minutes\n"
          "  m1bench all --quick -o out                    a first look; results in out/\n"
          "  m1bench run 'matmul/*' --targets x86_64-v2/native,arm64/qemu-user\n"
          "  m1bench verify                                check answers, time nothing\n"
          "  m1bench train train/cifar-mlp --epochs 3      train for real\n"
          "  m1bench list targets                          what can run here, and why not\n"
          "  m1bench report --format markdown              the newest run again, to paste\n"
          "\nExit codes:\n";
  for (const ExitCodeRow& row : exit_codes()) text << "  " << static_cast<int>(row.code) << "  " << row.meaning << "\n";
  text << "  130, 143  interrupted; what was measured is kept";
  return text.str();
}

// A duration option: "90", "90s", "5min"; and 0 where that stands for no limit.
CLI::Option* add_duration(CLI::App* command, const std::string& name, bool zero_allowed, const std::string& help,
                          const std::function<void(double)>& store) {
  return command
      ->add_option_function<std::string>(
          name,
          [name, zero_allowed, store](const std::string& text) {
            const auto seconds = zero_allowed && text == "0" ? std::optional<double>(0) : parse_duration(text);
            const std::string example = zero_allowed ? "90s, 5min or 0" : "90s or 5min";
            if (!seconds) throw CLI::ValidationError(name, "expected a duration such as " + example + ", not '" + text + "'");
            store(*seconds);
          },
          help)
      ->type_name("TIME");
}

// CLI11 alone would take -1 for the largest number there is, and cut a larger one down to it.
std::uint64_t parse_seed(const std::string& text) {
  std::uint64_t seed = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seed);
  if (error != std::errc() || end != text.data() + text.size()) {
    throw CLI::ValidationError("--seed", "expected a whole number from 0 to 18446744073709551615, not '" + text + "'");
  }
  return seed;
}

void add_target_options(CLI::App* command, Options& options) {
  command->add_option("--targets", options.targets, "Compare these, separated by commas (`m1bench list targets`)")->delimiter(',')->allow_extra_args(false)->type_name("A,B");
  command->add_option("--baseline", options.baseline, "Take all ratios against this target")->type_name("TARGET");
  command->add_option("--translator", options.translators, "A translator of your own, words quoted as in a shell")->allow_extra_args(false)->type_name("NAME[:SLICE,...]=WORDS");
  command->add_option("--env", options.environment, "Set an environment variable for one target")->allow_extra_args(false)->type_name("TARGET:NAME=VALUE");
}

void add_run_options(CLI::App* command, Options& options) {
  command->add_option("--threads", options.threads, "Threads of each worker: a number, or max")->type_name("N")->capture_default_str();
  command->add_option_function<std::string>("--seed", [&options](const std::string& text) { options.seed = parse_seed(text); },
                                            "Seed of inputs and of the schedule (default 1)")->type_name("N");
  command->add_option("--data", options.data, "Folder with the real MNIST or CIFAR-10 files")->type_name("DIR");
  add_duration(command, "--case-timeout", false, "Longest wait for one answer of a worker (default 120s)", [&options](double s) { options.case_timeout_s = s; });
  command->add_flag("--dry-run", options.dry_run, "Print what would be run, as lines to paste, and stop");
  command->add_flag("--no-lock", options.no_lock, "Run even while another m1bench is measuring");
  command->add_flag("--fake-measurer", options.fake_measurer)->group("");
  command->add_option("--fake-wrong", options.fake_wrong)->group("");
}

void add_measure_options(CLI::App* command, Options& options) {
  add_target_options(command, options);
  add_run_options(command, options);
  command->add_flag("--quick", options.quick, "Fewer and shorter blocks; verdicts are marked");
  add_duration(command, "--time-budget", true, "Time for the whole session, 0 for no limit (default: of all 5min, with --quick 2min; of run none)",
               [&options](double s) { options.time_budget_s = s; });
  command->add_option("-o,--output", options.out, "Folder for run.json and report.md (default m1bench-results/<UTC time>)")->type_name("DIR");
  command->add_flag("--force", options.force, "Replace a run that is already in the output folder");
}

void add_selection(CLI::App* command, Options& options, bool required) {
  auto* patterns = command->add_option("patterns", options.patterns, "Cases by name; * matches anything (`m1bench list cases`)")->type_name("PATTERN");
  if (required) patterns->required();
  command->add_option("--variants", "Also match kernel variants that are not the default: all")
      ->type_name("all")
      ->check(CLI::IsMember({"all"}))
      ->each([&options](const std::string&) { options.all_variants = true; });
}

void add_set(CLI::App* command, Options& options) {
  command->add_option("--set", options.set, "Cases to run: core or full")->type_name("SET")->check(CLI::IsMember({"core", "full"}));
}

void add_commands(CLI::App& app, Options& options) {
  auto* all = app.add_subcommand("all", "Compare the slices on the core set of cases");
  add_measure_options(all, options);
  add_set(all, options);

  auto* run = app.add_subcommand("run", "Compare the slices on the cases you name");
  add_measure_options(run, options);
  add_selection(run, options, true);

  auto* verify = app.add_subcommand("verify", "Check every answer on every target; time nothing");
  add_target_options(verify, options);
  add_run_options(verify, options);
  add_selection(verify, options, false);
  add_set(verify, options);
  verify->add_option("--dump", options.dump, "Write every input and answer as .npy files")->type_name("DIR");

  auto* train = app.add_subcommand("train", "Train one of the published networks for real, on native targets unless you name others");
  train->add_option("case", options.patterns, "A train/* case")->required()->expected(1)->type_name("CASE");
  add_target_options(train, options);
  add_run_options(train, options);
  auto* epochs = train->add_option("--epochs", options.epochs, "Epochs to train (default: as published)")->check(CLI::Range(1, 100000));
  train->add_option("--steps", options.steps, "Stop after this many steps of the first epoch")->check(CLI::Range(1, 1000000000))->excludes(epochs);
  train->add_flag("--evaluate", options.evaluate, "Then test on rows that were not trained on");

  auto* list = app.add_subcommand("list", "Show the cases, targets or formats there are");
  list->add_option("what", options.what, "cases, targets or formats")->required()->check(CLI::IsMember({"cases", "targets", "formats"}));
  list->add_flag("--json", options.json, "As JSON");
  list->add_option("--translator", options.translators, "A translator of your own")->allow_extra_args(false)->type_name("NAME[:SLICE,...]=WORDS");
  list->add_flag("--fake-measurer", options.fake_measurer)->group("");

  auto* report = app.add_subcommand("report", "Show a run again, in any format");
  report->add_option("run", options.file, "A run.json, or the folder that holds it (default: the newest)")->type_name("RUN.json");
  report->add_option("--format", options.format, "terminal, markdown, csv, json or gbench")->capture_default_str();
  report->add_option("--target", options.report_target, "For formats that tell of one target")->type_name("TARGET");

  app.add_subcommand("worker", "")->group("");
}

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
  std::string message = error.what();
  std::replace(message.begin(), message.end(), '\n', ' ');
  return complaint(app, message);
}

}  // namespace

CommandLine parse_command_line(const std::vector<std::string>& words, const std::string& version) {
  Options options;
  options.words = words;
  CLI::App app(kDescription, "m1bench");
  app.footer(footer());
  app.set_version_flag("--version", version);
  app.add_option("--color", options.color, "When to colour: auto, always or never")->check(CLI::IsMember({"auto", "always", "never"}))->capture_default_str();
  app.require_subcommand(1);
  app.fallthrough();
  add_commands(app, options);
  try {
    std::vector<std::string> reversed(words.rbegin(), words.rend());
    app.parse(reversed);
  } catch (const CLI::CallForHelp&) {
    return {std::nullopt, app.help(), false, 0};
  } catch (const CLI::CallForVersion&) {
    return {std::nullopt, version + "\n", false, 0};
  } catch (const CLI::ParseError& error) {
    return explain(app, error);
  }
  options.command = app.get_subcommands().front()->get_name();
  CommandLine result;
  result.options = options;
  return result;
}

}  // namespace m1bench
