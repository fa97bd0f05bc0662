// SPDX-License-Identifier: Apache-2.0
#include "analysis/comparable.hpp"

#include <map>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>

#include "analysis/traits.hpp"

namespace m1bench {
namespace {

// What either does not know is no difference; what only one of them has is one.
std::vector<Difference> differences(const Traits& base, const Traits& head) {
  const std::map<std::string_view, std::string_view> of_base(base.begin(), base.end()), of_head(head.begin(), head.end());
  std::vector<Difference> found;
  for (const auto& [field, value] : base) {
    const auto other = of_head.find(field);
    const std::string other_value(other == of_head.end() ? kNoTrait : other->second);
    if (!value.empty() && !other_value.empty() && value != other_value) found.push_back({field, value, other_value});
  }
  for (const auto& [field, value] : head) {
    if (!value.empty() && !of_base.contains(field)) found.push_back({field, kNoTrait, value});
  }
  return found;
}

// A target and its run.
struct TargetOf {
  const Run& run;
  const Target& target;
};

void add_differences(const TargetOf& base, const TargetOf& head, std::vector<Difference>& all) {
  if (!base.target.available || !head.target.available) return;
  for (Difference& row : differences(traits_of(base.run, base.target), traits_of(head.run, head.target))) {
    row.field += " of " + std::string(without_side(base.target.name));
    all.push_back(std::move(row));
  }
}

// A case that both have, and where each measured it.
struct CasePair {
  const Case *base, *head;
  const Machine *base_machine, *head_machine;
};

std::vector<CasePair> cases_in_both(const Run& base, const Run& head) {
  const std::vector<const Machine*> base_machines = machines_of(base), head_machines = machines_of(head);
  std::map<std::string_view, std::size_t> of_head;
  for (std::size_t i = 0; i < head.cases.size(); ++i) of_head.emplace(head.cases[i].name, i);
  std::vector<CasePair> pairs;
  for (std::size_t i = 0; i < base.cases.size(); ++i) {
    const auto other = of_head.find(base.cases[i].name);
    if (other == of_head.end()) continue;
    pairs.push_back({&base.cases[i], &head.cases[other->second], base_machines[i % base_machines.size()],
                     head_machines[other->second % head_machines.size()]});
  }
  return pairs;
}

// One row for each way in which cases differ: another seed is another one in all of them.
class DifferencesOfCases {
 public:
  void add(const std::vector<Difference>& rows, const std::string& case_name) {
    for (const Difference& row : rows) {
      const auto [place, is_new] = known_.emplace(std::tuple(row.field, row.base, row.head), groups_.size());
      if (is_new) groups_.push_back({row, case_name});
      ++groups_[place->second].cases;
    }
  }

  // `everywhere`: what to call all `cases` cases, if they are more than one.
  void finish(std::size_t cases, const std::string& everywhere, std::vector<Difference>& all) {
    for (Group& group : groups_) {
      const std::string others = group.cases > 1 ? " and " + std::to_string(group.cases - 1) + " more" : "";
      group.row.field += group.cases == cases && cases > 1 ? everywhere : " of " + group.first + others;
      all.push_back(std::move(group.row));
    }
  }

 private:
  struct Group {
    Difference row;
    std::string first;
    std::size_t cases = 0;
  };
  std::vector<Group> groups_;
  std::map<std::tuple<std::string, std::string, std::string>, std::size_t> known_;
};

// By case. All targets of a run compute from the same inputs, or the run itself is at fault.
std::map<std::string_view, std::string> inputs_of(const Run& run) {
  std::map<std::string_view, std::string> inputs;
  for (const Verification& check : run.verifications) {
    if (!check.input_checksum.empty()) inputs.emplace(check.case_name, check.input_checksum);
  }
  return inputs;
}

}  // namespace

std::vector<Difference> differences_between(const Run& base, const Run& head) {
  std::vector<Difference> all = differences(traits_of(base), traits_of(head));
  const std::vector<CasePair> pairs = cases_in_both(base, head);
  DifferencesOfCases machines, cases;
  auto base_inputs = inputs_of(base), head_inputs = inputs_of(head);
  for (const CasePair& pair : pairs) {
    const std::string& name = pair.base->name;
    machines.add(differences(traits_of(*pair.base_machine), traits_of(*pair.head_machine)), name);
    cases.add(differences(traits_of(*pair.base, base_inputs[name]), traits_of(*pair.head, head_inputs[name])), name);
  }
  machines.finish(pairs.size(), "", all);
  for (const Target& target : base.targets) {
    if (const Target* other = find_target(head, target.name)) add_differences({base, target}, {head, *other}, all);
  }
  cases.finish(pairs.size(), " of every case", all);
  return all;
}

std::vector<Difference> differences_between_sides(const Run& run) {
  std::vector<Difference> all;
  for (const Target& target : run.targets) {
    if (target.side != "base") continue;
    if (const Target* head = find_target(run, "head:" + std::string(without_side(target.name))))
      add_differences({run, target}, {run, *head}, all);
  }
  return all;
}

}  // namespace m1bench
