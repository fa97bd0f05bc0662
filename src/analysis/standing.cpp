// SPDX-License-Identifier: Apache-2.0
#include "analysis/standing.hpp"

namespace m1bench {
namespace {

constexpr const char* kMeasureTheSame = "measure the same cases on the same targets";

Standing absent(const Run& run, const std::string& name) {
  const Target* target = find_target(run, name);
  if (target && !target->available) return {false, target->cause, target->remedy};
  return {false, "the target is not in the file", kMeasureTheSame};
}

}  // namespace

Standings::Standings(const Run& run) : run_(run), summary_(summarise(run)), wrong_(wrong_answers(run)) {
  for (const CaseSummary& item : summary_.cases) {
    cases_.emplace(item.name, &item);
    rows_.emplace(Key(item.name, item.baseline.target), &item.baseline);
    for (const TargetSummary& other : item.others) rows_.emplace(Key(item.name, other.target), &other);
  }
  for (const Failure& failure : run.failures) {
    if (failure.case_name.empty()) lost_.emplace(failure.target, &failure);
  }
  for (const WrongAnswer& answer : wrong_) wrong_by_key_.emplace(Key(answer.case_name, answer.target), &answer);
}

Standing Standings::of(const std::string& case_name, const std::string& target) const {
  if (!cases_.contains(case_name)) return {false, "the case is not in the file", kMeasureTheSame};
  const auto row = rows_.find({case_name, target});
  if (row == rows_.end()) return absent(run_, target);
  if (row->second->outcome == Outcome::measured) return {true, "", ""};
  const auto lost = lost_.find(target);
  if (row->second->outcome == Outcome::unmeasured && lost != lost_.end())
    return {false, lost->second->cause, lost->second->remedy};
  return {false, row->second->cause, row->second->remedy};
}

const WrongAnswer* Standings::wrong(const std::string& case_name, const std::string& target) const {
  const auto found = wrong_by_key_.find({case_name, target});
  return found == wrong_by_key_.end() ? nullptr : found->second;
}

std::optional<double> Standings::control_half_width(const std::string& case_name) const {
  const auto found = cases_.find(case_name);
  if (found == cases_.end() || !found->second->control) return std::nullopt;
  return found->second->control->half_width;
}

}  // namespace m1bench
