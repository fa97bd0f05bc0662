// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "session/context.hpp"
#include "session/slow_budget.hpp"

namespace m1bench {

// Measures every verified case in rounds: each round visits all cases that are not yet precise enough in random order, one
// block each. When a further round would not fit the budget, single visits go to the widest interval. Sets
// run.session.stop_reason: "precision", "blocks" (the most that are allowed), "budget" or "interrupted".
PhaseEnd measure_cases(SessionContext& context, const SlowBudget& budget);

}  // namespace m1bench
