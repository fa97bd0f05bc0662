// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "session/limits.hpp"

namespace m1bench {

// What slow targets may still cost, so that a budget is met by construction: a loop's time is predicted before it is run,
// from how much slower the target was than the reference so far, and what does not fit is skipped and said.
class SlowBudget {
 public:
  // `budget_s` 0: no limit.
  SlowBudget(double budget_s, const Limits& limits)
      : unlimited_(budget_s <= 0), left_s_(budget_s * limits.slow_share), case_s_(left_s_ * limits.slow_case_share) {}

  // The predicted time of a loop that takes the reference `reference_loop_s`: by the median factor of the cases of its family
  // so far, or of all cases before there is one. Nothing before the first learn(). The median, because one outlier (a
  // vectorised exponential, say) must not keep its whole family from being tried; what a wrong guess costs is spent.
  std::optional<double> predict(const std::string& family, double reference_loop_s) const;

  // A loop that took `loop_s` here and `reference_loop_s` there.
  void learn(const std::string& family, double reference_loop_s, double loop_s);

  // Does something that is predicted to take `seconds` fit, as one case and in what is left?
  bool admits(double seconds) const { return unlimited_ || (seconds <= case_s_ && seconds <= left_s_); }
  void spend(double seconds) { left_s_ -= seconds; }
  double left_s() const { return left_s_; }
  bool unlimited() const { return unlimited_; }

 private:
  bool unlimited_;
  double left_s_, case_s_;
  std::map<std::string, std::vector<double>> factors_;  // by family
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
