// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>

#include "analysis/explain_commands.hpp"
#include "analysis/explain_rules.hpp"
#include "m1bench/core/text.hpp"

namespace m1bench {
namespace {

std::string from_to(double from_s, double to_s) { return format_seconds(from_s) + " -> " + format_seconds(to_s); }

std::string detail_of(const ArithmeticLeg& leg) {
  if (leg.kind == ArithmeticKind::dot_product)
    return ", as bound/i8 takes " + times_text(leg.bound_ratio) + " where bound/f32 takes " + times_text(*leg.other_bound_ratio);
  return "";
}

RuleAnswers arithmetic_answers(const PairFacts& facts, ArithmeticKind kind) {
  RuleAnswers answers;
  for (const ArithmeticLeg& leg : facts.legs) {
    const auto share = facts.share_of_extra(leg.from_s, leg.to_s);
    if (leg.kind != kind || !share) continue;
    answers.push_back({share, "arithmetic " + from_to(leg.from_s, leg.to_s) + detail_of(leg), "", false});
  }
  return answers;
}

RuleAnswers missing(std::string message, std::string settle) {
  return {{std::nullopt, std::move(message), std::move(settle), true}};
}

std::string parameter(const Case& item, const char* name) {
  const auto found = item.parameters.find(name);
  return found == item.parameters.end() ? "" : found->second;
}

// The same model or product in f32, of which the run has no bound but the case itself.
std::string floating_sibling(std::string name) {
  for (const auto& [integer, floating] : {std::pair("/i8/", "/f32/"), std::pair("-int8", "-f32")}) {
    const std::size_t at = name.find(integer);
    if (at != std::string::npos) return name.replace(at, std::string_view(integer).size(), floating);
  }
  return "";
}

// What moves as much data in as many elements and does least else: the quickest on the target.
const CaseSummary* plain_twin(const PairFacts& facts) {
  const CaseSummary* quickest = nullptr;
  for (std::size_t i = 0; i < facts.run.cases.size(); ++i) {
    const Case& item = facts.run.cases[i];
    if (item.family != "elementwise" || parameter(item, "operation") == "exp" || item.bytes != facts.item.bytes ||
        item.threads != facts.item.threads || parameter(item, "elements") != parameter(facts.item, "elements"))
      continue;
    const CaseSummary& row = facts.summary.cases[i];
    const TargetSummary *base = find_on(row, facts.base.target), *other = find_on(row, facts.other.target);
    if (base && other && (!quickest || *other->loop_s < *find_on(*quickest, facts.other.target)->loop_s)) quickest = &row;
  }
  return quickest;
}

// Seconds of exp alone, beyond moving the data.
double exponential_s(const CaseSummary& exp, const CaseSummary& plain, const std::string& target) {
  return std::max(0.0, *find_on(exp, target)->loop_s - *find_on(plain, target)->loop_s);
}

RuleAnswers elementwise_exponential(const PairFacts& facts) {
  const CaseSummary* plain = plain_twin(facts);
  if (!plain) {
    return missing("how much of it is the exponential: no elementwise case with as much data is in the run",
                   command_for(facts, "run", {facts.item.name, "elementwise/mul-scalar", "elementwise/relu"}));
  }
  const double base_s = exponential_s(facts.row, *plain, facts.base.target),
               other_s = exponential_s(facts.row, *plain, facts.other.target);
  const auto share = facts.share_of_extra(base_s, other_s);
  if (!share) return {};
  return {{share, "beyond " + plain->name + ", which moves as much data, " + from_to(base_s, other_s), "", false}};
}

RuleAnswers softmax_exponential(const PairFacts& facts) {
  for (const Case& item : facts.run.cases) {
    if (item.family != "elementwise" || parameter(item, "operation") != "exp" || item.threads != facts.item.threads) continue;
    const CaseSummary* exp = row_named(facts.summary, item.name);
    const TargetSummary *base = find_on(*exp, facts.base.target), *other = find_on(*exp, facts.other.target);
    const double elements = std::strtod(parameter(item, "elements").c_str(), nullptr);
    const double own = std::strtod(parameter(facts.item, "rows").c_str(), nullptr) *
                       std::strtod(parameter(facts.item, "columns").c_str(), nullptr);
    if (!base || !other || elements < 1 || own < 1) continue;
    // A loop over large arrays also waits for memory, natively at least: what exp costs is no more than this.
    const double base_s = std::min(*base->loop_s / elements * own, *facts.base.loop_s);
    const double other_s = std::min(*other->loop_s / elements * own, facts.other_s());
    const auto share = facts.share_of_extra(base_s, other_s);
    if (!share) return {};
    return {{share, "its exponentials " + from_to(base_s, other_s) + " at the speed of " + item.name, "", false}};
  }
  return missing("how much of it is the exponential: elementwise/exp is not in the run",
                 command_for(facts, "run", {facts.item.name, "elementwise/exp"}));
}

}  // namespace

RuleAnswers find_start_up(const PairFacts& facts, double) {
  if (!times_launches(facts.item)) return {};
  return {{1.0, "a launch " + from_to(*facts.base.loop_s, facts.other_s()), "", false}};
}

RuleAnswers find_dot_product(const PairFacts& facts, double) {
  if (facts.item.dtype != "i8") return {};
  if (!facts.legs.empty()) {
    if (rate_in_bound(facts, "f32", facts.base.target) && rate_in_bound(facts, "f32", facts.other.target))
      return arithmetic_answers(facts, ArithmeticKind::dot_product);
    return missing("whether integers fall behind more than floating point: " + bound_lacking(facts, "f32"),
                   command_for(facts, "run", {"bound/i8", "bound/f32", facts.item.name}));
  }
  const CaseSummary* sibling = row_named(facts.summary, floating_sibling(facts.item.name));
  const TargetSummary* floating = sibling ? find_on(*sibling, facts.other.target) : nullptr;
  if (!floating || !floating->ratio) {
    return missing(
        "whether integer dot products are missing: neither bound/i8 and bound/f32 nor an f32 case like it is in the run",
        command_for(facts, "run", {"bound/i8", "bound/f32", facts.item.name}));
  }
  const double beyond = facts.log_ratio - floating->ratio->log_ratio;
  if (facts.log_ratio <= 0 || beyond <= std::log(1.25)) return {};
  return {{std::min(1.0, beyond / facts.log_ratio),
           times_text(std::exp(facts.log_ratio)) + " the time where " + sibling->name + " takes " +
               times_text(floating->ratio->ratio()),
           "", false}};
}

RuleAnswers find_software_arithmetic(const PairFacts& facts, double) {
  return arithmetic_answers(facts, ArithmeticKind::software);
}

RuleAnswers find_instruction_set(const PairFacts& facts, double) {
  if (facts.arithmetic_bound_missing && !facts.translated()) {
    return missing("how much of it is arithmetic: " + bound_lacking(facts, facts.item.dtype),
                   command_for(facts, "run", {"bound/" + facts.item.dtype, facts.item.name}));
  }
  return arithmetic_answers(facts, ArithmeticKind::instruction_set);
}

RuleAnswers find_translated_arithmetic(const PairFacts& facts, double) {
  if (facts.arithmetic_bound_missing && facts.translated() && facts.item.dtype != "i8") {
    return missing("how much of it is arithmetic: " + bound_lacking(facts, facts.item.dtype),
                   command_for(facts, "run", {"bound/" + facts.item.dtype, facts.item.name}));
  }
  return arithmetic_answers(facts, ArithmeticKind::translated);
}

RuleAnswers find_exponential(const PairFacts& facts, double) {
  if (facts.item.family == "softmax") return softmax_exponential(facts);
  if (facts.item.family == "elementwise" && parameter(facts.item, "operation") == "exp") return elementwise_exponential(facts);
  return {};
}

RuleAnswers find_memory(const PairFacts& facts, double) {
  if (!moves_data(facts.item) || !facts.legs.empty()) return {};
  const auto base_rate = rate_in_bound(facts, "", facts.base.target), other_rate = rate_in_bound(facts, "", facts.other.target);
  if (!base_rate || !other_rate) {
    return missing("whether memory limits it: " + bound_lacking(facts, ""),
                   command_for(facts, "run", {"bound/triad", facts.item.name}));
  }
  // Where every number is computed in software the triad is limited by that, and being near it says nothing of memory.
  if (facts.translated() && !rate_in_bound(facts, facts.item.dtype, facts.other.target)) {
    return missing("whether memory or arithmetic limits it: " + bound_lacking(facts, facts.item.dtype),
                   command_for(facts, "run", {"bound/" + facts.item.dtype, "bound/triad", facts.item.name}));
  }
  // Not held to the loop: a case may pass the triad, and cut off on both sides the two would differ just as the loops do.
  const double base_s = facts.item.bytes / *base_rate, other_s = facts.item.bytes / *other_rate;
  const double base_speed = base_s / *facts.base.loop_s, other_speed = other_s / *facts.other.loop_s;
  if (base_speed < kLimitedByMemory || other_speed < kLimitedByMemory) return {};
  // The triad itself is what is meant by memory.
  const auto share = is_bound(facts.item) ? std::optional(1.0) : facts.share_of_extra(base_s, other_s);
  const std::string message = "at the speed of bound/triad " + from_to(base_s, other_s) + "; it reaches " +
                              format_percent(other_speed) + " of that, and the baseline " + format_percent(base_speed);
  return {{share ? std::optional(std::max(0.0, *share)) : share, message, "", false}};
}

RuleAnswers find_more_instructions(const PairFacts& facts, double explained) {
  if (!facts.translated() || !facts.other.instructions_ratio || facts.log_ratio <= 0) return {};
  const double instructions = std::log(*facts.other.instructions_ratio) / facts.log_ratio;
  const double share = std::min(instructions, 1.0) - explained;
  return {{share, times_text(*facts.other.instructions_ratio) + " the instructions of the baseline", "", false}};
}

}  // namespace m1bench
