// SPDX-License-Identifier: Apache-2.0
#include "analysis/explain_arithmetic.hpp"

#include <algorithm>

namespace m1bench {
namespace {

struct Ends {
  const TargetSummary* from;
  const TargetSummary* to;
  const Target& from_target;
  const Target& to_target;
};

bool uses_exponentials(const Case& item) {
  const auto operation = item.parameters.find("operation");
  return item.family == "softmax" || (operation != item.parameters.end() && operation->second == "exp");
}

// Operations on f32 of one instruction, a fused multiplication and addition counting as two.
double operations_at_once(const SliceArithmetic& slice) { return slice.lanes * (slice.fused ? 2 : 1); }

// Of the bound's time per operation.
std::optional<double> bound_ratio(const PairFacts& facts, const std::string& dtype, const Ends& ends) {
  const auto from = rate_in_bound(facts, dtype, ends.from->target), to = rate_in_bound(facts, dtype, ends.to->target);
  return from && to && *to > 0 ? std::optional(*from / *to) : std::nullopt;
}

// What the slowness of arithmetic on this leg is called, integer products apart.
void classify(const Ends& ends, ArithmeticLeg& leg) {
  const std::optional<double> limit =
      one_number_limit(ends.from_target, ends.to_target, leg.bound.substr(leg.bound.find('/') + 1));
  const std::optional<double> gap = instruction_gap(ends.from_target, ends.to_target);
  leg.kind = ArithmeticKind::translated;
  if (ends.to_target.translator == "native") {
    leg.kind = ArithmeticKind::instruction_set;
  } else if (limit && leg.bound_ratio > *limit) {
    leg.kind = ArithmeticKind::software;
  } else if (gap && *gap > 1 && leg.bound_ratio <= *gap * kBoundNoise) {
    leg.kind = ArithmeticKind::instruction_set;
  }
}

void add_leg(PairFacts& facts, const Ends& ends) {
  const std::string& dtype = facts.item.dtype;
  const auto from = rate_in_bound(facts, dtype, ends.from->target), to = rate_in_bound(facts, dtype, ends.to->target);
  if (!from || !to) {
    facts.arithmetic_bound_missing = does_arithmetic(facts.item);
    return;
  }
  ArithmeticLeg leg;
  leg.from = ends.from;
  leg.to = ends.to;
  leg.from_s = std::min(facts.item.flop / *from, *ends.from->loop_s);
  leg.to_s = std::min(facts.item.flop / *to, *ends.to->loop_s);
  leg.bound_ratio = *from / *to;
  leg.bound = "bound/" + dtype;
  classify(ends, leg);
  const std::optional<double> floating = dtype == "i8" ? bound_ratio(facts, "f32", ends) : std::nullopt;
  if (floating && leg.bound_ratio > *floating * kIntegerGap) {
    // As far as floating point falls behind too it is nothing about integers.
    ArithmeticLeg integers = leg;
    integers.kind = ArithmeticKind::dot_product;
    integers.other_bound_ratio = floating;
    integers.from_s = leg.to_s = std::min(leg.from_s * *floating, leg.to_s);
    leg.bound_ratio = *floating;
    leg.bound = "bound/f32";
    classify(ends, leg);
    facts.legs.push_back(integers);
  }
  facts.legs.push_back(leg);
}

}  // namespace

std::optional<double> instruction_gap(const Target& from, const Target& to) {
  const SliceArithmetic *a = arithmetic_of(from.slice), *b = arithmetic_of(to.slice);
  if (!a || !b) return std::nullopt;
  return std::max(1.0, operations_at_once(*a) / operations_at_once(*b));
}

std::optional<double> one_number_limit(const Target& from, const Target& to, std::string_view dtype) {
  const SliceArithmetic *a = arithmetic_of(from.slice), *b = arithmetic_of(to.slice);
  if (!a || !b) return std::nullopt;
  const double width = dtype == "i8" ? 4 : dtype == "f64" ? 0.5 : 1;  // lanes of that type for each of f32
  const double one_lane = b->fused ? 2 : 1;  // whatever the lanes of the target are: such code uses one of them
  return operations_at_once(*a) * width / one_lane * kBeyondOneLane;
}

void take_arithmetic(PairFacts& facts) {
  if (facts.item.flop <= 0 || times_launches(facts.item) || uses_exponentials(facts.item)) return;
  if (facts.native_twin) {
    const Target& twin = *find_target(facts.run, facts.native_twin->target);
    add_leg(facts, {&facts.base, facts.native_twin, facts.base_target, twin});
    add_leg(facts, {facts.native_twin, &facts.other, twin, facts.target});
  } else {
    add_leg(facts, {&facts.base, &facts.other, facts.base_target, facts.target});
  }
  if (moves_data(facts.item) && !facts.legs.empty() && facts.legs.back().to_s <= *facts.base.loop_s) facts.legs.clear();
}

}  // namespace m1bench
