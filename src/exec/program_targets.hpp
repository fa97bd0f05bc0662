// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <vector>

#include "launch/executable.hpp"
#include "launch/translators.hpp"
#include "result/model.hpp"

// The ways in which a program of the user's can run here, as targets. Pure.
namespace m1bench {

// Every architecture in the program's file under every translator that is here for it: both slices of a universal file on
// macOS; on Linux a native program as it is and through a translator of its own architecture, a foreign one through each that is
// found. `words`: the command line, whose first word names `file`. Throws Error(usage) if the file is no program, and
// Error(target) if there are fewer than two ways, saying what is missing and what to give instead.
std::vector<Target> targets_of_program(const std::vector<std::string>& words, const ExecutableFile& file, const LaunchHost& host,
                                       std::span<const Translator> translators);

// `native` and each of `translated`, which is a command line or NAME=COMMAND LINE; without a name it is called "translated".
// Throws Error(usage).
std::vector<Target> targets_of_commands(const std::string& native, std::span<const std::string> translated);

// What cases are called after: the name of the program's file, "gzip" of {"/usr/bin/gzip", "-c"}.
std::string program_name(const std::vector<std::string>& words);

}  // namespace m1bench
