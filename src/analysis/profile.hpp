// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "result/model.hpp"
#include "result/profile.hpp"
#include "stats/estimate.hpp"

// What the samples of a profile say: pure.
namespace m1bench {

// The name of what no operation accounts for: what lies between them.
inline constexpr const char* kOtherOperation = "other";

// Profiling is told apart from the case only as long as it costs no more than this.
inline constexpr double kMostProfilingCost = 0.02;

// The medians of its operations add up to what the loop takes when nobody looks, or they are not its parts.
inline constexpr double kMostPartsOff = 0.10;

// One operation on one target; times are per loop, medians over blocks of the median slot.
struct OperationProfile {
  std::optional<double> seconds;
  std::optional<double> share;           // of the loop
  // Of what the target reached in the run's bound case for it. Above 1: mostly a cache; under an emulator the triad itself may be
  // limited by arithmetic.
  std::optional<double> share_of_bound;
  std::optional<Estimate> ratio;         // against the baseline; not on the baseline, nor of what takes no time that shows
  std::optional<double> extra_s;         // seconds less the baseline's
  std::vector<double> block_s;           // the median slot of each block
};

struct TargetProfile {
  std::string target;
  int blocks = 0;
  std::optional<double> loop_s;         // of slots that were not observed
  std::optional<Estimate> ratio;        // of these, against the baseline
  std::optional<Estimate> observing;    // slots that were observed against those that were not: what profiling costs
  std::uint64_t observe_every = 1;      // the median over blocks
  double expected_cost = 0;             // likewise: a share of the time
  std::optional<std::uint64_t> max_rss_bytes;
  double allocations = 0, allocated_bytes = 0;      // per loop
  std::optional<std::uint64_t> temporary_bytes;     // per loop
  std::vector<OperationProfile> operations;         // as Profile::operations
  std::vector<std::size_t> order;  // of these, what costs most more than on the baseline first; on the baseline what takes longest
};

struct Profile {
  std::string case_name, baseline;
  int threads = 1;
  std::vector<ProfiledOperation> operations;  // in the order of a loop, and last kOtherOperation
  std::vector<TargetProfile> targets;         // that were in a block; the baseline first, if it was
  std::vector<Warning> warnings;
};

Profile profile_of(const Run& run, const Case& item, const ProfileSamples& samples);

// How fast: flop a second where it has flop, else bytes a second.
std::optional<double> rate_of(const ProfiledOperation& operation, const OperationProfile& seen);

}  // namespace m1bench
