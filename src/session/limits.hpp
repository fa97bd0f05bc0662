// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <limits>
#include <optional>

namespace m1bench {

// How long and how often is measured. Numbers from docs/measurement.md, where the evidence for each stands.
struct Limits {
  int min_blocks = 12;           // no case stops before; the interval's coverage was simulated from here on
  int max_blocks = 40;
  int slots = 24;                // per target and block: many short ones, because noise comes and goes within a block
  double slot_s = 0.005;         // a slot lasts at least this, and
  double slot_ticks = 1000;      // this many steps of the timer
  double first_warm_up_s = 1.0;  // of each worker in the session's first block, when the CPU may still be waking up
  double warm_up_slots = 2;      // in every block
  double warm_slot_share = 0.25; // of a slot, untimed, before each slot
  double slots_s = 0.3;          // of a target in a block: where a loop is long, fewer slots,
  int least_slots = 1;           // but never fewer than these
  double warm_loop_s = 0.1;      // a loop longer than this warms itself

  double precision = 0.01;       // a case stops when the half-width of every ratio is at most this,
  double wide_precision = 0.02;  // or this where
  double wide_ratio = 3;         // the ratio is beyond this

  double drift = 0.10;           // a block is repeated when the canary was this far from its session's median right after it,
  double repeat_share = 0.10;    // as long as no more than this share of the blocks were repeats,
  int canaries = 5;              // and from this many canaries on, below which a median says little

  std::optional<std::uint64_t> warm_up_loops;  // exactly so many in every block, whatever stands above
  double costly = 2;             // a translated target whose block takes this many times the baseline's gets as many as its budget allows
  double slow_loop_s = 0.5;      // from here on a target is slow: one loop is a slot, nothing is warmed, and
  int slow_blocks = 3;           // it takes part in at most this many blocks
  double slow_share = 0.45;      // of the budget that all translated targets together may use
  double slow_case_share = 0.25; // of that, what one case may use
  std::uint64_t steps = 20;      // training steps that are verified,
  std::uint64_t slow_steps = 2;  // and on a slow target

  double budget_s = 0;           // of the whole session; 0: none
  double case_timeout_s = 120;   // the longest wait for one answer of a worker
};

inline Limits quick_limits() {
  Limits limits;
  limits.min_blocks = limits.max_blocks = 5;
  limits.slots = 8;
  limits.first_warm_up_s = 0.1;
  limits.slow_blocks = 1;
  limits.slow_share = 0.35;
  limits.slow_case_share = 0.2;
  return limits;
}

inline Limits thorough_limits() {
  Limits limits;
  limits.precision = 0.005;
  limits.wide_precision = 0.01;
  limits.max_blocks = 160;       // half the width takes four times the blocks
  return limits;
}

// Programs of the user's own. Nothing in a process that ends outlasts it, so only the first executions of a block are untimed, when
// caches and clock of the CPU that it moved to are not its own yet; and no target is rationed, for nobody runs a program here that
// is not meant to be timed.
inline Limits program_limits(Limits limits) {
  limits.least_slots = 2;        // ABBA
  limits.warm_up_slots = 1;
  limits.warm_slot_share = 0;
  limits.warm_loop_s = 1;        // the few milliseconds of a cold start are less than the precision of anything longer
  limits.first_warm_up_s = 0.3;
  limits.costly = limits.slow_loop_s = std::numeric_limits<double>::infinity();
  return limits;
}

// A sample on its own: as many blocks as decide, whatever they show.
inline Limits confirmation_limits(Limits limits) {
  limits.min_blocks = limits.max_blocks = 16;
  return limits;
}

}  // namespace m1bench
