// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "app/command_tree.hpp"

namespace m1bench {

// The manual page m1bench(1), in the man macros of roff. docs/m1bench.1 is what this says of command_tree().
std::string manual_page(const CommandTree& tree);

}  // namespace m1bench
