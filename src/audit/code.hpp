// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "audit/wheel.hpp"
#include "launch/executable.hpp"

namespace m1bench {

// What a file's machine code can run as: arm64e counts as arm64 and x86_64h as x86_64, for a process of the one loads the other.
struct Code {
  System system = System::macos;
  std::vector<std::string> architectures;  // in order of the alphabet, each once

  bool has(const std::string& architecture) const;
  bool only(const std::string& architecture) const { return architectures.size() == 1 && has(architecture); }
  bool shares_with(const Code& other) const;
  // i386, PowerPC and whatever else macOS 10.15 and later run nowhere, translated or not.
  bool is_dead() const;
};
Code code_of(const ExecutableFile& file);

// "arm64 and x86_64"; "x86_64 only"; "no code"
std::string held_by(const Code& code);

// "macOS" or "Linux"
std::string name_of(System system);

// Loaded into a process, or a process of its own.
bool is_loaded(const ExecutableFile& file);  // a library, a bundle
bool is_program(const ExecutableFile& file);

// True if the file's name says what machine it is for: "attach_linux_amd64.so". Packages that carry one such file for each
// platform load the right one themselves. Python's own "x.cpython-311-darwin.so" does not count: nobody else loads it.
bool is_for_a_named_platform(const std::string& path);

}  // namespace m1bench
