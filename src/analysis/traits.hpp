// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "result/model.hpp"

// The table of what must agree between two runs before a difference in time can be laid at the build's door; the reason for
// each row stands beside it. What is not here may differ: compiler, flags, commit, kernel, answers that are right on both
// sides, patience. They are what a gate is there to judge, or do not matter to it.
namespace m1bench {

// A field of the run file and its value as text; "" where that is not known.
using Trait = std::pair<std::string, std::string>;
using Traits = std::vector<Trait>;

inline constexpr const char* kNoTrait = "none";  // the value of a fact that is known not to be

// Whether all that it timed are programs of the user's (`exec`).
bool times_programs(const Run& run);

Traits traits_of(const Run& run);
Traits traits_of(const Machine& machine);
Traits traits_of(const Run& run, const Target& target);
// `input_checksum`: of what the case computes from.
Traits traits_of(const Case& item, const std::string& input_checksum);

}  // namespace m1bench
