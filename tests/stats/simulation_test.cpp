// SPDX-License-Identifier: Apache-2.0
// What the statistics promise, tried on simulated cases that are measured under the session's own stopping rule.
#include "stats/simulation.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <ostream>
#include <sstream>
#include <string>
#include <vector>

#include "stats/diagnostics.hpp"
#include "stats/distributions.hpp"
#include "stats/multiple.hpp"
#include "stats/robust.hpp"
#include "stats/verdict.hpp"

namespace m1bench {
namespace {

constexpr double kLevel = 0.05;

// What a number of cases, measured one after the other, came to.
struct Tally {
  std::uint64_t cases = 0;
  std::uint64_t held = 0;          // the interval holds the truth
  std::uint64_t false_alarms = 0;  // "slower" or "faster"
  std::uint64_t disagree = 0;      // Hodges-Lehmann is more than half the half-width away from the trimmed mean
  std::uint64_t correlated = 0;    // neighbouring blocks look correlated
  double blocks = 0;               // in the mean

  double coverage() const { return static_cast<double>(held) / static_cast<double>(cases); }
};

Tally tally(const Source& source, const Stopping& stopping, std::uint64_t cases) {
  Rng rng(2024, 0);
  Tally result;
  for (; result.cases < cases; ++result.cases) {
    const SimulatedCase one = simulated_case(source, stopping, rng);
    const Estimate& estimate = one.estimate;
    const Verdict verdict = verdict_of(estimate);
    result.held += std::abs(estimate.log_ratio - source.truth) <= *estimate.half_width;
    result.false_alarms += verdict == Verdict::slower || verdict == Verdict::faster;
    result.disagree += std::abs(hodges_lehmann(one.blocks) - estimate.log_ratio) > *estimate.half_width / 2;
    result.correlated += lag1_autocorrelation(one.blocks) > 2 / std::sqrt(estimate.blocks);
    result.blocks += estimate.blocks / static_cast<double>(cases);
  }
  return result;
}

// The gate's one-sided p-value of "slower by no more than the margin".
double p_within(const Estimate& estimate, double margin) {
  const double error = kLooking * *estimate.standard_error;
  return student_t_upper_tail((estimate.log_ratio - std::log1p(margin)) / error, estimate.degrees);
}

// A kind of block, and the range in which the mean number of blocks must lie that the rule takes of it.
struct Row {
  Noise noise;
  double sigma, few_blocks, many_blocks;
};

constexpr Row kRows[] = {{Noise::normal, 0.005, 12, 12.1},    {Noise::normal, 0.01, 12, 13},   {Noise::normal, 0.02, 20, 25},
                         {Noise::normal, 0.04, 38, 40},       {Noise::heavy, 0.005, 12, 12.1}, {Noise::heavy, 0.01, 12, 12.5},
                         {Noise::heavy, 0.02, 13, 17},        {Noise::heavy, 0.04, 31, 36},    {Noise::outliers, 0.005, 12, 12.5},
                         {Noise::outliers, 0.01, 12.5, 15.5}, {Noise::outliers, 0.02, 25, 32}, {Noise::outliers, 0.04, 39, 40}};

void PrintTo(const Row& row, std::ostream* out) { *out << name_of(Source{.noise = row.noise, .sigma = row.sigma}); }

class Simulated : public testing::TestWithParam<Row> {
 protected:
  static constexpr std::uint64_t kCases = 2000;

  Tally run(double correlation) {
    const Source source{.noise = GetParam().noise, .sigma = GetParam().sigma, .correlation = correlation};
    const Tally seen = tally(source, usual_stopping(), kCases);
    const Interval share = clopper_pearson(seen.held, kCases, 0.95);
    std::ostringstream text;
    text << name_of(source) << ": coverage " << seen.coverage() << " [" << share.low << ", " << share.high << "]";
    name_ = text.str();
    return seen;
  }

