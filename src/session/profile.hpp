// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "result/profile.hpp"
#include "session/context.hpp"

namespace m1bench {

struct ProfilePlan {
  int blocks = 12;
  std::uint64_t trace_loops = 3;  // of each target, for the timeline
};

// Observing may cost this share of a loop's time, as far as its parts tell beforehand: half of what is promised.
inline constexpr double kObservingShare = 0.01;

// Every how many of `loops` loops are observed so that this holds; at least one of them is.
std::uint64_t observe_every(const ProfileReply& description, double loop_s, std::uint64_t loops);

// What that costs, as a share of the loops' time.
double expected_cost(const ProfileReply& description, double loop_s, std::uint64_t every);

// What a worker's reply says of one slot of `target`, put behind what is there: times without what observing them took.
void add_observed_slot(const ProfileReply& description, const ProfileReply& seen, ProfiledTarget& target);

// Measures the run's bound cases in a few blocks, then profiles `item` on every target where it was verified: blocks of a fresh
// worker for each target, whose slots take turns, every other one observed. A slow target takes part in as few blocks as it would
// when measured. Whoever dies is a Failure of the run.
PhaseEnd profile_case(SessionContext& context, const Case& item, const ProfilePlan& plan, ProfileSamples& samples);

}  // namespace m1bench
