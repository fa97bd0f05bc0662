// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/options.hpp"

namespace m1bench {

// What the command line asks for, or text to print and an exit code: for --help, --version, and whatever is wrong.
struct CommandLine {
  std::optional<Options> options;
  std::string text;
  bool to_error = false;
  int exit_code = 0;
};
CommandLine parse_command_line(const std::vector<std::string>& words, const std::string& version);

}  // namespace m1bench
