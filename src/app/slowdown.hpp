// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "result/model.hpp"

namespace m1bench {

// "--inject-slowdown [base:|head:][TARGET:]CASE=FACTOR", for tests of the gate: sets the slowdown of the run's targets that
// it names, or of all of them. Throws Error(usage) where it names no case or no target of the run.
void apply_slowdown(Run& run, const std::string& option);

}  // namespace m1bench
