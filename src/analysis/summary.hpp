// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "result/model.hpp"
#include "stats/estimate.hpp"
#include "stats/verdict.hpp"

// What a run says, computed from its raw slots alone: every report shows this and none computes anything itself.
namespace m1bench {

enum class Outcome { measured, wrong, failed, skipped, unmeasured, unavailable };

std::string_view name_of(Outcome outcome);  // "measured", "wrong answer", ...

// One case on one target. Wrong, failed and skipped have a cause and nothing else.
struct TargetSummary {
  std::string target;
  Outcome outcome = Outcome::unmeasured;
  std::string cause, remedy;
  int blocks = 0;
  std::optional<double> loop_s;     // median over blocks of the median slot, per loop
  std::optional<double> rate;       // per second, in the case's unit; none where the case counts none
  std::optional<double> share_of_bound;  // of what this target can reach at all, by a bound case of the run; may be above 1
  std::optional<Estimate> ratio;    // against the baseline in the same blocks; none for the baseline itself
  std::optional<Verdict> verdict;   // with every ratio
  std::optional<double> loop_instructions, loop_energy_j;          // analysis/counters.hpp
  std::optional<double> instructions_ratio, energy_ratio;          // of these, against the same target as `ratio`
  std::optional<double> performance_core_share;                    // of the CPU time
  std::optional<std::uint64_t> max_rss_bytes;    // the greatest of all blocks
  std::optional<std::uint64_t> allocated_bytes;  // likewise; per loop, of cases that count them
};

struct CaseSummary {
  std::string name;
  RateUnit rate_unit = RateUnit::flops;
  TargetSummary baseline;
  std::vector<TargetSummary> others;  // every available target but the baseline and its control, in the run's order
  std::optional<Estimate> control;    // the baseline's second copy against the baseline, where one ran
  bool is_bound = false;              // has no share itself, and no part in a mean
  double noise_floor = kNoiseFloor;   // share of the time below which these verdicts call nothing slower or faster
};

// One target over all cases that have a ratio, bounds apart: they are the measure and no work that anybody wants done.
struct Overall {
  std::string target;
  int cases = 0;                    // 0: nothing but bounds was compared, and the rest is empty
  int bounds = 0;                   // of these, compared and no part of the mean
  double ratio = 1;                 // geometric mean
  // Of the 95 % interval of log(ratio): how well the mean of these very cases is known, and nothing about other cases. None
  // unless each of them has an interval. The cases' own errors are independent, as they are measured in blocks of their own: the
  // root of the sum of their squares, over their number. What two copies of one program differ by here may be common to all
  // cases and does not average out: the mean of their noise floors is added, in squares.
  std::optional<double> half_width;
  std::string best_case, worst_case;
  double best_ratio = 1, worst_ratio = 1;
};

// Something that kept a target, or a case on a target, from being compared.
struct Problem {
  Outcome outcome = Outcome::failed;
  std::string target, case_name;    // no case: the whole target
  std::string cause, remedy;
};

struct Summary {
  std::string baseline;
  std::vector<std::string> others;
  std::vector<CaseSummary> cases;
  std::vector<Overall> overall;     // one for each of `others`
  std::vector<Problem> problems;
  int compared = 0;                 // cases with at least one verdict
  int fewest_blocks = 0, most_blocks = 0;  // over the ratios
  bool quick = false;
  bool controlled = false;          // a control ran in at least one case
  bool bounded = false;             // at least one share of a bound is known
  bool counts_instructions = false, counts_energy = false;  // at least one ratio of them is known
  double time_spent_s = 0;
};

// Linear in the size of the run, but for cases times targets.
Summary summarise(const Run& run);

// What two copies of one program seem to differ by: the control's bias and half-width together, as a share of the time;
// kNoiseFloor without a control that has an interval.
double noise_floor_of(const std::optional<Estimate>& control);

}  // namespace m1bench
