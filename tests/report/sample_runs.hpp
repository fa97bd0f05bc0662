// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "result/model.hpp"

namespace m1bench {

// A Linux machine with three targets that run and one that does not: a clean native pair, an emulator that is slow (one block
// of one loop), gives one wrong answer, is skipped once and dies once.
Run linux_run();

// A Mac with Rosetta 2: one other target, everything compared.
Run mac_run();

// The Linux machine with --quick: five blocks of four slots.
Run quick_run();

// The Linux machine where the bounds were measured too: products near theirs, a sum beyond its own, the emulator far below.
Run bounded_run();

// The Mac where the system counts: three times the instructions under Rosetta 2, energy of all cases but one that was too short.
Run counted_run();

// A run whose every text tries to break out of the report it is printed in.
Run hostile_run();

}  // namespace m1bench
