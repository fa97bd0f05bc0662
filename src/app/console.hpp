// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "report/terminal.hpp"

namespace m1bench {

// Writes to standard output. A reader that has gone away (`| head`) is no error; throws Error(io) for anything else, such as a
// full disk behind a redirection.
void print(std::string_view text);

// The end of a command that measured, where neither a full disk nor a closed pipe may take the other half along: `write` writes
// its files and returns what is told of them; then `report` is printed, and that. Throws what either threw.
void write_and_print(const std::function<std::string()>& write, const std::function<std::string()>& report);

// One line "m1bench: <message>" to standard error. A message may quote a file that anyone wrote, so nothing in it reaches the
// terminal as a command.
void complain(std::string_view message);

// Width and colour for standard output: `color` is auto, always or never; auto respects NO_COLOR and TERM=dumb.
TerminalStyle terminal_style(const std::string& color);

}  // namespace m1bench
