// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "app/command_tree.hpp"

namespace m1bench {

std::string bash_completions(const CommandTree& tree);  // also for bash 3.2, which is what macOS has
std::string zsh_completions(const CommandTree& tree);
std::string fish_completions(const CommandTree& tree);

// The table of shells; docs/completions/ holds what each says of command_tree().
struct Shell {
  std::string_view name;
  std::string (*completions)(const CommandTree& tree);
};
std::span<const Shell> shells();

// Is it a command of commands, as `history` is?
bool has_commands(const CommandTree& tree, const std::string& name);

// The commands of a shell that print the cases, targets or formats there are, one a line; "" for other kinds.
std::string names_command(ValueKind kind);

}  // namespace m1bench
