// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "exec/output.hpp"
#include "launch/worker_client.hpp"
#include "platform/program.hpp"
#include "result/model.hpp"

// One execution of a target's program, and what may be wrong with it.
namespace m1bench {

// platform's run_program, or a fake.
using RunProgram = std::function<ProgramEnd(const ProgramStart&)>;

// How programs are run, the same for all targets.
struct ExecutionRules {
  std::string input;            // a file for standard input; "": none
  std::string prepare;          // a line for /bin/sh before each execution, untimed; "": none
  bool ignore_output = false;   // it may print something else each time
  bool ignore_failure = false;  // its exit code may be anything, as long as it is the same everywhere
  double timeout_s = 600;       // of one execution
};

struct Execution {
  ProgramEnd end;
  Output output;
  std::string checksum;  // of output and exit code; of the code alone, where the output is ignored
};

class Executions {
 public:
  Executions(ExecutionRules rules, RunProgram run) : rules_(std::move(rules)), run_(std::move(run)) {}

  // Runs the target's command with the case's parameters in place, after the preparation. `keep`: how much of the output is kept
  // to show. A program that cannot be started, crashes, ends with another exit code than 0 or does not end is a Death.
  OrDeath<Execution> run(const Case& item, const Target& target, const std::vector<int>& cpus, std::size_t keep = 0) const;
  // Likewise, with more words behind the command.
  OrDeath<Execution> run(const Case& item, const Target& target, const std::vector<int>& cpus, std::size_t keep,
                         const std::vector<std::string>& more_words) const;

  const ExecutionRules& rules() const { return rules_; }

 private:
  ExecutionRules rules_;
  RunProgram run_;
};

// What to do about a program whose exit code changes.
inline constexpr const char* kMustEndAlike = "what is compared must end in the same way each time";

// " (it said: no such file)": the last line that is not empty of the end of a program's standard error; "" if there is none.
std::string what_it_said(const std::string& error_tail);

// Whether it took more CPU time than there was time, as far as clocks of two kinds agree.
bool is_parallel(const ProgramEnd& end);

// Why an execution does not count; nothing if it does. Pure.
std::optional<Death> explain_end(const ProgramEnd& end, const ExecutionRules& rules);

}  // namespace m1bench
