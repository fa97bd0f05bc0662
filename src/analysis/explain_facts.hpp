// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/explain.hpp"
#include "analysis/tiers.hpp"

// What the rules of explain look at, gathered once for each case on each target. Pointers into the run and its summary.
namespace m1bench {

// What one instruction of a slice works on, which decides how far its ceiling may lie below another's.
struct SliceArithmetic {
  std::string_view slice;
  int lanes;   // single-precision numbers at once
  bool fused;  // multiplies and adds in one instruction
};
const SliceArithmetic* arithmetic_of(std::string_view slice);  // nullptr: not one of m1bench's

// Where arithmetic got slower on the way from the baseline to the target, and what that is called.
enum class ArithmeticKind { dot_product, software, instruction_set, translated };

struct ArithmeticLeg {
  ArithmeticKind kind = ArithmeticKind::translated;
  const TargetSummary *from = nullptr, *to = nullptr;  // of the case
  double from_s = 0, to_s = 0;              // what a loop's arithmetic takes at the speed that each reached in the bound
  double bound_ratio = 1;                   // of the bound's times per operation
  std::string bound;                        // "bound/f32"
  std::optional<double> other_bound_ratio;  // of bound/f32, of `dot_product`
};

struct PairFacts {
  const Run& run;
  const Summary& summary;
  const std::vector<TierRatio>& tiers;  // of the whole run
  const Case& item;
  const CaseSummary& row;
  const TargetSummary& base;
  const TargetSummary& other;
  const Target& base_target;
  const Target& target;
  bool first_target = false;  // of the case: what concerns the baseline alone is told there
  double log_ratio = 0;
  const TargetSummary* native_twin = nullptr;   // the target's slice run natively in this case, where it is neither of the two
  const TargetSummary* twin_or_base = nullptr;  // where translation begins
  std::vector<ArithmeticLeg> legs;              // nothing where the bound is missing or arithmetic is hidden behind memory
  bool arithmetic_bound_missing = false;        // of a case that does arithmetic

  bool translated() const { return target.translator != "native"; }
  // Seconds on either side as a share of what the target takes beyond the baseline; nothing where the two take as long.
  std::optional<double> share_of_extra(double base_s, double other_s) const;
  double other_s() const;  // of a loop: the baseline's time and the ratio, which was taken block by block
};

// Operations on numbers, rather than data moved: what is told in B/s is the latter, and launches are neither.
bool does_arithmetic(const Case& item);
bool moves_data(const Case& item);

// Layers or operators that `profile` tells apart; to it a kernel is a single one. What trains and infers is told in samples.
bool has_operations(const Case& item);

const Case* case_named(const Run& run, std::string_view name);
const CaseSummary* row_named(const Summary& summary, std::string_view name);
// Measured there, or nullptr.
const TargetSummary* find_on(const CaseSummary& row, std::string_view target);

// Per second, in the run's bound of the item's threads and machine: of `dtype`, or bytes for "" (the triad).
std::optional<double> rate_in_bound(const PairFacts& facts, std::string_view dtype, std::string_view target);

// Why that is not known: "bound/triad is not in the run", or not with as many threads or on the same machine, or "bound/triad
// has no time on arm64/qemu-user: skipped".
std::string bound_lacking(const PairFacts& facts, std::string_view dtype);

// The ratio of a case may only be looked at where it has one.
PairFacts gather_pair(const Run& run, const Summary& summary, const std::vector<TierRatio>& tiers, std::size_t case_index,
                      std::size_t target_index);

}  // namespace m1bench
