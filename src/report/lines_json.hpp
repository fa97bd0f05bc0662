// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "result/model.hpp"

namespace m1bench {

// JSON lines: an object for each case on each available target, the baseline first, each with all that a log needs to know of
// the run it is from. The fields are those of the CSV (records.hpp), null where they do not apply.
std::string lines_json(const Run& run);

}  // namespace m1bench
