// SPDX-License-Identifier: Apache-2.0
#include "analysis/gate_decision.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace m1bench {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

Change change_with(double margin, double base_loop_s) {
  Change change;
  change.margin = margin;
  change.base_loop_s = base_loop_s;
  return change;
}

Decision decided(double log_change, double error, double base_loop_s = 1e-3, double least_s = 1e-6) {
  Change change = change_with(0.05, base_loop_s);
  weigh(Evidence{log_change, {error, kInfinity}}, change);
  decide({&change}, least_s);
  return change.decision;
}

TEST(GateDecision, ComparesWithTheMarginAndTheLeastSlowdown) {
  const double margin = std::log(1.05), error = 0.01, reach = 1.6448536269514722 * error;
  const struct {
    const char* name;
    double log_change, base_loop_s;
    Decision want;
  } kRows[] = {
      {"faster", -0.5, 1e-3, Decision::ok},
      {"the same", 0, 1e-3, Decision::ok},
      {"its bound just below the margin", margin - reach - 1e-9, 1e-3, Decision::ok},
      {"its bound just above the margin", margin - reach + 1e-9, 1e-3, Decision::unsure},
      {"at the margin", margin, 1e-3, Decision::unsure},
      {"not quite significant", margin + reach - 1e-9, 1e-3, Decision::unsure},
      {"just significant", margin + reach + 1e-9, 1e-3, Decision::regressed},
      {"half slower, which is 0.99 us, and may be more", std::log(1.5), 1.98e-6, Decision::unsure},
      {"half slower, which is 1.01 us", std::log(1.5), 2.02e-6, Decision::regressed},
      {"half slower, which is 0.9 us at the most", std::log(1.5) - reach, 1.8e-6, Decision::ok},
  };
  for (const auto& row : kRows) EXPECT_EQ(decided(row.log_change, error, row.base_loop_s), row.want) << row.name;
}

// A control may show so much noise that its margin would pass anything.
TEST(GateDecision, NothingThatMayBeFarSlowerIsOk) {
  const auto with_margin = [](double margin, double log_change, double base_loop_s) {
    Change change = change_with(margin, base_loop_s);
    weigh(Evidence{log_change, {0.01, kInfinity}}, change);
    decide({&change}, 1e-6);
    return change.decision;
  };
  EXPECT_EQ(with_margin(1.5, std::log(1.10), 1e-3), Decision::ok);
  EXPECT_EQ(with_margin(1.5, std::log(1.15), 1e-3), Decision::unsure);
  EXPECT_EQ(with_margin(1.5, std::log(1.15), 1e-6), Decision::ok) << "less than a microsecond";
  EXPECT_EQ(with_margin(1.5, std::log(3), 1e-3), Decision::regressed);
}

TEST(GateDecision, KnowsWhatIsCertain) {
  EXPECT_EQ(decided(0, 0), Decision::ok);
  EXPECT_EQ(decided(std::log(1.06), 0), Decision::regressed);
  EXPECT_EQ(decided(std::log1p(0.05), 0), Decision::unsure) << "exactly at the margin";
}

TEST(GateDecision, GivesTheIntervalItDecidesOn) {
  Change change = change_with(0.05, 1);
  weigh(Evidence{0.02, {0.01, 9}}, change);
  EXPECT_EQ(change.log_change, 0.02);
  EXPECT_NEAR(change.half_width.value(), 0.01 * 2.2621571628, 1e-10);
  EXPECT_NEAR(change.upper.value(), 0.02 + 0.01 * 1.8331129327, 1e-10);
  EXPECT_NEAR(change.p.value(), 0.9908964125, 1e-9) << "P(T_9 > -2.879016)";
}

TEST(GateDecision, WithoutAnIntervalIsUnsureAndSaysWhy) {
  Change change = change_with(0.05, 1);
  weigh(std::nullopt, change);
  decide({&change}, 1e-6);
  EXPECT_EQ(change.decision, Decision::unsure);
  EXPECT_FALSE(change.p || change.adjusted_p || change.upper);
  EXPECT_EQ(change.cause, "an interval needs 3 blocks of base and head each");
  EXPECT_NE(change.remedy, "");
}

// A p of 0.03 is enough alone and not as one of two.
TEST(GateDecision, AdjustsForTheFamily) {
  const auto borderline = [] {
    Change change = change_with(0.05, 1);
    weigh(Evidence{std::log(1.05) + 0.0188, {0.01, kInfinity}}, change);
    return change;
  };
  Change alone = borderline(), one = borderline(), two = borderline();
  Change untested = change_with(0.05, 1);
  weigh(std::nullopt, untested);
  decide({&alone, &untested}, 0);
  EXPECT_NEAR(alone.p.value(), 0.03, 1e-3);
  EXPECT_EQ(alone.adjusted_p, alone.p) << "what was not tested is none of the family";
  EXPECT_EQ(alone.decision, Decision::regressed);
  decide({&one, &two}, 0);
  EXPECT_DOUBLE_EQ(one.adjusted_p.value(), 2 * one.p.value());
  EXPECT_EQ(one.decision, Decision::unsure);
}

TEST(GateDecision, PaysForLookingOnlyWhereThereWasAny) {
  Estimate ratio;
  EXPECT_FALSE(evidence_of_blocks(ratio, true));
  ratio.log_ratio = 0.1;
  ratio.standard_error = 0.01;
  ratio.degrees = 7;
  EXPECT_DOUBLE_EQ(evidence_of_blocks(ratio, false)->error.standard_error, 0.01);
  EXPECT_DOUBLE_EQ(evidence_of_blocks(ratio, true)->error.standard_error, 0.0112);
  EXPECT_EQ(evidence_of_blocks(ratio, true)->error.degrees, 7);
}

TEST(GateDecision, AddsWhatSessionsDifferBy) {
  Estimate base, head;
  EXPECT_FALSE(evidence_of_sessions(base, head, {0.005}));
  base.log_ratio = 0.3;
  head.log_ratio = 0.4;
  base.standard_error = head.standard_error = 0.005 / kLooking;
  EXPECT_FALSE(evidence_of_sessions(base, Estimate(), {0.005}));
  base.degrees = head.degrees = 7;
  const Evidence evidence = evidence_of_sessions(base, head, {0.005}).value();
  EXPECT_DOUBLE_EQ(evidence.log_change, 0.4 - 0.3);
  EXPECT_DOUBLE_EQ(evidence.error.standard_error, 0.01) << "four equal terms: each run's own, and the session's twice";
  EXPECT_DOUBLE_EQ(evidence.error.degrees, 16 / (2.0 / 7)) << "the session's error is known beforehand";
}

TEST(GateDecision, AControlRaisesTheMarginAndNeverLowersIt) {
  EXPECT_EQ(raised_margin(0.05, std::nullopt), 0.05);
  EXPECT_EQ(raised_margin(0.05, 0.02), 0.05);
  EXPECT_DOUBLE_EQ(raised_margin(0.05, std::log(1.1)), 1.1 * 1.1 - 1) << "twice, in log";
}

TEST(GateDecision, NamesItself) {
  EXPECT_EQ(name_of(Decision::ok), "ok");
  EXPECT_EQ(name_of(Decision::regressed), "regressed");
  EXPECT_EQ(name_of(Decision::unsure), "unsure");
  EXPECT_EQ(name_of(Decision::missing), "missing");
  EXPECT_EQ(name_of(Decision::wrong), "wrong");
}

}  // namespace
}  // namespace m1bench
