// SPDX-License-Identifier: Apache-2.0
#include "analysis/explain_facts.hpp"

#include <algorithm>
#include <cmath>

#include "analysis/bounds.hpp"
#include "analysis/explain_arithmetic.hpp"

namespace m1bench {
namespace {

constexpr SliceArithmetic kSlices[] = {
    {"x86_64-v2", 4, false}, {"x86_64-v3", 8, true}, {"x86_64-v4", 16, true}, {"arm64", 4, true}, {"arm64-dotprod", 4, true}};

// Of the target's slice when run natively here, unless that is the baseline or the target itself.
const TargetSummary* find_native_twin(const Run& run, const CaseSummary& row, const Target& target, const Target& baseline) {
  if (target.translator == "native" || target.slice == baseline.slice) return nullptr;
  for (const Target& other : run.targets) {
    if (other.slice == target.slice && other.translator == "native" && other.side.empty()) return find_on(row, other.name);
  }
  return nullptr;
}

}  // namespace

const SliceArithmetic* arithmetic_of(std::string_view slice) {
  const auto* found = std::find_if(std::begin(kSlices), std::end(kSlices), [&](const auto& row) { return row.slice == slice; });
  return found == std::end(kSlices) ? nullptr : found;
}

bool moves_data(const Case& item) { return item.rate == RateUnit::bytes; }

bool has_operations(const Case& item) { return item.rate == RateUnit::samples && !runs_program(item); }

bool does_arithmetic(const Case& item) { return !moves_data(item) && !times_launches(item) && item.flop > 0; }

const Case* case_named(const Run& run, std::string_view name) { return find_case(run, std::string(name)); }

const CaseSummary* row_named(const Summary& summary, std::string_view name) {
  const auto found =
      std::find_if(summary.cases.begin(), summary.cases.end(), [&](const CaseSummary& row) { return row.name == name; });
  return found == summary.cases.end() ? nullptr : &*found;
}

const TargetSummary* find_on(const CaseSummary& row, std::string_view target) {
  const TargetSummary* found = row.baseline.target == target ? &row.baseline : nullptr;
  for (const TargetSummary& other : row.others) {
    if (other.target == target) found = &other;
  }
  return found && found->loop_s && *found->loop_s > 0 ? found : nullptr;
}

namespace {

bool is_bound_of(const Case& bound, std::string_view dtype) {
  return is_bound(bound) && (dtype.empty() ? moves_data(bound) : !moves_data(bound) && bound.dtype == dtype);
}

// Of the run's cases, by number.
std::optional<std::size_t> find_bound(const PairFacts& facts, std::string_view dtype) {
  const std::size_t item = static_cast<std::size_t>(&facts.item - facts.run.cases.data());
  for (std::size_t b = 0; b < facts.run.cases.size(); ++b) {
    const Case& bound = facts.run.cases[b];
    if (is_bound_of(bound, dtype) && bound.threads == facts.item.threads && on_one_machine(facts.run, b, item)) return b;
  }
  return std::nullopt;
}

// What keeps the run's bounds of that type from saying anything of the item; "" where there are none.
std::string unlike_the_bound(const PairFacts& facts, std::string_view dtype) {
  std::string unlike;
  for (const Case& bound : facts.run.cases) {
    if (!is_bound_of(bound, dtype)) continue;
    if (bound.threads == facts.item.threads) return " on the same machine";
    unlike = " with " + std::to_string(facts.item.threads) + (facts.item.threads == 1 ? " thread" : " threads");
  }
  return unlike;
}

}  // namespace

std::optional<double> rate_in_bound(const PairFacts& facts, std::string_view dtype, std::string_view target) {
  const auto found = find_bound(facts, dtype);
  if (!found) return std::nullopt;
  const Case& bound = facts.run.cases[*found];
  const TargetSummary* reached = find_on(facts.summary.cases[*found], target);
  const double amount = dtype.empty() ? bound.bytes : bound.flop;
  return reached && amount > 0 ? std::optional(amount / *reached->loop_s) : std::nullopt;
}

std::string bound_lacking(const PairFacts& facts, std::string_view dtype) {
  const std::string name = "bound/" + (dtype.empty() ? "triad" : std::string(dtype));
  const auto found = find_bound(facts, dtype);
  if (!found) return name + " is not in the run" + unlike_the_bound(facts, dtype);
  const CaseSummary& row = facts.summary.cases[*found];
  const auto lacks = [&](const TargetSummary& target) { return !find_on(row, target.target); };
  std::vector<const TargetSummary*> all{&row.baseline};
  for (const TargetSummary& other : row.others) all.push_back(&other);
  for (const TargetSummary* target : all) {
    const bool concerned = target->target == facts.base.target || target->target == facts.other.target ||
                           target->target == facts.twin_or_base->target;
    if (concerned && lacks(*target)) return row.name + " has no time on " + target->target + ": " + std::string(name_of(target->outcome));
  }
  return row.name + " says nothing";
}

double PairFacts::other_s() const { return *base.loop_s * std::exp(log_ratio); }

std::optional<double> PairFacts::share_of_extra(double base_s, double other_s_) const {
  const double extra = other_s() - *base.loop_s;
  if (extra == 0) return std::nullopt;
  const double share = (other_s_ - base_s) / extra;
  return std::isfinite(share) ? std::optional(std::min(share, 1.0)) : std::nullopt;
}

PairFacts gather_pair(const Run& run, const Summary& summary, const std::vector<TierRatio>& tiers, std::size_t case_index,
                      std::size_t target_index) {
  const CaseSummary& row = summary.cases[case_index];
  const TargetSummary& other = row.others[target_index];
  PairFacts facts{.run = run,
                  .summary = summary,
                  .tiers = tiers,
                  .item = run.cases[case_index],
                  .row = row,
                  .base = row.baseline,
                  .other = other,
                  .base_target = *find_target(run, row.baseline.target),
                  .target = *find_target(run, other.target)};
  facts.first_target = target_index == 0;
  facts.log_ratio = other.ratio->log_ratio;
  facts.native_twin = find_native_twin(run, row, facts.target, facts.base_target);
  facts.twin_or_base = facts.native_twin ? facts.native_twin : &facts.base;
  take_arithmetic(facts);
  return facts;
}

}  // namespace m1bench
