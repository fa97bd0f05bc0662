// SPDX-License-Identifier: Apache-2.0
#include <CLI/CLI.hpp>

#include "app/cli_options.hpp"
#include "app/cli_parts.hpp"

namespace m1bench {

void add_exec_command(CLI::App& app, Options& options) {
  ExecOptions& exec = options.exec;
  auto* command = app.add_subcommand("exec", "What a program of your own costs when translated: m1bench exec -- ./prog ARGUMENTS, or a command line for each target");
  command->add_option("program", exec.command, "Behind `--`: a program that can run in two ways here, a universal one on macOS or one that a translator takes, and its arguments")->type_name("-- WORDS");
  auto* native = command->add_option("--native", exec.native, "The native command line, words quoted as in a shell; no shell runs it")->type_name("CMD");
  command->add_option("--translated", exec.translated, "A translated command line, such as 'qemu-aarch64 ./prog-arm64'; NAME= before it when there are several")->allow_extra_args(false)->type_name("[NAME=]CMD")->needs(native);
  command->add_option("--prepare", exec.prepare, "A line for /bin/sh before each execution, untimed")->type_name("LINE");
  command->add_option("--input", exec.input, "What it reads from its standard input (default: nothing)")->type_name("FILE")->check(CLI::ExistingFile);
  command->add_option("--parameter", exec.parameters, "Compare with each of these values in the place of {NAME}; several make every combination")->allow_extra_args(false)->type_name("NAME=A,B|1..5");
  command->add_option("--warmup", exec.warm_up,
                      "Untimed executions of each target at the start of every block (default: a slot's worth, none of programs of over 1 s)")->type_name("N")->check(CLI::Range(0, 1000));
  add_duration(command, "--timeout", false, "Kill an execution after this (default 10min)", [&exec](double s) { exec.timeout_s = s; });
  command->add_flag("--ignore-output", exec.ignore_output, "What it prints may differ, between targets and from one execution to the next");
  command->add_flag("--ignore-failure", exec.ignore_failure, "Its exit code may be another than 0, as long as it is the same on all targets");
  command->add_flag("--gbench", exec.gbench, "It is a Google Benchmark program: compare its own benchmarks");
  command->add_option("--threads", exec.threads, "CPUs it gets, others in each block: a number, or max (default: 1 where it never used more, else all)")->type_name("N");
  command->add_option("--baseline", options.baseline, "Take all ratios against this target")->type_name("TARGET");
  command->add_option("--env", options.environment, "Set an environment variable for one target")->allow_extra_args(false)->type_name("TARGET:NAME=VALUE");
  add_control(command, options);
  add_seed(command, options, "Seed of the schedule (default 1)");
  add_start_options(command, options);
  add_length_options(command, options, "Time for the whole session, 0 for no limit (default 0)");
}

}  // namespace m1bench
