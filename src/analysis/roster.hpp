// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "analysis/comparison.hpp"
#include "analysis/standing.hpp"

// What there is to compare, and what keeps the rest from being compared: before any time is looked at.
namespace m1bench {

// One of the two builds: a run, or the targets of one side of it.
struct Side {
  const Standings& standings;
  std::string prefix;  // "base:" before each target's name in a run of `ab`, else ""

  const Run& run() const { return standings.run(); }
  std::string named(const std::string& target) const { return prefix + target; }
  Standing standing(const std::string& case_name, const std::string& target) const {
    return standings.of(case_name, named(target));
  }
  const WrongAnswer* wrong(const std::string& case_name, const std::string& target) const {
    return standings.wrong(case_name, named(target));
  }
};

struct Roster {
  std::vector<Change> changes;  // wrong, missing, unsure with a cause (of `ab`: not measured), or unsure: still to be tested
  std::vector<std::string> only_in_head;
};

// Every case on every one of `targets` (in base's order, without a side) that base has measured. `baseline`: the target that
// ratios are taken to, in both; "" where head is compared with base itself.
Roster call_roll(const Side& base, const Side& head, const std::vector<std::string>& targets, const std::string& baseline);

}  // namespace m1bench