  std::string name_;
};

// Seen with 20 000 cases a row: 94.2 to 96.6 %, least where cases stop at about 25 blocks.
TEST_P(Simulated, IntervalsHoldTheTruth) {
  const Tally seen = run(0);
  EXPECT_GE(seen.coverage(), 0.93) << name_;
  EXPECT_LE(seen.coverage(), 0.97) << name_;
  EXPECT_GE(seen.blocks, GetParam().few_blocks) << name_;
  EXPECT_LE(seen.blocks, GetParam().many_blocks) << name_;
  EXPECT_LE(seen.false_alarms, kCases * 2 / 100) << name_ << " (the target is 8 %)";
  EXPECT_LE(seen.disagree, kCases / 100) << name_;
  EXPECT_LE(seen.correlated, kCases * 3 / 100) << name_;
}

// What correlated blocks cost: 84.3 to 90.1 % with 20 000 cases a row; and the warning cannot be relied on to tell.
TEST_P(Simulated, CorrelatedBlocksCostCoverage) {
  const Tally seen = run(0.3);
  EXPECT_GE(seen.coverage(), 0.82) << name_;
  EXPECT_LE(seen.coverage(), 0.92) << name_;
  EXPECT_GE(seen.blocks, GetParam().few_blocks) << name_;
  EXPECT_LE(seen.blocks, GetParam().many_blocks) << name_;
  EXPECT_LE(seen.false_alarms, kCases * 8 / 100) << name_;
  EXPECT_LE(seen.correlated, kCases / 2) << name_;
}

INSTANTIATE_TEST_SUITE_P(Blocks, Simulated, testing::ValuesIn(kRows));

TEST(Simulation, OneLookIsOnTheSafeSide) {
  const Tally seen = tally(Source{}, {12, 12, 0}, 4000);  // the factor pays for looks that were not taken
  EXPECT_GT(seen.coverage(), 0.95);
  EXPECT_LT(seen.coverage(), 0.975);
}

TEST(Simulation, WithoutTheFactorForLookingThePromiseWouldBeBroken) {
  Stopping unpaid = usual_stopping();
  unpaid.precision *= kLooking;
  constexpr int kCases = 4000;
  Rng rng(2024, 4);
  int held = 0;
  for (int i = 0; i < kCases; ++i) {
    const Estimate estimate = simulated_case({.sigma = 0.02}, unpaid, rng).estimate;
    held += std::abs(estimate.log_ratio) <= *estimate.half_width / kLooking;
  }
  EXPECT_LT(held, kCases * 93 / 100);
}

// The trimmed mean scatters as little as the Hodges-Lehmann estimate, give or take a tenth, whatever the noise.
TEST(Simulation, HodgesLehmannIsNoBetter) {
  for (const Noise noise : {Noise::normal, Noise::heavy, Noise::outliers}) {
    Rng rng(2024, 2);
    double trimmed = 0, other = 0;
    for (int i = 0; i < 2000; ++i) {
      const SimulatedCase one = simulated_case({.noise = noise}, usual_stopping(), rng);
      trimmed += one.estimate.log_ratio * one.estimate.log_ratio;
      other += hodges_lehmann(one.blocks) * hodges_lehmann(one.blocks);
    }
    EXPECT_GT(std::sqrt(other / trimmed), 0.9) << name_of(Source{.noise = noise});
    EXPECT_LT(std::sqrt(other / trimmed), 1.1) << name_of(Source{.noise = noise});
  }
}

TEST(Gate, AChangeOfFivePercentIsFoundByTheStrictMargin) {
  constexpr std::uint64_t kCases = 2000;
  for (const Noise noise : {Noise::normal, Noise::heavy, Noise::outliers}) {
    Rng rng(2024, 3);
    std::uint64_t found = 0;
    for (std::uint64_t i = 0; i < kCases; ++i) {
      const Source source{.noise = noise, .sigma = 0.01, .truth = std::log(1.05)};
      found += p_within(simulated_case(source, usual_stopping(), rng).estimate, 0.03) < kLevel;
    }
    EXPECT_GE(clopper_pearson(found, kCases, 0.95).low, 0.95) << name_of(Source{.noise = noise});
  }
}

// Of suites of cases of every kind that stops before the last block, all with the same true change: how many raise an alarm.
struct Alarms {
  std::uint64_t suites = 0, adjusted = 0, unadjusted = 0;
};

Alarms alarms(std::size_t cases, double change) {
  constexpr Noise kNoises[] = {Noise::normal, Noise::heavy, Noise::outliers};
  constexpr double kSigmas[] = {0.005, 0.01, 0.02};
  Rng rng(2024, cases);
  Alarms result;
  for (; result.suites < 400; ++result.suites) {
    std::vector<double> p;
    for (std::size_t i = 0; i < cases; ++i) {
      const Source source{.noise = kNoises[i % 3], .sigma = kSigmas[i / 3 % 3], .truth = std::log1p(change)};
      p.push_back(p_within(simulated_case(source, usual_stopping(), rng).estimate, 0.05));
    }
    const std::vector<double> adjusted = holm(p);
    result.adjusted += *std::min_element(adjusted.begin(), adjusted.end()) < kLevel;
    result.unadjusted += *std::min_element(p.begin(), p.end()) < kLevel;
  }
  return result;
}

TEST(Gate, NoAlarmWithoutAChange) {
  for (const std::size_t cases : {std::size_t{5}, std::size_t{22}}) {
    const Alarms seen = alarms(cases, 0);
    EXPECT_LE(clopper_pearson(seen.adjusted, seen.suites, 0.95).high, 1.0 / 50) << cases;
  }
}

// The worst that is still allowed: every case is slower by just the margin. Now Holm's adjustment has something to do.
TEST(Gate, AlarmsAtTheMarginAreHeldByTheAdjustment) {
  for (const std::size_t cases : {std::size_t{5}, std::size_t{22}}) {
    const Alarms seen = alarms(cases, 0.05);
    EXPECT_LE(seen.adjusted, seen.suites * 8 / 100) << cases;
    EXPECT_GE(seen.unadjusted, seen.suites * 10 / 100) << cases;
  }
}

}  // namespace
}  // namespace m1bench
