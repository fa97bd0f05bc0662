// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <compare>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "result/model.hpp"
#include "session/limits.hpp"

namespace m1bench {

// Cases that a translator slows down by like factors: one family, and whether memory or arithmetic takes their time.
struct Kin {
  std::string family;
  bool streams = false;
  auto operator<=>(const Kin&) const = default;
};

// Bounds are no family: what streams is kin to the element-wise cases, what computes to none but itself.
Kin kin_of(const Case& item);

// What slow targets may still cost, so that a budget is met by construction: a loop's time is predicted before it is run,
// from how much slower the target was than the reference so far, and what does not fit is skipped and said.
class SlowBudget {
 public:
  // `budget_s` 0: no limit.
  SlowBudget(double budget_s, const Limits& limits)
      : unlimited_(budget_s <= 0), left_s_(budget_s * limits.slow_share), case_s_(left_s_ * limits.slow_case_share) {}

  // The predicted time of a loop that takes the reference `reference_loop_s`: by the median factor of its kin so far, or of all
  // cases of whose time memory takes as much, or of all there are. Nothing before the first learn(), nor of a case that streams
  // before another one that does: arithmetic under a translator takes 30 times as much more. The median, because one outlier (a
  // vectorised exponential, say) must not keep its whole family from being tried; what a wrong guess costs is spent.
  std::optional<double> predict(const Kin& kin, double reference_loop_s) const;

  // A loop that took `loop_s` here and `reference_loop_s` there.
  void learn(const Kin& kin, double reference_loop_s, double loop_s);

  // Does something that is predicted to take `seconds` fit, as one case and in what is left?
  bool admits(double seconds) const { return unlimited_ || (seconds <= case_s_ && seconds <= left_s_); }
  void spend(double seconds) { left_s_ -= seconds; }
  double left_s() const { return left_s_; }
  bool unlimited() const { return unlimited_; }

 private:
  bool unlimited_;
  double left_s_, case_s_;
  std::map<Kin, std::vector<double>> factors_;
};

// One member whose blocks are rationed.
struct RationedMember {
  double block_s = 0;  // what one block of it costs
  int most = 1;        // blocks it may have
};

// How many blocks each gets: one, since it was admitted, then a second, a third and so on, always for the cheapest first, as
// far as `left_s` goes.
std::vector<int> ration_blocks(std::span<const RationedMember> members, double left_s);

}  // namespace m1bench
