// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "analysis/explain_facts.hpp"

namespace m1bench {

// The command that tells more of these cases, as lines for a shell: with the threads of the case, and with what the run itself was
// told of targets, translators, environments, models and data, so that it compares the same things. `more`: further options.
// Of programs of the user's that is the command of the run itself with `more` in it, for `run`; "" for any other, because
// nothing but the program knows what is in it, and "" for a name that reads like an option.
std::string command_for(const PairFacts& facts, std::string_view subcommand, const std::vector<std::string>& cases,
                        const std::vector<std::string>& more = {});

}  // namespace m1bench
