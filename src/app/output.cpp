// SPDX-License-Identifier: Apache-2.0
#include "app/output.hpp"

#include "app/console.hpp"
#include "platform/files.hpp"

namespace m1bench {

bool to_file(const std::string& out) { return !out.empty() && out != "-"; }

TerminalStyle output_style(const std::string& out, const std::string& color) {
  return terminal_style(to_file(out) && color == "auto" ? "never" : color);
}

void write_output(const std::string& out, std::string_view text) {
  if (to_file(out)) {
    write_file_atomic(out, text);
  } else {
    print(text);
  }
}

}  // namespace m1bench
