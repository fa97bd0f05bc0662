// SPDX-License-Identifier: Apache-2.0
#include "app/commands.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "app/doctor_paths.hpp"
#include "worker/worker.hpp"

namespace m1bench {
namespace {

struct Command {
  std::string_view name;
  int (*run)(const Options& options);
};
constexpr std::array<Command, 11> kCommands{{
    {"all", measure_command},
    {"run", measure_command},
    {"ab", ab_command},
    {"verify", verify_command},
    {"train", train_command},
    {"compare", compare_command},
    {"merge", merge_command},
    {"list", list_command},
    {"report", report_command},
    {"doctor", [](const Options& options) { return doctor_paths(options.paths, options.json); }},
    {"worker", [](const Options&) { return run_worker(); }},
}};

}  // namespace

int run_command(const Options& options) {
  return std::find_if(kCommands.begin(), kCommands.end(), [&](const Command& row) { return row.name == options.command; })->run(options);
}

}  // namespace m1bench
