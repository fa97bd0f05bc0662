// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/command_tree.hpp"

namespace CLI {
class App;
}

namespace m1bench {

CommandTree describe(const CLI::App& app);

}  // namespace m1bench
