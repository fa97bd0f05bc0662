// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/session_spread.hpp"
#include "result/model.hpp"

// The gate: did a new build (head) get slower than an old one (base)? Pure; recomputed from raw slots.
namespace m1bench {

struct GateOptions {
  double margin = 0.05;      // a slowdown counts from this share of the time on (--strict: 0.03),
  double least_s = 1e-6;     // and from this many seconds a loop on
  bool absolute = false;     // also tell how absolute times changed between sessions
  bool force = false;        // compare runs that are not alike
  std::optional<LearnedSpread> learned = {};  // what a history says of sessions, where one was named
};

// Where the change of a case's time comes from, in the order of trust.
enum class Pairing {
  blocks,    // base and head alternated in the same blocks of one session (`ab`): log(head / base) per target
  same,      // the same session twice: exactly 1
  sessions,  // two sessions: the ratio of ratios, which cannot see what slows every target alike
};

enum class Decision { ok, regressed, unsure, missing, wrong };
std::string_view name_of(Decision decision);

// One case on one target, from base to head. Between sessions the baseline has no change of its own: all is told relative to
// it, and it has a row only where it is missing or wrong.
struct Change {
  std::string case_name, target;          // the target's own name, without a side
  Decision decision = Decision::unsure;
  std::string cause, remedy;              // of missing and wrong, and of unsure without an interval: why it was not decided
  double margin = 0;                      // as used: the one asked for, but never below twice this case's control's half-width
  std::optional<double> base_loop_s, head_loop_s;
  std::optional<double> log_change;       // log(head / base), or the difference of the log-ratios
  std::optional<double> half_width;       // of its two-sided 95 % interval, in log
  std::optional<double> upper;            // one-sided 95 % bound, in log
  std::optional<double> p, adjusted_p;    // of "no slower than the margin"; adjusted by Holm
  int base_blocks = 0, head_blocks = 0;
  bool confirmed = false;                 // decided on a fresh second sample
};

// A field in which two runs are not alike.
struct Difference {
  std::string field, base, head;
};

// How far apart two sessions were taken to be, where a history was named, as standard deviations of a ratio's logarithm.
struct SpreadUsed {
  int sessions = 0;          // of this machine in the history
  int learned_from = 0;      // of them, by those comparisons that learned from the fewest; 0: not enough, so it is assumed
  bool pooled = false;       // at least one comparison has that of all cases together
  double least = 0, most = 0;  // over the comparisons
};

struct Comparison {
  Pairing pairing = Pairing::sessions;
  std::vector<Difference> unlike;         // not empty: nothing is decided, unless forced; wrong answers are told all the same
  bool forced = false;
  double margin = 0;                      // as asked for
  std::optional<double> control_half_width;  // in log: the widest of those that raised a case's margin
  std::optional<SpreadUsed> spread;       // between two sessions, if a history was named
  std::vector<Change> changes;            // in base's order of cases and targets
  std::vector<std::string> only_in_head;  // new cases ("CASE", "CASE on TARGET"): told, never judged
  std::vector<Change> absolute;           // where asked for: absolute times between sessions, advisory
};

// Two files. Throws Error(data) if both claim the same session but hold different slots, Error(unlike) if one holds both
// sides itself.
Comparison compare_runs(const Run& base, const Run& head, const GateOptions& options);

// The two sides of one run of `ab`. Cases with blocks of stage 2 are decided on those alone.
Comparison compare_sides(const Run& run, const GateOptions& options);

// Does this run hold a base and a head side?
bool has_sides(const Run& run);

// The cases of an `ab` run that its first stage leaves in doubt: regressed before adjustment, or unsure. They are measured
// again, afresh.
std::vector<std::string> cases_to_confirm(const Run& run, const GateOptions& options);

}  // namespace m1bench
