// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>

#include "m1bench/core/rng.hpp"
#include "result/profile.hpp"
#include "session/block.hpp"
#include "session/context.hpp"

namespace m1bench {

// Profiles a case once, as measure_block() measures one: a fresh worker for each member, warmed up, then slots in turns. A
// member's slots are observed and not, in the order ABBA, and as many of either. A member that has no timeline yet records one of
// `trace_loops` loops at the end. Appends one block to `samples`, and a Failure for each member that died, whose answer changed or
// whose operations are not those of the others.
PhaseEnd profile_block(SessionContext& context, const Case& item, std::span<const BlockMember> members, std::uint64_t trace_loops,
                       ProfileSamples& samples, Rng& rng);

}  // namespace m1bench
