// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "report/terminal.hpp"

// Where `-o FILE` leads: `out` is a file, or "" or "-" for standard output.
namespace m1bench {

bool to_file(const std::string& out);

// As terminal_style, but auto is no colour in a file: it is only for where somebody looks at it.
TerminalStyle output_style(const std::string& out, const std::string& color);

// A file is written whole or not at all. Throws Error(io).
void write_output(const std::string& out, std::string_view text);

}  // namespace m1bench
