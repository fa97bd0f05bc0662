// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "launch/worker_client.hpp"

// What a program's file is run by: the kernel says "No such file or directory" of a program whose interpreter is missing too.
namespace m1bench {

// What the beginning of a file names: of a script the first word behind "#!", of an ELF program its dynamic loader; "" if nothing.
// Pure.
std::string interpreter_of(std::string_view head);

// Of a program that is found and could not be started because something is not: that its interpreter is missing. Nothing if it is
// not. Reads the beginning of its file.
std::optional<Death> explain_missing_interpreter(const std::string& program);

}  // namespace m1bench
