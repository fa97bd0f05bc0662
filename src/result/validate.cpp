// SPDX-License-Identifier: Apache-2.0
#include "result/validate.hpp"

#include <cmath>
#include <set>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>

#include "m1bench/core/error.hpp"
#include "result/shard.hpp"

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

// Sensors that say nothing say something absurd, and null is infinite here.
void validate_conditions(const Conditions& conditions, const std::string& where) {
  constexpr double kColdest_c = -273.15, kHottest_c = 1000;
  for (const auto& [zone, celsius] : conditions.thermal_c) {
    if (!(celsius >= kColdest_c && celsius <= kHottest_c)) fail(where + ".thermal_c has no temperature for " + shown(zone));
  }
}

void validate_machine(const Machine& machine, const std::string& where) {
  if (machine.cpu_limit && *machine.cpu_limit <= 0) fail(where + ".cpu_limit is 0");
  validate_conditions(machine.before, where + ".before");
  validate_conditions(machine.after, where + ".after");
}

void validate_session(const Session& session) {
  if (!session.shard.empty() && !parse_shard(session.shard))
    fail("session.shard is not I/N with 1 <= I <= N but " + shown(session.shard));
  if (!session.shard.empty() && !session.merged.empty()) fail("session.shard is " + shown(session.shard) + " of a merged run");
  for (std::size_t i = 0; i < session.merged.size(); ++i) {
    validate_machine(session.merged[i].machine, at("session.merged", i) + ".machine");
  }
}

// A target of a side is called so, and the one it is compared with is there.
void validate_target(const Target& target, const std::string& where, const Names& targets) {
  const std::string_view plain = without_side(target.name);
  if (!target.side.empty() && target.side != "control" && target.side != "base" && target.side != "head") {
    fail(where + ".side is " + shown(target.side) + " and not control, base, head or empty");
  }
  if (target.name != (target.side.empty() ? "" : target.side + ":") + std::string(plain)) {
    fail(where + ".name is " + shown(target.name) + ", which does not fit its side " + shown(target.side));
  }
  if (target.side == "head") must_know(targets, "base:" + std::string(plain), where, "target");
  if (target.side == "control") must_know(targets, std::string(plain), where, "target");
  for (const auto& [name, factor] : target.slowdown) {
    if (factor < 1) fail(where + ".slowdown of " + shown(name) + " is below 1");
  }
}

void validate_times(const TargetBlock& entry, const std::string& where) {
  for (std::size_t i = 0; i < entry.wall_s.size(); ++i) {
    const double loop_s = entry.wall_s[i] / static_cast<double>(entry.loops);
    if (entry.wall_s[i] != 0 && !(loop_s >= kShortestLoop_s && loop_s <= kLongestLoop_s))
      fail(where + "." + at("wall_s", i) + " is less than 1e-12 s or more than 1e9 s for a loop");
  }
}

void validate_entry(const TargetBlock& entry, const std::string& where, std::size_t targets) {
  if (entry.wall_s.size() != entry.cpu_s.size()) fail(where + " has not as many cpu_s as wall_s");
  if (entry.loops == 0 && !entry.wall_s.empty()) fail(where + ".loops is 0");
  validate_times(entry, where);
  if (static_cast<std::size_t>(entry.position) >= targets) fail(where + ".position is beyond the number of targets");
  if (!entry.counters) return;
  if (entry.counters->loops == 0) fail(where + ".counters.loops is 0");
  if (entry.counters->performance_core_share > 1) fail(where + ".counters.performance_core_share is above 1");
}

// The order of turns may be unknown; where it is known, every slot had its turn.
void validate_turns(const Block& block, const std::string& where) {
  if (block.turns.empty()) return;
  std::vector<std::size_t> slots(block.targets.size(), 0);
  for (std::size_t i = 0; i < block.turns.size(); ++i) {
    const auto turn = static_cast<std::size_t>(block.turns[i]);
    if (turn >= slots.size()) fail(where + "." + at("turns", i) + " is beyond the block's targets");
    ++slots[turn];
  }
  for (std::size_t i = 0; i < slots.size(); ++i) {
    if (slots[i] != block.targets[i].wall_s.size())
      fail(where + ".turns has not as many turns of " + shown(block.targets[i].target) + " as it has slots");
  }
}

void validate_block(const Block& block, const std::string& where, const Names& targets) {
  if (block.stage != 1 && block.stage != 2) fail(where + ".stage is neither 1 nor 2");
  Names seen;
  for (std::size_t i = 0; i < block.targets.size(); ++i) {
    const TargetBlock& entry = block.targets[i];
    const std::string place = where + "." + at("targets", i);
    must_know(targets, entry.target, place + ".target", "target");
    if (!seen.insert(entry.target).second) fail(place + ".target repeats " + shown(entry.target));
    validate_entry(entry, place, targets.size());
  }
  validate_turns(block, where);
}

void validate_verifications(const Run& run, const Names& targets, const Names& cases) {
  std::set<std::pair<std::string_view, std::string_view>> verified;
  for (std::size_t i = 0; i < run.verifications.size(); ++i) {
    const Verification& check = run.verifications[i];
    must_know(cases, check.case_name, at("verifications", i) + ".case", "case");
    must_know(targets, check.target, at("verifications", i) + ".target", "target");
    if (!verified.emplace(check.case_name, check.target).second) {
      fail(at("verifications", i) + " repeats " + shown(check.case_name) + " on " + shown(check.target));
    }
  }
}

void validate_failures(const Run& run, const Names& targets, const Names& cases) {
  for (std::size_t i = 0; i < run.failures.size(); ++i) {
    // A failure of a whole target belongs to no case.
    if (!run.failures[i].case_name.empty()) must_know(cases, run.failures[i].case_name, at("failures", i) + ".case", "case");
    must_know(targets, run.failures[i].target, at("failures", i) + ".target", "target");
  }
}

}  // namespace

void validate(const Run& run) {
  const Names targets = unique_names(run.targets, "targets", kMaxTargets), cases = unique_names(run.cases, "cases", kMaxCases);
  const bool named = !run.session.baseline.empty();
  if (named || !run.blocks.empty()) must_know(targets, run.session.baseline, "session.baseline", "target");
  validate_session(run.session);
  validate_machine(run.machine, "machine");
  for (std::size_t i = 0; i < run.targets.size(); ++i) validate_target(run.targets[i], at("targets", i), targets);
  validate_verifications(run, targets, cases);
  for (std::size_t i = 0; i < run.blocks.size(); ++i) {
    must_know(cases, run.blocks[i].case_name, at("blocks", i) + ".case", "case");
    validate_block(run.blocks[i], at("blocks", i), targets);
  }
  validate_failures(run, targets, cases);
}

}  // namespace m1bench
