// SPDX-License-Identifier: Apache-2.0
#include "exec/execution.hpp"

#include <cerrno>
#include <csignal>
#include <optional>

#include "exec/interpreter.hpp"
#include "exec/parameters.hpp"
#include "launch/death.hpp"
#include "m1bench/core/text.hpp"

namespace m1bench {
namespace {

constexpr std::size_t kLongestSaid = 200;

Death not_started(const Child::SpawnError& error) {
  constexpr int kBadArchitecture = 86;  // EBADARCH, macOS only
  const std::string cause = "could not start " + error.message;
  if (error.error_number == ENOENT || error.error_number == EACCES) return {cause, "correct its path, or install it", false};
  if (error.error_number == ENOEXEC) {
    return {cause, "it is for another machine, or a script without a first line that names its interpreter: put that in front of it", false};
  }
  if (error.error_number == kBadArchitecture) return {cause, "install Rosetta 2: softwareupdate --install-rosetta --agree-to-license", false};
  return {cause, "", false};
}

Death killed(int signal, const std::string& said) {
  Death death{"killed by " + signal_name(signal) + said, "run it by hand; the line is printed by --dry-run", false};
  if (signal == SIGILL) death.remedy = "the CPU or translator does not execute its instructions; compile it for a lower tier";
  if (signal == SIGKILL) death.remedy = "something ended it from outside, often for lack of memory; close programs and repeat";
  return death;
}

Death in_preparation(Death death) {
  death.cause = "the command of --prepare: " + death.cause;
  death.remedy = death.interrupted ? "" : "correct it; it is run by /bin/sh before each execution";
  return death;
}

}  // namespace

std::string what_it_said(const std::string& error_tail) {
  const auto end = error_tail.find_last_not_of(" \r\n");
  if (end == std::string::npos) return "";
  const auto newline = error_tail.find_last_of('\n', end);
  const std::size_t begin = newline == std::string::npos ? 0 : newline + 1;
  return " (it said: " + plain_text(std::string_view(error_tail).substr(begin, end + 1 - begin), kLongestSaid) + ")";
}

bool is_parallel(const ProgramEnd& end) {
  constexpr double kOneThread = 1.05;  // CPU time over wall time
  return end.cpu_s > kOneThread * end.wall_s;
}

std::optional<Death> explain_end(const ProgramEnd& end, const ExecutionRules& rules) {
  if (end.not_started) return not_started(*end.not_started);
  if (end.interrupted) return Death{"interrupted", "", true};
  const std::string said = what_it_said(end.error_tail);
  if (end.timed_out && end.exit.signal == SIGKILL) {
    return Death{"did not end within " + format_seconds(rules.timeout_s) + " and was killed" + said, "give it more time with --timeout", false};
  }
  if (end.exit.signal) return killed(*end.exit.signal, said);
  const int code = end.exit.exit_code.value_or(0);
  if (code == 0 || rules.ignore_failure) return std::nullopt;
  return Death{"ended with exit code " + std::to_string(code) + said, "run it by hand (--dry-run prints the line), or allow it with --ignore-failure", false};
}

OrDeath<Execution> Executions::run(const Case& item, const Target& target, const std::vector<int>& cpus, std::size_t keep) const {
  return run(item, target, cpus, keep, {});
}

OrDeath<Execution> Executions::run(const Case& item, const Target& target, const std::vector<int>& cpus, std::size_t keep,
                                   const std::vector<std::string>& more_words) const {
  if (!rules_.prepare.empty()) {
    ProgramStart prepare;
    prepare.command = {"/bin/sh", "-c", substituted(rules_.prepare, item.parameters)};
    prepare.environment = target.environment;
    prepare.timeout_s = rules_.timeout_s;
    ExecutionRules strict = rules_;
    strict.ignore_failure = false;
    if (auto death = explain_end(run_(prepare), strict)) return in_preparation(*std::move(death));
  }
  Execution done{{}, Output(keep), ""};
  ProgramStart start;
  start.command = substituted(target.command, item.parameters);
  start.command.insert(start.command.end(), more_words.begin(), more_words.end());
  start.environment = target.environment;
  start.cpus = cpus;
  start.input = rules_.input;
  start.timeout_s = rules_.timeout_s;
  if (!rules_.ignore_output) start.on_output = [&done](std::string_view bytes) { done.output.add(bytes); };
  done.end = run_(start);
  if (done.end.not_started && done.end.not_started->error_number == ENOENT) {
    if (auto death = explain_missing_interpreter(start.command.front())) return *std::move(death);
  }
  if (auto death = explain_end(done.end, rules_)) return *std::move(death);
  done.checksum = done.output.checksum(done.end.exit.exit_code.value_or(0));
  return done;
}

}  // namespace m1bench
