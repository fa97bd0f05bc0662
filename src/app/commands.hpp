// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/options.hpp"

namespace m1bench {

// One function for each subcommand; each returns the process's exit code and throws Error.
int measure_command(const Options& options);  // all, run, tiers
int ab_command(const Options& options);
int exec_command(const Options& options);
int compare_command(const Options& options);
int merge_command(const Options& options);
int verify_command(const Options& options);
int train_command(const Options& options);
int profile_command(const Options& options);
int list_command(const Options& options);
int report_command(const Options& options);
int history_command(const Options& options);
int explain_command(const Options& options);
int doctor_machine(const Options& options);   // doctor
int manual_command(const Options& options);
int completions_command(const Options& options);

// The one that options.command names, as the command line knows them all.
int run_command(const Options& options);

}  // namespace m1bench
