// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "app/commands.hpp"
#include "app/completions.hpp"
#include "app/console.hpp"
#include "app/manual.hpp"

namespace m1bench {

int manual_command(const Options&) {
  print(manual_page(command_tree()));
  return 0;
}

int completions_command(const Options& options) {
  const auto shell = std::find_if(shells().begin(), shells().end(), [&](const Shell& row) { return row.name == options.what; });
  print(shell->completions(command_tree()));
  return 0;
}

}  // namespace m1bench
