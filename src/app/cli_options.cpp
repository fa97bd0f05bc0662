// SPDX-License-Identifier: Apache-2.0
#include "app/cli_options.hpp"

#include <CLI/CLI.hpp>

#include "app/cli_parts.hpp"

namespace m1bench {
namespace {

void add_gate_commands(CLI::App& app, Options& options) {
  auto* ab = app.add_subcommand("ab", "Did m1bench get slower? Measures two builds of it against each other, in the same blocks; on base's best native target, unless you name others");
  ab->add_option("--base", options.base, "The old build: an installed tree, a build folder or an executable")->required()->type_name("PATH");
  ab->add_option("--head", options.head, "The new build")->required()->type_name("PATH");
  add_measure_options(ab, options);
  add_control(ab, options);
  add_gate_options(ab, options);
  add_selection(ab, options, false);
  add_set(ab, options);

  auto* compare = app.add_subcommand("compare", "Did it get slower? Decides from two run files, or again from one of `ab`");
  compare->add_option("runs", options.files, "BASE.json and HEAD.json (or their folders), or one run of `ab`")->required()->expected(1, 2)->type_name("RUN.json");
  add_gate_options(compare, options);
  compare->add_flag("--absolute", options.absolute, "Also tell how absolute times changed; they decide nothing");
  compare->add_flag("--force", options.force, "Compare runs that are not alike");
  compare->add_option("--format", options.format, "terminal, markdown, json or junit")->type_name("terminal|markdown|json|junit")->capture_default_str();
  compare->add_option("--history", options.learn_from, "Learn how far apart two sessions are from this history (`m1bench history`)")->type_name("FILE");

  auto* merge = app.add_subcommand("merge", "Join the shards of one run into one run");
  merge->add_option("runs", options.files, "The shards' run.json files or folders")->required()->expected(2, 1000)->type_name("RUN.json");
  merge->add_option("-o,--output", options.out, "Folder for run.json, report.md and report.html (default m1bench-results/<UTC time>)")->type_name("DIR");
  merge->add_flag("--force", options.force, "Replace a run that is already in the output folder");
}

void add_measuring_commands(CLI::App& app, Options& options) {
  auto* all = app.add_subcommand("all", "Compare the slices on the core set of cases");
  add_measure_options(all, options);
  add_compare_slices_options(all, options);
  add_set(all, options);

  auto* run = app.add_subcommand("run", "Compare the slices on the cases you name");
  add_measure_options(run, options);
  add_compare_slices_options(run, options);
  add_selection(run, options, true);

  auto* tiers = app.add_subcommand("tiers", "What a wider instruction set is worth, natively and translated: compares every tier that runs here");
  add_measure_options(tiers, options);
  add_compare_slices_options(tiers, options);
  add_selection(tiers, options, false);

  auto* verify = app.add_subcommand("verify", "Check every answer on every target; time nothing");
  add_target_options(verify, options);
  add_run_options(verify, options);
  add_model(verify, options);
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
}

void add_reading_commands(CLI::App& app, Options& options) {
  auto* list = app.add_subcommand("list", "Show the cases, targets or formats there are");
  list->add_option("what", options.what, "cases, targets or formats")->required()->check(CLI::IsMember({"cases", "targets", "formats"}));
  list->add_flag("--json", options.json, "As JSON");
  list->add_option("--translator", options.translators, "A translator of your own")->allow_extra_args(false)->type_name("NAME[:SLICE,...]=WORDS");
  list->add_flag("--fake-measurer", options.fake_measurer)->group("");

  auto* report = app.add_subcommand("report", "Show a run again, in any format");
  report->add_option("run", options.file, "A run.json, or the folder that holds it (default: the newest)")->type_name("RUN.json");
  report->add_option("--format", options.format, "How to show it (`m1bench list formats`)")->type_name("FORMAT")->capture_default_str();
  report->add_option("-o,--output", options.out, "Write it to this file, whole or not at all; - is standard output")->type_name("FILE");
  report->add_option("--target", options.report_target, "For formats that tell of one target")->type_name("TARGET");
}

void add_doctor_command(CLI::App& app, Options& options) {
  auto* doctor = app.add_subcommand("doctor", "What is wrong here: with the machine, the slices, the translators, and what would disturb a measurement now; or, of folders and programs that you name, which mixes of native and translated code cannot work. Executes nothing of yours");
  doctor->add_option("paths", options.paths, "Audit these instead: a Python environment, an app bundle, any folder or program")->type_name("PATH");
  doctor->add_flag("--json", options.json, "As JSON");
  doctor->add_option("--translator", options.translators, "A translator of your own")->allow_extra_args(false)->type_name("NAME[:SLICE,...]=WORDS");
  doctor->add_flag("--fake-measurer", options.fake_measurer)->group("");
}

}  // namespace

void add_commands(CLI::App& app, Options& options) {
  add_measuring_commands(app, options);
  add_profile_command(app, options);
  add_gate_commands(app, options);
  add_exec_command(app, options);
  add_reading_commands(app, options);
  add_explain_command(app, options);
  add_history_command(app, options);
  add_doctor_command(app, options);

  auto* completions = app.add_subcommand("completions", "Print what makes a shell complete m1bench's commands, options, cases and targets");
  completions->add_option("shell", options.what, "bash, zsh or fish")->required()->type_name("SHELL")->check(CLI::IsMember({"bash", "zsh", "fish"}));

  app.add_subcommand("manual", "Print the manual page, for man")->group("");
  app.add_subcommand("worker", "")->group("");
}

}  // namespace m1bench
