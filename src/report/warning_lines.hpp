// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "report/terminal.hpp"
#include "result/model.hpp"

// What makes a run's numbers less trustworthy, for people: one line a code, the worst first. `whose` stands before each where
// a report tells of two runs: "base".
namespace m1bench {

// The worst few as wrapped lines after an empty one, and the codes of the rest; "" without any.
std::string warning_lines(std::span<const Warning> warnings, const TerminalStyle& style, std::string_view whose = "");

// All of them as items of a Markdown list.
std::string warning_items(std::span<const Warning> warnings, std::string_view whose = "");

}  // namespace m1bench
