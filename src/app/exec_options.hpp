// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace m1bench {

// What only `exec` asks for.
struct ExecOptions {
  std::vector<std::string> command;     // the words after `--`: one program, compared with itself
  std::string native;                   // or two command lines and more, words quoted as in a shell
  std::vector<std::string> translated;  // [NAME=]COMMAND LINE
  std::string prepare;                  // for /bin/sh, before each execution
  std::string input;                    // a file for standard input
  std::optional<std::uint64_t> warm_up; // untimed executions of each target in every block
  std::string threads;                  // a number, "max", or "" where what the program does decides
  double timeout_s = 600;               // of one execution
  std::vector<std::string> parameters;  // NAME=a,b,c
  bool ignore_output = false, ignore_failure = false;
  bool gbench = false;                  // the program is a Google Benchmark program
};

}  // namespace m1bench
