// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "session/context.hpp"
#include "session/slow_budget.hpp"

namespace m1bench {

// Measures every verified case in rounds: each round visits all cases that are not yet precise enough in random order, one
// block each. A block after which the canary shows that the machine had drifted is measured again and counts no more. When a further round would not fit the budget, single visits go to the widest interval. Sets
// run.session.stop_reason: "precision", "blocks" (the most that are allowed), "budget" or "interrupted".
PhaseEnd measure_cases(SessionContext& context, const SlowBudget& budget);

// Measures these cases once more, as a second sample (stage 2) on which `ab` decides: as many blocks as context.limits say.
PhaseEnd confirm_cases(SessionContext& context, const SlowBudget& budget, const std::vector<std::string>& cases);

}  // namespace m1bench
