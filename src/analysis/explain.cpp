// SPDX-License-Identifier: Apache-2.0
#include "analysis/explain.hpp"

#include <algorithm>
#include <cmath>

#include "analysis/comparison.hpp"
#include "analysis/explain_arithmetic.hpp"
#include "analysis/explain_commands.hpp"
#include "analysis/explain_rules.hpp"
#include "m1bench/core/error.hpp"
#include "m1bench/core/text.hpp"

namespace m1bench {
namespace {

constexpr const char* kBounds = "`m1bench run 'bound/*' CASE`";

constexpr ExplainRule kRules[] = {
    {"translated-faster", ReasonKind::anomaly, "translated code beats native code", "a ratio with an interval",
     "a translated target with the verdict faster", "the verdict has its own margins",
     "`m1bench run CASE --control`, if the interval ends within 3 % of no difference", find_translated_faster},
    {"wider-slower", ReasonKind::anomaly, "wider instructions take longer", "two tiers under one translator, or natively",
     "a tier with the verdict slower against the lowest tier", "the verdict has its own margins",
     "`m1bench run CASE --control`, if the interval ends within 3 % of no difference", find_wider_slower},
    {"control-bias", ReasonKind::anomaly, "two copies of the baseline differ", "a control",
     "the control's own verdict is slower or faster, with the noise floor of 0.5 %", "a copy should show no difference",
     "`m1bench run CASE --control --thorough`", find_control_bias},
    {"start-up", ReasonKind::cause, "starting the process", "a case whose loop is a launch", "always, of startup/noop",
     "nothing else is in its loop", "`m1bench run startup/noop`", find_start_up},
    {"dot-product", ReasonKind::cause, "integer products fall behind more than floating point",
     "bound/i8 and bound/f32, or the same case in f32",
     "an i8 case whose bound takes over 1.25 of the ratio that bound/f32 takes",
     "bounds are measured at different times and differ by some percent; instructions for dot products are worth 2x and more",
     kBounds, find_dot_product},
    {"software-arithmetic", ReasonKind::cause,
     "arithmetic is computed in software: its bound takes longer than working on one number at a time would",
     "the bound of its type, the slices", "the bound takes over twice as long as working on one number at a time would cost",
     "an instruction does as many numbers as it has lanes, and narrower instructions cost as well; the factor 2 is for what goes "
     "with it",
     kBounds, find_software_arithmetic},
    {"instruction-set", ReasonKind::cause, "its instructions do less at once", "the bound of its type, the slices",
     "between native tiers: always; else the bound's ratio is at most 1.1 of what fewer lanes and no fused multiply-add cost",
     "what the instructions cannot do, no translator can give back; 1.1 is for bounds measured at different times", kBounds,
     find_instruction_set},
    {"translated-arithmetic", ReasonKind::cause, "the translator makes slower arithmetic of it", "the bound of its type",
     "a translated target, and neither of the two rows above", "the bound has nothing but arithmetic in it", kBounds,
     find_translated_arithmetic},
    {"exponential", ReasonKind::cause, "the exponential function", "elementwise/exp, and a case that moves as much data",
     "elementwise/exp beyond that case; softmax at the speed of elementwise/exp", "the two differ in the exponential alone",
     "`m1bench run 'elementwise/*' CASE`", find_exponential},
    {"memory", ReasonKind::cause, "memory limits both, whatever the code", "bound/triad, and the bound of its type if translated",
     "a case in B/s at 80 % of bound/triad or more on both, whose arithmetic takes no longer than the baseline's loop",
     "a kernel that streams reaches 80 to 120 % of the triad", kBounds, find_memory},
    {"more-instructions", ReasonKind::cause, "translation makes more instructions of one", "counted instructions on both",
     "a slower translated target; log of the instructions over log of the time, less what rows above explain",
     "time is instructions times time per instruction", "a machine that counts instructions", find_more_instructions},
    {"slice-apart", ReasonKind::note, "slice and translation", "the target's slice run natively",
     "a translated slice that this machine runs natively too", "both factors are then measured",
     "`m1bench run CASE --targets BASELINE,SLICE/native,TARGET`", find_slice_apart},
    {"first-loop", ReasonKind::note, "the first loop is slower than later ones", "the verified loop",
     "a first loop 10 times as long as later ones, and 3 times as much so as natively",
     "caches and pages cost a native first loop up to four times", "`m1bench verify CASE`", find_first_loop},
    {"scalar-baseline", ReasonKind::note, "the native code is slow itself", "the bound of its type",
     "an arithmetic case whose baseline reaches at most 1.1 of one lane's share of the bound",
     "code that works on one number at a time reaches no more", kBounds, find_scalar_baseline},
    {"wider-tier", ReasonKind::note, "what a wider tier is worth here", "two tiers under the translator",
     "a translated arithmetic case, against the lowest tier", "the verdict has its own margins", "`m1bench tiers CASE`",
     find_wider_tier},
};

// The interval holds "no difference". One or two blocks have none, and are believed only where no single disturbed block goes.
bool is_unsure(const TargetSummary& other) {
  const double distance = std::abs(other.ratio->log_ratio);
  if (!other.ratio->half_width) return distance < std::log(kBelievedAtOnce);
  return other.verdict == Verdict::unsure && distance <= *other.ratio->half_width;
}

// What the run leaves open of the ratio itself.
void add_what_is_unsure(const PairFacts& facts, TargetExplanation& told) {
  const bool interval = told.ratio->half_width.has_value();
  if (interval && told.state != Explained::unsure) return;
  const std::string message =
      told.state == Explained::unsure ? "whether there is a difference at all" : "how far its ratio can be believed: it has no interval";
  told.reasons.push_back(
      {"unsure", ReasonKind::missing, {}, message, command_for(facts, "run", {facts.item.name}, {"--thorough"})});
}

void add_what_is_unexplained(const PairFacts& facts, TargetExplanation& told) {
  if (told.unexplained.value_or(0) < kUnexplained || facts.row.is_bound) return;
  Reason reason{"unexplained", ReasonKind::missing, {}, "where the rest of its time goes", ""};
  if (has_operations(facts.item)) {
    reason.settle = command_for(facts, "profile", {facts.item.name});
  } else {
    reason.message += std::string(": m1bench sees nothing of what is in a ") + (runs_program(facts.item) ? "program" : "kernel") +
                      ", a profiler of the system does (perf, Instruments)";
  }
  told.reasons.push_back(std::move(reason));
}

Reason reason_of(const ExplainRule& rule, RuleAnswer answer) {
  const ReasonKind kind = answer.missing ? ReasonKind::missing : rule.kind;
  return {std::string(rule.code), kind, answer.missing ? std::nullopt : answer.share, std::move(answer.message),
          std::move(answer.settle)};
}

// Causes are measured apart from one another and may overlap by some percent: together they are no more than everything.
void settle_shares(std::vector<Reason>& reasons, TargetExplanation& told) {
  double total = 0;
  for (const Reason& reason : reasons) total += reason.share.value_or(0);
  for (Reason& reason : reasons) {
    if (reason.share && total > 1) reason.share = *reason.share / total;
  }
  told.unexplained = std::max(0.0, 1 - total);
  std::stable_sort(reasons.begin(), reasons.end(), [](const Reason& a, const Reason& b) {
    return a.kind != b.kind ? a.kind < b.kind : a.share.value_or(0) > b.share.value_or(0);
  });
}

void apply_rules(const PairFacts& facts, TargetExplanation& told) {
  double explained = 0;
  for (const ExplainRule& rule : kRules) {
    if (told.state != Explained::told && rule.kind != ReasonKind::anomaly) continue;
    for (RuleAnswer& answer : rule.find(facts, explained)) {
      const bool too_little = rule.kind == ReasonKind::cause && !answer.missing && answer.share.value_or(0) < kWorthTelling;
      // That memory limits a case is worth knowing because its share is small.
      if (too_little && rule.code != std::string_view("memory")) continue;
      explained += answer.missing ? 0 : answer.share.value_or(0);
      told.reasons.push_back(reason_of(rule, std::move(answer)));
    }
  }
  if (told.state == Explained::told) settle_shares(told.reasons, told);
  if (facts.native_twin && told.state == Explained::told) {
    const double slice_log = std::log(*facts.native_twin->loop_s / *facts.base.loop_s);
    told.parting = Parting{facts.native_twin->target, slice_log, facts.log_ratio - slice_log};
  }
}

TargetExplanation explain_target(const Run& run, const Summary& summary, const std::vector<TierRatio>& tiers,
                                 std::size_t case_index, std::size_t target_index) {
  const CaseSummary& row = summary.cases[case_index];
  const TargetSummary& other = row.others[target_index];
  TargetExplanation told{other.target, Explained::nothing, other.outcome, other.ratio, other.verdict, {}, {}, {}};
  if (!other.ratio || !row.baseline.loop_s || !other.loop_s || !find_target(run, row.baseline.target)) return told;
  told.state = other.verdict == Verdict::same ? Explained::same : is_unsure(other) ? Explained::unsure : Explained::told;
  const PairFacts facts = gather_pair(run, summary, tiers, case_index, target_index);
  apply_rules(facts, told);
  add_what_is_unsure(facts, told);
  add_what_is_unexplained(facts, told);
  return told;
}

bool is_chosen(const ExplainChoice& choice, const std::string& name) {
  return choice.patterns.empty() || std::any_of(choice.patterns.begin(), choice.patterns.end(),
                                                [&](const std::string& pattern) { return matches_pattern(pattern, name); });
}

std::string instructions_text(const SliceArithmetic& slice) {
  return std::to_string(slice.lanes) + " f32 at once " + (slice.fused ? "with" : "without") + " fused multiply-add";
}

std::vector<TargetCeilings> ceilings_of(const Run& run, const Summary& summary, const ExplainChoice& choice) {
  std::vector<TargetCeilings> all;
  const Target* baseline = find_target(run, summary.baseline);
  for (std::size_t t = 0; t < summary.others.size(); ++t) {
    if (!choice.target.empty() && choice.target != summary.others[t]) continue;
    TargetCeilings& target = all.emplace_back(TargetCeilings{summary.others[t], {}, ""});
    for (const CaseSummary& row : summary.cases) {
      if (row.is_bound && row.others[t].ratio) target.bounds.emplace_back(row.name, *row.others[t].ratio);
    }
    const SliceArithmetic* slice = arithmetic_of(find_target(run, target.target)->slice);
    const SliceArithmetic* against = baseline ? arithmetic_of(baseline->slice) : nullptr;
    if (slice && against && slice != against)
      target.instructions = instructions_text(*slice) + ", " + summary.baseline + " " + instructions_text(*against);
    const Target& of = *find_target(run, target.target);
    if (baseline && of.translator != "native") target.one_number_limit = one_number_limit(*baseline, of, "f32");
  }
  if (all.empty() && !choice.target.empty()) {
    const auto meant = nearest(choice.target, summary.others);
    throw Error(ErrorKind::usage, "the run compares no target \"" + choice.target + "\" with its baseline" +
                                      (meant ? "; did you mean \"" + *meant + "\"?" : ""));
  }
  return all;
}

}  // namespace

std::string_view name_of(ReasonKind kind) {
  static constexpr std::string_view kNames[] = {"anomaly", "cause", "note", "missing"};
  return kNames[static_cast<std::size_t>(kind)];
}

std::string_view name_of(Explained state) {
  static constexpr std::string_view kNames[] = {"told", "same", "unsure", "no ratio"};
  return kNames[static_cast<std::size_t>(state)];
}

std::span<const ExplainRule> explain_rules() { return kRules; }

Explanation explain(const Run& run, const ExplainChoice& choice) {
  if (has_sides(run)) {
    throw Error(ErrorKind::usage,
                "this is a run of `m1bench ab`, whose targets are two builds; `m1bench report` tells what it found");
  }
  const Summary summary = summarise(run);
  const std::vector<TierRatio> tiers = tier_ratios(run, summary);
  Explanation explanation{summary.baseline, ceilings_of(run, summary, choice), {}};
  for (std::size_t i = 0; i < summary.cases.size(); ++i) {
    if (!is_chosen(choice, summary.cases[i].name)) continue;
    CaseExplanation told{summary.cases[i].name, summary.cases[i].is_bound, {}};
    for (std::size_t t = 0; t < summary.others.size(); ++t) {
      if (choice.target.empty() || choice.target == summary.others[t])
        told.targets.push_back(explain_target(run, summary, tiers, i, t));
    }
    explanation.cases.push_back(std::move(told));
  }
  if (explanation.cases.empty() && !choice.patterns.empty())
    throw Error(ErrorKind::usage,
                "the run has no case like " + join_words(choice.patterns) + "; `m1bench report` lists its cases");
  return explanation;
}

}  // namespace m1bench
