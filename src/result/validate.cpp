// SPDX-License-Identifier: Apache-2.0
#include "result/validate.hpp"

#include <set>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>

#include "m1bench/core/error.hpp"

namespace m1bench {
namespace {

// Far beyond any real run; reports are as large as cases times targets.
constexpr std::size_t kMaxTargets = 100, kMaxCases = 10'000;

using Names = std::unordered_set<std::string_view>;

[[noreturn]] void fail(const std::string& what) { throw Error(ErrorKind::data, what); }

std::string at(std::string_view list, std::size_t index) { return std::string(list) + "[" + std::to_string(index) + "]"; }

std::string shown(std::string_view name) { return "\"" + std::string(name.substr(0, 60)) + "\""; }

template <class T>
Names unique_names(const std::vector<T>& items, std::string_view list, std::size_t most) {
  if (items.size() > most) fail(std::string(list) + " has more than " + std::to_string(most) + " entries");
  Names names;
  for (std::size_t i = 0; i < items.size(); ++i) {
    const std::string& name = items[i].name;
    if (name.empty()) fail(at(list, i) + ".name is empty");
    if (!names.insert(name).second) fail(at(list, i) + ".name repeats " + shown(name));
  }
  return names;
}

void must_know(const Names& names, const std::string& name, const std::string& where, std::string_view kind) {
  if (!names.contains(name)) fail(where + " names " + shown(name) + ", which is no " + std::string(kind) + " of this run");
}

void validate_entry(const TargetBlock& entry, const std::string& where) {
  if (entry.wall_s.size() != entry.cpu_s.size()) fail(where + " has not as many cpu_s as wall_s");
  if (entry.loops == 0 && !entry.wall_s.empty()) fail(where + ".loops is 0");
}

void validate_block(const Block& block, const std::string& where, const Names& targets) {
  Names seen;
  for (std::size_t i = 0; i < block.targets.size(); ++i) {
    const TargetBlock& entry = block.targets[i];
    const std::string place = where + "." + at("targets", i);
    must_know(targets, entry.target, place + ".target", "target");
    if (!seen.insert(entry.target).second) fail(place + ".target repeats " + shown(entry.target));
    validate_entry(entry, place);
  }
}

}  // namespace

void validate(const Run& run) {
  const Names targets = unique_names(run.targets, "targets", kMaxTargets), cases = unique_names(run.cases, "cases", kMaxCases);
  const bool named = !run.session.baseline.empty();
  if (named || !run.blocks.empty()) must_know(targets, run.session.baseline, "session.baseline", "target");

  std::set<std::pair<std::string_view, std::string_view>> verified;
  for (std::size_t i = 0; i < run.verifications.size(); ++i) {
    const Verification& check = run.verifications[i];
    must_know(cases, check.case_name, at("verifications", i) + ".case", "case");
    must_know(targets, check.target, at("verifications", i) + ".target", "target");
    if (!verified.emplace(check.case_name, check.target).second) {
      fail(at("verifications", i) + " repeats " + shown(check.case_name) + " on " + shown(check.target));
    }
  }
  for (std::size_t i = 0; i < run.blocks.size(); ++i) {
    must_know(cases, run.blocks[i].case_name, at("blocks", i) + ".case", "case");
    validate_block(run.blocks[i], at("blocks", i), targets);
  }
  for (std::size_t i = 0; i < run.failures.size(); ++i) {
    // A failure of a whole target belongs to no case.
    if (!run.failures[i].case_name.empty()) must_know(cases, run.failures[i].case_name, at("failures", i) + ".case", "case");
    must_know(targets, run.failures[i].target, at("failures", i) + ".target", "target");
  }
}

}  // namespace m1bench
