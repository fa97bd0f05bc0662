// SPDX-License-Identifier: Apache-2.0
#include "analysis/series_traits.hpp"

#include <algorithm>
#include <map>
#include <string_view>
#include <utility>

#include "analysis/traits.hpp"

namespace m1bench {
namespace {

// Replaces the coarser row of that name, if there is one.
void set(Traits& traits, std::string field, std::string value) {
  const auto found = std::find_if(traits.begin(), traits.end(), [&](const Trait& trait) { return trait.first == field; });
  if (found == traits.end()) return traits.emplace_back(std::move(field), std::move(value)), void();
  found->second = std::move(value);
}

Traits of_run(const Run& run) {
  Traits traits = traits_of(run);
  set(traits, "tool.compiler", run.tool.compiler);
  return traits;
}

Traits of_machine(const Machine& machine) {
  Traits traits = traits_of(machine);
  set(traits, "machine.os", machine.os);  // an update may bring another translator
  set(traits, "machine.kernel", machine.kernel);
  return traits;
}

Traits of_target(const Run& run, const Target& target) {
  Traits traits = traits_of(run, target);
  if (target.hello) {
    set(traits, "compiler", target.hello->compiler);
    set(traits, "blas", target.hello->blas.value_or(""));
  }
  return traits;
}

void add(const Traits& traits, const std::string& case_name, const std::string& target, std::vector<RecordedTrait>& all) {
  for (const auto& [field, value] : traits) {
    if (!value.empty()) all.push_back({case_name, target, field, value});
  }
}

}  // namespace

std::vector<RecordedTrait> series_traits(const Run& run) {
  std::vector<RecordedTrait> all;
  add(of_run(run), "", "", all);
  const std::vector<const Machine*> machines = machines_of(run);
  if (machines.size() == 1) add(of_machine(*machines.front()), "", "", all);
  for (const Target& target : run.targets) {
    if (target.available) add(of_target(run, target), "", target.name, all);
  }
  std::map<std::string_view, std::string> inputs;
  for (const Verification& check : run.verifications) {
    if (!check.input_checksum.empty()) inputs.emplace(check.case_name, check.input_checksum);
  }
  for (std::size_t i = 0; i < run.cases.size(); ++i) {
    const Case& item = run.cases[i];
    add(traits_of(item, inputs[item.name]), item.name, "", all);
    // The shards of a merged run may come from machines of their own, a case each in turn.
    if (machines.size() > 1) add(of_machine(*machines[i % machines.size()]), item.name, "", all);
  }
  return all;
}

}  // namespace m1bench
