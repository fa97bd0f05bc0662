// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "analysis/explain_facts.hpp"

// One function for each row of the table of rules. Thresholds stand beside them and, in words, in the table.
namespace m1bench {

inline constexpr double kLimitedByMemory = 0.8;   // of the triad
inline constexpr double kFirstLoop = 10;          // times the later ones
inline constexpr double kWorthTelling = 0.05;     // of the time beyond the baseline's
inline constexpr double kUnexplained = 0.15;      // likewise: what is left and told
inline constexpr double kBelievedAtOnce = 1.5;    // a ratio without interval: a disturbed block is off by some ten percent
inline constexpr double kSmallDifference = 0.03;  // that two copies of one program may show

// anomalies
RuleAnswers find_translated_faster(const PairFacts& facts, double explained);
RuleAnswers find_wider_slower(const PairFacts& facts, double explained);
RuleAnswers find_control_bias(const PairFacts& facts, double explained);

// causes
RuleAnswers find_start_up(const PairFacts& facts, double explained);
RuleAnswers find_dot_product(const PairFacts& facts, double explained);
RuleAnswers find_software_arithmetic(const PairFacts& facts, double explained);
RuleAnswers find_instruction_set(const PairFacts& facts, double explained);
RuleAnswers find_translated_arithmetic(const PairFacts& facts, double explained);
RuleAnswers find_exponential(const PairFacts& facts, double explained);
RuleAnswers find_memory(const PairFacts& facts, double explained);
RuleAnswers find_more_instructions(const PairFacts& facts, double explained);

// notes
RuleAnswers find_first_loop(const PairFacts& facts, double explained);
RuleAnswers find_scalar_baseline(const PairFacts& facts, double explained);
RuleAnswers find_wider_tier(const PairFacts& facts, double explained);
RuleAnswers find_slice_apart(const PairFacts& facts, double explained);

std::string times_text(double ratio);                 // "2.32x"
std::string interval_text(const Estimate& estimate);  // "takes 0.855x the time [0.798, 0.916]"

}  // namespace m1bench
