// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "analysis/answers.hpp"
#include "analysis/summary.hpp"

namespace m1bench {

// What one run has of a case on a target.
struct Standing {
  bool measured = false;      // it has slots that count
  std::string cause, remedy;  // why not
};

// All of a run's standings, computed once. Keeps a reference to the run.
class Standings {
 public:
  explicit Standings(const Run& run);
  Standings(const Standings&) = delete;
  Standings& operator=(const Standings&) = delete;

  const Run& run() const { return run_; }
  Standing of(const std::string& case_name, const std::string& target) const;
  // nullptr: the answer was right, as far as anybody knows.
  const WrongAnswer* wrong(const std::string& case_name, const std::string& target) const;
  const std::vector<WrongAnswer>& all_wrong() const { return wrong_; }
  // Of the case's control, in log.
  std::optional<double> control_half_width(const std::string& case_name) const;

 private:
  using Key = std::pair<std::string_view, std::string_view>;  // case, target

  const Run& run_;
  Summary summary_;
  std::vector<WrongAnswer> wrong_;
  std::map<Key, const TargetSummary*> rows_;
  std::map<std::string_view, const CaseSummary*> cases_;
  std::map<Key, const WrongAnswer*> wrong_by_key_;
  std::map<std::string_view, const Failure*> lost_;  // targets, as a whole
};

}  // namespace m1bench
