// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <initializer_list>
#include <span>
#include <string_view>

#include "m1bench/core/error.hpp"

namespace m1bench {

// What the process says to whoever called it. The numbers are an interface: scripts and CI gates rely on them.
enum class ExitCode : int {
  fine = 0,
  regression = 1,
  usage = 2,          // also: a file that cannot be read or written, or has another schema
  unsure = 3,
  wrong_answer = 4,
  not_comparable = 5,
  target_missing = 6, // a target that was named could not run, or nothing but the baseline did
  problem_found = 6,  // by the doctor, which runs no target
  internal = 70,
};

struct ExitCodeRow {
  ExitCode code;
  std::string_view meaning;
};
std::span<const ExitCodeRow> exit_codes();  // for --help and the documentation

// 128 and the signal's number; for --help and the documentation.
struct ExitOfSignals {
  std::string_view codes, meaning;
};
inline constexpr ExitOfSignals kExitOfSignals{"129, 130, 131, 143",
                                              "ended by SIGHUP, SIGINT, SIGQUIT or SIGTERM; what was measured is kept"};

// The one to return when several apply: the first of 2, 4, 5, 6, 1, 3 that is among them, else 0.
ExitCode most_important(std::initializer_list<ExitCode> codes);

ExitCode exit_code_of(ErrorKind kind);

// The number to leave with; says on standard error what it means, unless all is fine.
int leave(ExitCode code);

// 128 + signal, as a shell reports it.
int exit_code_of_signal(int signal);

}  // namespace m1bench
