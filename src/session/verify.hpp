// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "session/context.hpp"
#include "session/slow_budget.hpp"

namespace m1bench {

// Checks every case of the run on every available target against the reference target's answer, and calibrates the loops of
// a slot while the worker is warm. Fills run.verifications; cheap cases come first, so that what a slow target costs is
// known before an expensive one is tried. `calibrate`: false where nothing will be timed.
PhaseEnd verify_cases(SessionContext& context, SlowBudget& budget, bool calibrate);

}  // namespace m1bench
