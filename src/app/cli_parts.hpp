// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>

#include "app/options.hpp"

namespace CLI {
class App;
class Option;
}

// Groups of options that several subcommands have, each writing to `options`.
namespace m1bench {

// A duration option: "90", "90s", "5min"; and 0 where that stands for no limit.
CLI::Option* add_duration(CLI::App* command, const std::string& name, bool zero_allowed, const std::string& help,
                          const std::function<void(double)>& store);

void add_target_options(CLI::App* command, Options& options);   // --targets, --baseline, --translator, --env
void add_run_options(CLI::App* command, Options& options);      // --threads, --seed, --data ...
void add_model(CLI::App* command, Options& options);
void add_measure_options(CLI::App* command, Options& options);  // these, and how long to measure and where to write
void add_seed(CLI::App* command, Options& options, const std::string& help);
void add_start_options(CLI::App* command, Options& options);    // --dry-run, --no-lock
void add_length_options(CLI::App* command, Options& options, const std::string& budget_help);  // --quick ... --output, --force
void add_control(CLI::App* command, Options& options);
void add_compare_slices_options(CLI::App* command, Options& options);
void add_gate_options(CLI::App* command, Options& options);
void add_selection(CLI::App* command, Options& options, bool required);  // cases by pattern
void add_set(CLI::App* command, Options& options);

}  // namespace m1bench
