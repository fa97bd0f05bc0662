// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

// What `profile` sees of one case, as plain data: on the wire, and as the driver keeps it. Times are in seconds.
namespace m1bench {

enum class ProfilePass { input, forward, loss, backward, update };  // as Pass (m1bench/core/observer.hpp)
constexpr auto names_of(ProfilePass) {
  return std::to_array<std::string_view>({"input", "forward", "loss", "backward", "update"});
}

// One operation of a loop, by its shapes; costs are per loop.
struct ProfiledOperation {
  std::string name;  // "dense_1"
  std::string kind;  // "dense"
  ProfilePass pass = ProfilePass::forward;
  std::string dtype;  // of its products
  double flop = 0, bytes = 0;
  bool operator==(const ProfiledOperation&) const = default;
};

// A worker's reply.
struct ProfileReply {
  // Without loops: what there is, how long a span seems in which nothing happens, and what observing one takes.
  std::vector<ProfiledOperation> operations;
  double empty_span_s = 0, observation_s = 0;
  // With loops: of those that were observed, the sum for each operation as the clock showed it, and of the whole loops.
  std::vector<double> operation_s;
  std::uint64_t observed_loops = 0;
  double observed_s = 0;
  std::uint64_t allocations = 0, allocated_bytes = 0;  // from the heap, in all loops, whichever thread; only while observing
  std::uint64_t spans = 0;  // written to the request's path
};

// One line of the timeline, and as a worker writes it into a file: numbers are whole but for the times.
struct TraceSpan {
  double thread = 0;     // 0: the caller's
  double operation = 0;  // by number, or kWholeLoop
  double share = 0;      // 1: only the part that its thread does of an operation
  double begin_s = 0, end_s = 0;  // since the first loop's begin
  double allocations = 0, allocated_bytes = 0;  // since then too, at its end
};
inline constexpr double kWholeLoop = -1;

// One target in one block: alternately slots whose loops are not observed and slots where every n-th is.
struct ProfiledTarget {
  std::string target;
  std::uint64_t loops = 0;          // of each slot
  std::uint64_t observe_every = 1;
  double expected_cost = 0;         // share of the time that observing so often should take, by what an empty operation takes
  std::vector<double> plain_s;      // per loop, of each slot that was not observed
  std::vector<double> observed_s;   // likewise of the others, unobserved loops included
  std::vector<double> step_s;       // of these, the observed loops alone, without what observing them took
  std::vector<std::vector<double>> operation_s;  // for each operation, and last for what lies between them: likewise
  std::uint64_t max_rss_bytes = 0;  // 0: unknown
  double allocations = 0, allocated_bytes = 0;   // per loop
  std::uint64_t temporary_bytes = 0;  // per loop, of cases that count them themselves; part of allocated_bytes
};

struct ProfileBlock {
  std::vector<ProfiledTarget> targets;
};

// All of it.
struct ProfileSamples {
  std::vector<ProfiledOperation> operations;
  std::vector<ProfileBlock> blocks;
  std::map<std::string, std::vector<TraceSpan>> traces;  // by target
  std::uint64_t trace_loops = 0;                         // that each was to hold
};

}  // namespace m1bench
