// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "session/context.hpp"

namespace m1bench {

// Writes DIR/<target>/<case>/ (with `/` in names turned into `_`) for every case and available target of the run: inputs and
// answers as .npy, and case.json. A target that fails is added to the run's failures. Throws Error(io).
PhaseEnd dump_cases(SessionContext& context, const std::string& directory);

}  // namespace m1bench
