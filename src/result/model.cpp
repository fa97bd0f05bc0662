// SPDX-License-Identifier: Apache-2.0
#include "result/model.hpp"

#include <algorithm>
#include <array>

namespace m1bench {
namespace {

template <class T, class Predicate>
const T* find(const std::vector<T>& items, Predicate wanted) {
  const auto found = std::find_if(items.begin(), items.end(), wanted);
  return found == items.end() ? nullptr : &*found;
}

}  // namespace

Run::Run() = default;
Run::Run(const Run&) = default;
Run::Run(Run&&) noexcept = default;
Run& Run::operator=(const Run&) = default;
Run& Run::operator=(Run&&) noexcept = default;
Run::~Run() = default;

const Target* find_target(const Run& run, const std::string& name) {
  return find(run.targets, [&](const Target& target) { return target.name == name; });
}

const Case* find_case(const Run& run, const std::string& name) {
  return find(run.cases, [&](const Case& item) { return item.name == name; });
}

bool answers_with_losses(const Case& item) {
  constexpr std::array<std::string_view, 3> kTrainingFamilies{"train", "pipeline", "memory"};
  return std::find(kTrainingFamilies.begin(), kTrainingFamilies.end(), item.family) != kTrainingFamilies.end();
}

bool times_launches(const Case& item) { return item.family == "startup"; }

bool runs_program(const Case& item) { return item.family == "exec"; }

bool is_told_by_program(const Case& item) { return runs_program(item) && item.variant == "gbench"; }

bool is_bound(const Case& item) { return item.family == "bound"; }

const Verification* find_verification(const Run& run, const std::string& case_name, const std::string& target) {
  return find(run.verifications,
              [&](const Verification& check) { return check.case_name == case_name && check.target == target; });
}

std::vector<const Machine*> machines_of(const Run& run) {
  std::vector<const Machine*> machines;
  for (const MergedShard& shard : run.session.merged) machines.push_back(&shard.machine);
  if (machines.empty()) machines.push_back(&run.machine);
  return machines;
}

std::string compared_with(const Run& run, const Target& target) {
  if (target.side == "head") return "base:" + std::string(without_side(target.name));
  return target.side == "base" || target.name == run.session.baseline ? "" : run.session.baseline;
}

std::string_view without_side(std::string_view target) {
  for (const std::string_view side : {"control:", "base:", "head:"}) {
    if (target.starts_with(side)) return target.substr(side.size());
  }
  return target;
}

}  // namespace m1bench
