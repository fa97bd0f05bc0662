// SPDX-License-Identifier: Apache-2.0
#include "report/comparison_outcome.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "report/wording.hpp"

namespace m1bench {
namespace {

// What has been exceeded, or not; the control may have raised it for some cases.
std::string margin_words(const Comparison& comparison) {
  if (comparison.control_half_width) return "more than the margin allows";
  return fmt::format("more than {}x the time of base", ratio_number(1 + comparison.margin));
}

std::string all_of(const Comparison& comparison) {
  return counted(static_cast<long long>(comparison.changes.size()), "comparison");
}

// "2 of 22 comparisons"
std::string some_of(const Comparison& comparison, Decision decision) {
  return fmt::format("{} of {}", count_of(comparison, decision), all_of(comparison));
}

// What is worth a word beside what the headline is about.
std::string besides(const Comparison& comparison, Decision told) {
  struct Word {
    Decision decision;
    const char* text;
  };
  constexpr Word kWords[] = {{Decision::missing, "missing"}, {Decision::regressed, "regressed"}, {Decision::unsure, "unsure"}};
  std::string text;
  for (const Word& word : kWords) {
    const int count = count_of(comparison, word.decision);
    if (word.decision == told || count == 0) continue;
    text += fmt::format("{}{} {}", text.empty() ? "; " : ", ", count, word.text);
  }
  return text;
}

std::string not_comparable_text(const Comparison& comparison) {
  if (!comparison.unlike.empty() && !comparison.forced) {
    return fmt::format("NOT COMPARABLE: base and head differ in {}",
                       counted(static_cast<long long>(comparison.unlike.size()), "field"));
  }
  if (comparison.changes.empty()) return "NOT COMPARABLE: base and head have nothing in common to compare";
  return fmt::format("NOT COMPARABLE: {} {} missing in head{}", some_of(comparison, Decision::missing),
                     count_of(comparison, Decision::missing) == 1 ? "is" : "are", besides(comparison, Decision::missing));
}

}  // namespace

GateOutcome outcome_of(const Comparison& comparison) {
  const bool unlike = !comparison.unlike.empty() && !comparison.forced;
  if (count_of(comparison, Decision::wrong) > 0) return GateOutcome::wrong;
  if (unlike || comparison.changes.empty() || count_of(comparison, Decision::missing) > 0) return GateOutcome::not_comparable;
  if (count_of(comparison, Decision::regressed) > 0) return GateOutcome::regressed;
  return count_of(comparison, Decision::unsure) > 0 ? GateOutcome::unsure : GateOutcome::ok;
}

std::string_view name_of(GateOutcome outcome) {
  switch (outcome) {
    case GateOutcome::wrong: return "wrong answers";
    case GateOutcome::not_comparable: return "not comparable";
    case GateOutcome::regressed: return "regressed";
    case GateOutcome::unsure: return "unsure";
    case GateOutcome::ok: break;
  }
  return "ok";
}

Tone tone_of(GateOutcome outcome) {
  if (outcome == GateOutcome::ok) return Tone::good;
  return outcome == GateOutcome::unsure ? Tone::doubtful : Tone::bad;
}

int count_of(const Comparison& comparison, Decision decision) {
  return static_cast<int>(std::count_if(comparison.changes.begin(), comparison.changes.end(),
                                        [&](const Change& change) { return change.decision == decision; }));
}

int tested(const Comparison& comparison) {
  return static_cast<int>(std::count_if(comparison.changes.begin(), comparison.changes.end(),
                                        [](const Change& change) { return change.p.has_value(); }));
}

std::string headline(const Comparison& comparison) {
  switch (outcome_of(comparison)) {
    case GateOutcome::wrong:
      return fmt::format("WRONG ANSWERS: in {}{}", some_of(comparison, Decision::wrong), besides(comparison, Decision::wrong));
    case GateOutcome::not_comparable: return not_comparable_text(comparison);
    case GateOutcome::regressed:
      return fmt::format("REGRESSED: {} {} {}{}", some_of(comparison, Decision::regressed),
                         count_of(comparison, Decision::regressed) == 1 ? "takes" : "take", margin_words(comparison),
                         besides(comparison, Decision::regressed));
    case GateOutcome::unsure:
      return fmt::format("UNSURE: {} may take {}", some_of(comparison, Decision::unsure), margin_words(comparison));
    case GateOutcome::ok: break;
  }
  if (comparison.pairing == Pairing::same) return "OK: base and head are the same run, so every change is exactly 1";
  return fmt::format("OK: none of {} takes {}", all_of(comparison), margin_words(comparison));
}

}  // namespace m1bench
