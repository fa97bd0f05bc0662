// SPDX-License-Identifier: Apache-2.0
#include "app/commands.hpp"

#include <algorithm>
#include <iterator>
#include <string_view>

#include "app/doctor_paths.hpp"
#include "worker/worker.hpp"

namespace m1bench {
namespace {

int doctor_command(const Options& options) {
  return options.paths.empty() ? doctor_machine(options) : doctor_paths(options.paths, options.json);
}

struct Command {
  std::string_view name;
  int (*run)(const Options& options);
};
constexpr Command kCommands[]{
    {"all", measure_command},
    {"run", measure_command},
    {"tiers", measure_command},
    {"ab", ab_command},
    {"exec", exec_command},
    {"verify", verify_command},
    {"train", train_command},
    {"profile", profile_command},
    {"compare", compare_command},
    {"merge", merge_command},
    {"list", list_command},
    {"report", report_command},
    {"history", history_command},
    {"explain", explain_command},
    {"doctor", doctor_command},
    {"manual", manual_command},
    {"completions", completions_command},
    {"worker", [](const Options&) { return run_worker(); }},
};

}  // namespace

int run_command(const Options& options) {
  return std::find_if(std::begin(kCommands), std::end(kCommands), [&](const Command& row) { return row.name == options.command; })->run(options);
}

}  // namespace m1bench
