// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/options.hpp"

namespace CLI {
class App;
}

namespace m1bench {

// Every subcommand with its options, which write to `options`.
void add_commands(CLI::App& app, Options& options);

// Those with a file of their own.
void add_history_command(CLI::App& app, Options& options);
void add_exec_command(CLI::App& app, Options& options);
void add_profile_command(CLI::App& app, Options& options);
void add_explain_command(CLI::App& app, Options& options);

}  // namespace m1bench
