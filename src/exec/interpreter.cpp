// SPDX-License-Identifier: Apache-2.0
#include "exec/interpreter.hpp"

#include <algorithm>

#include "launch/death.hpp"
#include "launch/executable.hpp"
#include "m1bench/core/error.hpp"
#include "platform/files.hpp"
#include "platform/process.hpp"

namespace m1bench {
namespace {

constexpr std::string_view kScript = "#!";

std::string interpreter_of_script(std::string_view line) {
  line = line.substr(0, line.find('\n'));
  line.remove_prefix(std::min(line.size(), line.find_first_not_of(" \t")));
  return std::string(line.substr(0, line.find_first_of(" \t")));
}

}  // namespace

std::string interpreter_of(std::string_view head) {
  if (head.starts_with(kScript)) return interpreter_of_script(head.substr(kScript.size()));
  const ExecutableFile file = read_executable(head);
  return file.format == ExecutableFormat::elf && !file.slices.empty() ? file.slices.front().loader : "";
}

std::optional<Death> explain_missing_interpreter(const std::string& program) {
  constexpr std::size_t kHead = 4096, kLongestSaid = 200;
  const auto path = find_program(program);
  if (!path) return std::nullopt;
  try {
    const std::string head = read_head(*path, kHead), interpreter = interpreter_of(head);
    if (interpreter.empty() || file_exists(interpreter)) return std::nullopt;
    const bool script = head.starts_with(kScript);
    Death death;
    death.cause = "could not start " + program + ": its " + (script ? "interpreter " : "dynamic loader ") + plain_text(interpreter, kLongestSaid) + " is missing";
    death.remedy = script ? "install it, or correct the first line of the file"
                          : "install the libraries that it was linked with, or link it statically";
    if (interpreter.ends_with('\r')) death.remedy = "its first line ends with a carriage return; save it with the line ends of Unix";
    return death;
  } catch (const Error&) {
    return std::nullopt;  // a program may be executable and not readable
  }
}

}  // namespace m1bench
