// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "result/model.hpp"

namespace m1bench {

// A run as its JSON document (UTF-8, two-space indent, ends in a newline), and back. Reading checks everything a later
// computation relies on: the schema's major version, types, finite non-negative times, slots of equal length, names that
// resolve, no duplicate case, target or block entry. Unknown keys are ignored, so that a newer minor version stays readable.
// Throws Error(data) with one sentence that names the place ("blocks[3].targets[0].wall_s[2] is negative") and the remedy.
std::string to_json(const Run& run);
Run run_from_json(std::string_view text);

}  // namespace m1bench
