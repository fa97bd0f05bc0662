// SPDX-License-Identifier: Apache-2.0
#include <cmath>

#include "analysis/explain_arithmetic.hpp"
#include "analysis/explain_commands.hpp"
#include "analysis/explain_rules.hpp"
#include "m1bench/core/text.hpp"

namespace m1bench {
namespace {

RuleAnswers note(std::string message, std::string settle = "") {
  return {{std::nullopt, std::move(message), std::move(settle), false}};
}
RuleAnswers missing(std::string message, std::string settle) {
  return {{std::nullopt, std::move(message), std::move(settle), true}};
}

// The first loop's time over that of later ones.
std::optional<double> first_over_later(const PairFacts& facts, const TargetSummary& target) {
  const Verification* check = find_verification(facts.run, facts.item.name, target.target);
  return check && check->loop_s > 0 && target.loop_s ? std::optional(check->loop_s / *target.loop_s) : std::nullopt;
}

// What two copies of one program may differ by too asks for a control.
std::string control_settles(const PairFacts& facts, const Estimate& ratio) {
  const bool small = std::abs(ratio.log_ratio) - ratio.half_width.value_or(0) < kSmallDifference;
  return small && !facts.row.control ? command_for(facts, "run", {facts.item.name}, {"--control"}) : "";
}

// The same two tiers run natively, in this case.
const TierRatio* native_tier(const PairFacts& facts, const TierRatio& translated) {
  const Target *tier = find_target(facts.run, translated.tier.target), *lowest = find_target(facts.run, translated.lowest);
  for (const TierRatio& row : facts.tiers) {
    const Target *of = find_target(facts.run, row.tier.target), *against = find_target(facts.run, row.lowest);
    if (row.case_name == facts.item.name && of->translator == "native" && of->slice == tier->slice &&
        against->slice == lowest->slice)
      return &row;
  }
  return nullptr;
}

bool has_one_tier(const PairFacts& facts) {
  int tiers = 0;
  for (const Target& other : facts.run.targets) {
    tiers += other.available && other.side.empty() && other.translator == facts.target.translator &&
             other.slice.starts_with("x86_64") == facts.target.slice.starts_with("x86_64");
  }
  return tiers == 1;
}

}  // namespace

std::string times_text(double ratio) { return format_significant(ratio, 3) + "x"; }

std::string interval_text(const Estimate& estimate) {
  const std::string text = "takes " + times_text(estimate.ratio()) + " the time";
  if (!estimate.half_width) return text;
  return text + " [" + format_significant(estimate.low(), 3) + ", " + format_significant(estimate.high(), 3) + "]";
}

RuleAnswers find_translated_faster(const PairFacts& facts, double) {
  if (!facts.translated() || facts.other.verdict != Verdict::faster) return {};
  return note(facts.other.target + " " + interval_text(*facts.other.ratio) + " of " + facts.base.target,
              control_settles(facts, *facts.other.ratio));
}

RuleAnswers find_wider_slower(const PairFacts& facts, double) {
  RuleAnswers answers;
  if (times_launches(facts.item)) return answers;  // of files, not of instructions
  for (const TierRatio& row : facts.tiers) {
    const bool of_target = row.tier.target == facts.other.target;
    const bool of_baseline = row.tier.target == facts.base.target && row.lowest == facts.other.target;
    if (row.case_name != facts.item.name || row.tier.verdict != Verdict::slower || (!of_target && !of_baseline)) continue;
    answers.push_back({std::nullopt, row.tier.target + " " + interval_text(*row.tier.ratio) + " of " + row.lowest,
                       control_settles(facts, *row.tier.ratio), false});
  }
  return answers;
}

RuleAnswers find_control_bias(const PairFacts& facts, double) {
  if (!facts.first_target || !facts.row.control) return {};
  const Verdict verdict = verdict_of(*facts.row.control, kNoiseFloor);
  if (verdict != Verdict::slower && verdict != Verdict::faster) return {};
  return note(
      "a second copy of " + facts.base.target + " " + interval_text(*facts.row.control) + " of the first; verdicts allow for it",
      command_for(facts, "run", {facts.item.name}, {"--control", "--thorough"}));
}

RuleAnswers find_first_loop(const PairFacts& facts, double) {
  const auto base = first_over_later(facts, facts.base), other = first_over_later(facts, facts.other);
  if (!facts.translated() || times_launches(facts.item) || !base || !other) return {};
  if (*other < kFirstLoop || *other < *base * 3) return {};
  return note("the first loop takes " + times_text(*other) + " as long as later ones (" + times_text(*base) + " on " +
              facts.base.target + "): a program that computes it once takes longer than the ratio says");
}

RuleAnswers find_scalar_baseline(const PairFacts& facts, double) {
  const SliceArithmetic* slice = arithmetic_of(facts.base_target.slice);
  const bool floating = facts.item.dtype == "f32" || facts.item.dtype == "f64";
  if (!does_arithmetic(facts.item) || is_bound(facts.item) || !floating || !slice) return {};
  const double lanes = facts.item.dtype == "f32" ? slice->lanes : slice->lanes / 2.0;
  if (!facts.base.share_of_bound || *facts.base.share_of_bound > kBoundNoise / lanes) return {};
  return note(facts.base.target + " itself reaches " + format_percent(*facts.base.share_of_bound) + " of bound/" +
              facts.item.dtype + ", no more than one of its " + format_significant(lanes, 2) +
              " lanes could: the ratio is no measure of tuned code");
}

RuleAnswers find_wider_tier(const PairFacts& facts, double) {
  if (!facts.translated() || !does_arithmetic(facts.item)) return {};
  for (const TierRatio& row : facts.tiers) {
    if (row.case_name != facts.item.name || row.tier.target != facts.other.target || row.tier.verdict == Verdict::slower)
      continue;
    const TierRatio* native = native_tier(facts, row);
    const std::string natively = native ? "; natively the wider tier " + interval_text(*native->tier.ratio) : "";
    if (row.tier.verdict == Verdict::faster) return note(interval_text(*row.tier.ratio) + " of " + row.lowest + natively);
    return note("no gain over " + row.lowest + " to be seen: " + interval_text(*row.tier.ratio) + natively);
  }
  if (!facts.target.slice.starts_with("x86_64") || !has_one_tier(facts)) return {};
  return missing("whether a wider tier is worth anything under " + facts.target.translator + ": one tier is in the run",
                 command_for(facts, "tiers", {facts.item.name}));
}

RuleAnswers find_slice_apart(const PairFacts& facts, double) {
  if (runs_program(facts.item) || !facts.translated() || facts.native_twin || facts.target.slice == facts.base_target.slice) return {};
  // On another architecture it cannot run natively, and there is nothing to ask for.
  const bool runs_here = facts.target.slice.starts_with(facts.run.machine.arch) && !facts.run.machine.arch.empty();
  if (!runs_here) return {};
  return missing("how much is the slice and how much its translation: " + facts.target.slice + "/native is not in the run",
                 command_for(facts, "run", {facts.item.name},
                             {"--targets", facts.base.target + "," + facts.target.slice + "/native," + facts.other.target}));
}

}  // namespace m1bench
