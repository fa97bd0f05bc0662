// SPDX-License-Identifier: Apache-2.0
#include "app/console.hpp"

#include "platform/terminal.hpp"

namespace m1bench {

void print(std::string_view text) { write_all(kStandardOutput, text); }

TerminalStyle terminal_style(const std::string& color) {
  TerminalStyle style;
  const bool terminal = is_terminal(kStandardOutput);
  // Wide enough for every column: text for a file or a pipe is not squeezed into a width nobody looks at it with.
  constexpr int kPipeWidth = 144;
  style.width = terminal ? terminal_width(kStandardOutput) : kPipeWidth;
  const bool wanted = environment("NO_COLOR").value_or("").empty() && environment("TERM").value_or("") != "dumb";
  style.color = color == "always" || (color == "auto" && terminal && wanted);
  return style;
}

}  // namespace m1bench
