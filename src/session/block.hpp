// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <vector>

#include "m1bench/core/rng.hpp"
#include "session/context.hpp"

namespace m1bench {

// One target in one block of a case.
struct BlockMember {
  const Target* target = nullptr;
  const Verification* check = nullptr;
};

// Which block of which sample.
struct BlockPlace {
  int round = 0;
  int stage = 1;
};

// CPUs for its workers: a thread that only fetches data runs beside those that compute, and must not have to share theirs.
int cpus_wanted(const Case& item);

// What it leaves in the run that a member died, or that its answer changed.
Failure failure_of(const Case& item, const Target& target, const Death& death);

// Visits a case once: a fresh worker per member, spawned in random order, warmed up, then slots in alternation. Appends one
// Block to the run, and a Failure for each member that died or whose answer changed.
PhaseEnd measure_block(SessionContext& context, const Case& item, std::span<const BlockMember> members, BlockPlace place, Rng& rng);

}  // namespace m1bench
