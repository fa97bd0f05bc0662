// SPDX-License-Identifier: Apache-2.0
#include "app/completions.hpp"

#include <algorithm>

namespace m1bench {
namespace {

constexpr Shell kShells[]{{"bash", bash_completions}, {"zsh", zsh_completions}, {"fish", fish_completions}};

}  // namespace

std::span<const Shell> shells() { return kShells; }

bool has_commands(const CommandTree& tree, const std::string& name) {
  const auto is_inside = [&](const CommandEntry& command) { return command.name.starts_with(name + " "); };
  return std::any_of(tree.commands.begin(), tree.commands.end(), is_inside);
}

// The first word of each line that begins with one: the others explain it.
std::string names_command(ValueKind kind) {
  switch (kind) {
    case ValueKind::cases: return "m1bench list cases 2>/dev/null | sed -e 1d -e 's/ .*//'";
    case ValueKind::targets: return "m1bench list targets 2>/dev/null | sed -n 's/^\\([^ ][^ ]*\\)  *available$/\\1/p'";
    case ValueKind::formats: return "m1bench list formats 2>/dev/null | sed 's/ .*//'";
    default: return "";
  }
}

}  // namespace m1bench
