// SPDX-License-Identifier: Apache-2.0
#include "analysis/merge.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <tuple>

#include "analysis/shards.hpp"
#include "m1bench/core/error.hpp"
#include "m1bench/core/hash.hpp"

namespace m1bench {
namespace {

// Deals the cases back into one list. Shards of different lists show in a case that two of them have, or in shares that no
// list has.
std::vector<Case> merged_cases(const Shards& shards) {
  std::vector<Case> cases;
  std::map<std::string_view, const Run*> owner;
  std::size_t total = 0;
  for (const Run* run : shards) total += run->cases.size();
  for (std::size_t i = 0; i < total; ++i) {
    const Run& run = *shards[i % shards.size()];
    const std::size_t place = i / shards.size();
    if (place >= run.cases.size()) {
      throw Error(ErrorKind::unlike, "shard " + run.session.shard + " has only " + std::to_string(run.cases.size()) + " of all " +
                                         std::to_string(total) +
                                         " cases, too few for its share; measure all shards with the same choice of cases");
    }
    const Case& item = run.cases[place];
    const auto [known, is_new] = owner.emplace(item.name, &run);
    if (!is_new) {
      throw Error(ErrorKind::unlike, "shard " + run.session.shard + " and shard " + known->second->session.shard +
                                         " both have the case '" + item.name.substr(0, 100) +
                                         "'; measure all shards with the same choice of cases");
    }
    cases.push_back(item);
  }
  return cases;
}

// Of the shards' ids in their order, each ended by a newline.
std::string merged_id(const Shards& shards) {
  std::string ids;
  for (const Run* run : shards) ids += run->session.id + "\n";
  return short_hash(ids);
}

// The reason that leaves the most undone speaks for all.
std::string merged_stop_reason(const Shards& shards) {
  for (const char* reason : {"interrupted", "", "budget", "blocks"}) {  // none: it ended before it could say
    if (std::any_of(shards.begin(), shards.end(), [&](const Run* run) { return run->session.stop_reason == reason; }))
      return reason;
  }
  return shards.front()->session.stop_reason;
}

Session merged_session(const Shards& shards) {
  Session session = shards.front()->session;
  session.id = merged_id(shards);
  session.shard.clear();
  session.stop_reason = merged_stop_reason(shards);
  session.budget_s = 0;
  session.time_spent_s.clear();
  bool limited = true;
  for (const Run* run : shards) {
    const Session& part = run->session;
    session.started = std::min(session.started, part.started);
    session.ended = std::max(session.ended, part.ended);
    session.budget_s += part.budget_s;
    limited = limited && part.budget_s > 0;
    for (const auto& [activity, seconds] : part.time_spent_s) session.time_spent_s[activity] += seconds;
    session.merged.push_back({part.id, part.started, part.ended, part.stop_reason, run->machine});
  }
  if (!limited) session.budget_s = 0;
  return session;
}

Machine merged_machine(const Shards& shards) {
  Machine machine = shards.front()->machine;
  const bool one = std::all_of(shards.begin(), shards.end(), [&](const Run* run) { return run->machine.id == machine.id; });
  if (!one) machine.id.reset();
  return machine;
}

// Targets differ at most in the slowdowns that were asked for, each in the shard of its case.
std::vector<Target> merged_targets(const Shards& shards) {
  std::vector<Target> targets = shards.front()->targets;
  for (const Run* run : shards) {
    for (std::size_t i = 0; i < targets.size(); ++i) {
      targets[i].slowdown.insert(run->targets[i].slowdown.begin(), run->targets[i].slowdown.end());
      targets[i].named = targets[i].named || run->targets[i].named;
    }
  }
  return targets;
}

// What befell a whole target is told once, not once a shard.
std::vector<Failure> merged_failures(const Shards& shards) {
  std::vector<Failure> failures;
  std::set<std::tuple<std::string_view, std::string_view, std::string_view>> seen;
  for (const Run* run : shards) {
    for (const Failure& failure : run->failures) {
      if (seen.emplace(failure.case_name, failure.target, failure.cause).second) failures.push_back(failure);
    }
  }
  return failures;
}

}  // namespace

Run merge_runs(const std::vector<Run>& runs) {
  const Shards shards = shards_of_one_run(runs);
  Run merged;
  merged.tool = shards.front()->tool;
  merged.cases = merged_cases(shards);
  merged.session = merged_session(shards);
  merged.machine = merged_machine(shards);
  merged.targets = merged_targets(shards);
  merged.failures = merged_failures(shards);
  for (const Run* run : shards) {
    merged.verifications.insert(merged.verifications.end(), run->verifications.begin(), run->verifications.end());
    merged.blocks.insert(merged.blocks.end(), run->blocks.begin(), run->blocks.end());
  }
  return merged;  // Warnings are made anew from all of this.
}

}  // namespace m1bench
