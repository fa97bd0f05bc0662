// SPDX-License-Identifier: Apache-2.0
#include "app/console.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <exception>

#include "m1bench/core/error.hpp"
#include "platform/terminal.hpp"
#include "report/escape.hpp"

namespace m1bench {

namespace {

// COLUMNS, or wide enough for every column: text for a file or a pipe is not squeezed into a width nobody looks at it with.
int pipe_width() {
  constexpr int kWidest = 144, kNarrowest = 20, kMost = 1000;
  const std::string columns = environment("COLUMNS").value_or("");
  if (columns.empty() || columns.size() > 4 || columns.find_first_not_of("0123456789") != std::string::npos) return kWidest;
  return std::clamp(std::stoi(columns), kNarrowest, kMost);
}

}  // namespace

void print(std::string_view text) {
  if (write_all(kStandardOutput, text)) return;
  const int reason = errno;
  if (reason == EPIPE) return;
  throw Error(ErrorKind::io, std::string("cannot write to standard output: ") + std::strerror(reason));
}

void write_and_print(const std::function<std::string()>& write, const std::function<std::string()>& report) {
  std::string written;
  std::exception_ptr failed;
  try {
    written = write();
  } catch (const Error&) {
    failed = std::current_exception();
  }
  print(report() + written);
  if (failed) std::rethrow_exception(failed);
}

void complain(std::string_view message) { std::fprintf(stderr, "m1bench: %s\n", escape_terminal(message).c_str()); }

TerminalStyle terminal_style(const std::string& color) {
  TerminalStyle style;
  const bool terminal = is_terminal(kStandardOutput);
  style.width = terminal ? terminal_width(kStandardOutput) : pipe_width();
  const bool wanted = environment("NO_COLOR").value_or("").empty() && environment("TERM").value_or("") != "dumb";
  style.color = color == "always" || (color == "auto" && terminal && wanted);
  return style;
}

}  // namespace m1bench
