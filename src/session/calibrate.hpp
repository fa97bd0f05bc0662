// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "session/context.hpp"

namespace m1bench {

// Finds check.loops, the loops of one slot: doubled until the slot lasts limits.slot_s and limits.slot_ticks timer steps, then
// cut back to what that takes. One for a slow target, and fewer where what is left of the budget ends the search. Leaves
// check.loop_s at the last, warm measurement.
std::optional<Death> calibrate(Worker& worker, SessionContext& context, Verification& check);

}  // namespace m1bench
