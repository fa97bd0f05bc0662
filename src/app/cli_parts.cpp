// SPDX-License-Identifier: Apache-2.0
#include "app/cli_parts.hpp"

#include <CLI/CLI.hpp>
#include <charconv>

#include "m1bench/core/text.hpp"

namespace m1bench {
namespace {

// CLI11 alone would take -1 for the largest number there is, and cut a larger one down to it.
std::uint64_t parse_seed(const std::string& text) {
  std::uint64_t seed = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seed);
  if (error != std::errc() || end != text.data() + text.size()) {
    throw CLI::ValidationError("--seed", "expected a whole number from 0 to 18446744073709551615, not '" + text + "'");
  }
  return seed;
}

}  // namespace

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

void add_target_options(CLI::App* command, Options& options) {
  command->add_option("--targets", options.targets, "Compare these, separated by commas (`m1bench list targets`)")->delimiter(',')->allow_extra_args(false)->type_name("A,B");
  command->add_option("--baseline", options.baseline, "Take all ratios against this target")->type_name("TARGET");
  command->add_option("--translator", options.translators, "A translator of your own, words quoted as in a shell")->allow_extra_args(false)->type_name("NAME[:SLICE,...]=WORDS");
  command->add_option("--env", options.environment, "Set an environment variable for one target")->allow_extra_args(false)->type_name("TARGET:NAME=VALUE");
}

void add_seed(CLI::App* command, Options& options, const std::string& help) {
  command->add_option_function<std::string>("--seed", [&options](const std::string& text) { options.seed = parse_seed(text); }, help)->type_name("N");
}

void add_start_options(CLI::App* command, Options& options) {
  command->add_flag("--dry-run", options.dry_run, "Print what would be run, as lines to paste, and stop");
  command->add_flag("-q,--quiet", options.quiet, "Show no progress");
  command->add_flag("--no-lock", options.no_lock, "Run even while another m1bench is measuring");
  command->add_flag("--fake-measurer", options.fake_measurer)->group("");
}

void add_run_options(CLI::App* command, Options& options) {
  command->add_option("--threads", options.threads, "Threads of each worker: a number, or max")->type_name("N")->capture_default_str();
  add_seed(command, options, "Seed of inputs and of the schedule (default 1)");
  command->add_option("--data", options.data, "Folder with the real MNIST or CIFAR-10 files")->type_name("DIR");
  add_duration(command, "--case-timeout", false, "Longest wait for one answer of a worker (default 120s)", [&options](double s) { options.case_timeout_s = s; });
  add_start_options(command, options);
  command->add_flag("--fake-counters", options.fake_counters)->group("");
  command->add_option("--fake-wrong", options.fake_wrong)->group("");
}

void add_model(CLI::App* command, Options& options) {
  command->add_option("--model", options.model, "The model that infer/tflite runs, in f32 or int8")->type_name("FILE.tflite");
}

void add_length_options(CLI::App* command, Options& options, const std::string& budget_help) {
  auto* quick = command->add_flag("--quick", options.quick, "Fewer and shorter blocks; verdicts are marked");
  command->add_flag("--thorough", options.thorough, "More blocks, until each interval is within half a percent")->excludes(quick);
  add_duration(command, "--time-budget", true, budget_help, [&options](double s) { options.time_budget_s = s; });
  command->add_option("-o,--output", options.out, "Folder for run.json, report.md and report.html (default m1bench-results/<UTC time>)")->type_name("DIR");
  command->add_flag("--force", options.force, "Replace a run that is already in the output folder");
}

void add_measure_options(CLI::App* command, Options& options) {
  add_target_options(command, options);
  add_run_options(command, options);
  add_model(command, options);
  add_length_options(command, options, "Time for the whole session, 0 for no limit (default of all and tiers: 5min, 2min with --quick, 1h with --thorough; none where you name cases, nor for ab)");
  command->add_option("--inject-slowdown", options.slowdowns)->allow_extra_args(false)->type_name("[base:|head:][TARGET:]CASE=FACTOR")->group("");
}

void add_control(CLI::App* command, Options& options) {
  command->add_flag("--control", options.control, "Also measure a second copy of the baseline: how far two equal programs seem apart here");
}

void add_compare_slices_options(CLI::App* command, Options& options) {
  add_control(command, options);
  command->add_option("--shard", options.shard, "Only every N-th case, from the I-th on (from 1); `m1bench merge` joins the shards")->type_name("I/N");
}

void add_gate_options(CLI::App* command, Options& options) {
  command->add_flag("--strict", options.strict, "A slowdown counts from 3 % on instead of 5 %");
  command->add_option("--unsure", options.unsure, "Whether an unsure result fails: fail (exit code 3) or pass")->type_name("fail|pass")->check(CLI::IsMember({"fail", "pass"}))->capture_default_str();
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

}  // namespace m1bench
