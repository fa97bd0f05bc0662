// SPDX-License-Identifier: Apache-2.0
#include "analysis/comparison.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include "analysis/comparable.hpp"
#include "analysis/gate_decision.hpp"
#include "analysis/ratios.hpp"
#include "analysis/roster.hpp"
#include "analysis/same_session.hpp"
#include "m1bench/core/error.hpp"

namespace m1bench {
namespace {

using BlocksByCase = std::map<std::string_view, CaseBlocks>;

const CaseBlocks& of_case(const BlocksByCase& blocks, std::string_view case_name) {
  static const CaseBlocks kNoBlocks;
  const auto found = blocks.find(case_name);
  return found == blocks.end() ? kNoBlocks : found->second;
}

Estimate ratio_of(const CaseBlocks& blocks, std::string_view target, std::string_view other) {
  const std::vector<double> ratios = log_ratios(blocks, target, other);
  return ratios.empty() ? Estimate() : estimate(ratios);
}

// Those that nothing kept from being tested.
std::vector<Change*> to_be_tested(std::vector<Change>& changes) {
  std::vector<Change*> found;
  for (Change& change : changes) {
    if (change.decision == Decision::unsure && change.cause.empty()) found.push_back(&change);
  }
  return found;
}

// The likeness and the roster: everything but the times.
Comparison begin(const Side& base, const Side& head, Pairing pairing, std::vector<Difference> unlike, Roster roster,
                 const GateOptions& options) {
  Comparison result;
  result.pairing = pairing;
  result.unlike = std::move(unlike);
  result.forced = options.force;
  result.margin = options.margin;
  result.changes = std::move(roster.changes);
  result.only_in_head = std::move(roster.only_in_head);
  if (!result.unlike.empty() && !result.forced) {
    std::erase_if(result.changes, [](const Change& change) { return change.decision != Decision::wrong; });
  }
  for (Change& change : result.changes) {
    const auto of_base = base.standings.control_half_width(change.case_name),
               of_head = head.standings.control_half_width(change.case_name);
    const auto widest = std::max(of_base, of_head);  // nothing is less than any width
    change.margin = raised_margin(options.margin, widest);
    if (change.margin > options.margin) result.control_half_width = std::max(result.control_half_width, widest);
  }
  return result;
}

void compare_in_blocks(const CaseBlocks& blocks, bool looked, Change& change) {
  const std::string base = "base:" + change.target, head = "head:" + change.target;
  const Estimate ratio = ratio_of(blocks, head, base);
  change.base_blocks = change.head_blocks = ratio.blocks;
  change.base_loop_s = median_loop_s(blocks, base);
  change.head_loop_s = median_loop_s(blocks, head);
  weigh(evidence_of_blocks(ratio, looked), change);
}

Comparison first_stage(const Run& run, const GateOptions& options) {
  const Standings standings(run);
  const Side base{standings, "base:"}, head{standings, "head:"};
  std::vector<std::string> targets;
  for (const Target& target : run.targets) {
    if (target.side == "base") targets.emplace_back(without_side(target.name));
  }
  Comparison result =
      begin(base, head, Pairing::blocks, differences_between_sides(run), call_roll(base, head, targets, ""), options);
  const BlocksByCase blocks = blocks_by_case(run, 1);
  const std::vector<Change*> family = to_be_tested(result.changes);
  for (Change* change : family) compare_in_blocks(of_case(blocks, change->case_name), true, *change);
  decide(family, options.least_s);
  return result;
}

// What was measured again is decided on that alone. How many blocks that takes was settled before, and only these are tested:
// a family of their own.
void second_stage(const Run& run, std::vector<Change>& changes, double least_s) {
  const BlocksByCase blocks = blocks_by_case(run, 2);
  std::vector<Change*> confirmed;
  for (Change& change : changes) {
    const bool decided_before = change.decision == Decision::missing || change.decision == Decision::wrong;
    if (decided_before || !blocks.contains(change.case_name)) continue;
    Change again;
    again.case_name = change.case_name;
    again.target = change.target;
    again.margin = change.margin;
    again.confirmed = true;
    compare_in_blocks(of_case(blocks, change.case_name), false, again);
    if (!again.p) {
      // What the first sample says may still be shown; it was not enough to decide on.
      change.decision = Decision::unsure;
      change.cause = "its second sample has too few blocks to decide on";
      change.remedy = again.remedy;
      continue;
    }
    change = std::move(again);
    confirmed.push_back(&change);
  }
  decide(confirmed, least_s);
}

std::vector<std::string> targets_of(const Run& run) {
  std::vector<std::string> names;
  for (const Target& target : run.targets) {
    if (target.available && target.side != "control") names.push_back(target.name);
  }
  return names;
}

// Are these one session? Throws if they only claim to be.
bool are_one_session(const Run& base, const Run& head) {
  if (base.session.id.empty() || base.session.id != head.session.id) return false;
  if (same_slots(base, head)) return true;
  throw Error(ErrorKind::data, "both files are of session " + base.session.id.substr(0, 60) +
                                   " and hold different slots: one of them is incomplete or was changed; measure again");
}

bool is_virtual(const Run& run) {
  const std::vector<const Machine*> machines = machines_of(run);
  return std::any_of(machines.begin(), machines.end(),
                     [](const Machine* machine) { return machine->virtual_machine.has_value(); });
}

// Slots are about as long as a scheduler's slices. Where others use the CPU, one target's may be cut short by them in every block
// of a session and another's never, which no interval shows.
bool had_to_wait(const Run& run, const CaseBlocks& blocks, const std::string& case_name, std::string_view target) {
  if (find_case(run, case_name)->threads != 1) return false;
  std::vector<const TargetBlock*> entries;
  for (const Block* block : blocks) {
    if (const TargetBlock* entry = find_entry(*block, target)) entries.push_back(entry);
  }
  return waiting_of(entries).often();
}

// What might be a regression between other sessions is left open here.
void leave_open(const char* cause, const char* remedy, Change& change) {
  change.decision = Decision::unsure;
  change.cause = cause;
  change.remedy = remedy;
}

// Two sessions, case by case.
class SessionPair {
 public:
  SessionPair(const Run& base, const Run& head, Pairing pairing, const GateOptions& options)
      : base_(base),
        head_(head),
        pairing_(pairing),
        assumed_{is_virtual(base) || is_virtual(head) ? kSessionErrorOfVm : kSessionError},
        learned_(options.learned ? &*options.learned : nullptr),
        base_blocks_(blocks_by_case(base)),
        head_blocks_(blocks_by_case(head)) {}

  void compare(Change& change) const {
    const CaseBlocks &of_base = of_case(base_blocks_, change.case_name), &of_head = of_case(head_blocks_, change.case_name);
    const Estimate base = ratio_of(of_base, change.target, base_.session.baseline);
    const Estimate head = ratio_of(of_head, change.target, head_.session.baseline);
    tell_times(change);
    change.base_blocks = base.blocks;
    change.head_blocks = head.blocks;
    if (pairing_ == Pairing::sessions) return weigh(evidence_of_sessions(base, head, between_sessions(change)), change);
    change.log_change = change.half_width = change.upper = 0;
  }

  // Over the changes that were tested.
  std::optional<SpreadUsed> spread_of(const std::vector<Change*>& tested) const {
    if (!learned_) return std::nullopt;
    SpreadUsed used{learned_->sessions, 0, false, assumed_.standard_error, assumed_.standard_error};
    bool first = true;
    for (const Change* change : tested) {
      const SessionSpread* spread = spread_for(*learned_, change->case_name, change->target);
      const double error = between_sessions(*change).standard_error;
      used.least = first ? error : std::min(used.least, error);
      used.most = first ? error : std::max(used.most, error);
      if (spread) used.learned_from = first ? spread->sessions : std::min(used.learned_from, spread->sessions);
      used.pooled = used.pooled || (spread && spread == (learned_->pooled ? &*learned_->pooled : nullptr));
      first = false;
    }
    return used;
  }

  void doubt(Change& change) const {
    if (change.decision != Decision::regressed) return;
    if (base_.session.quick || head_.session.quick) {
      leave_open("quick runs of two sessions are too short to call anything a regression",
                 "measure both without --quick, or use `m1bench ab`", change);
    } else if (waited(base_, base_blocks_, change) || waited(head_, head_blocks_, change)) {
      leave_open("its slots had to wait for a CPU, which between two sessions can look like a regression",
                 "measure on a machine with nothing else to do, or use `m1bench ab`", change);
    }
  }

  std::vector<Change> absolute(const std::vector<std::string>& targets) const {
    std::vector<Change> changes;
    for (const Case& item : base_.cases) {
      for (const std::string& target : targets) {
        Change change;
        change.case_name = item.name;
        change.target = target;
        tell_times(change);
        if (!change.base_loop_s || !change.head_loop_s) continue;
        change.log_change = std::log(*change.head_loop_s) - std::log(*change.base_loop_s);
        changes.push_back(std::move(change));
      }
    }
    return changes;
  }

 private:
  ErrorTerm between_sessions(const Change& change) const {
    const SessionSpread* spread = learned_ ? spread_for(*learned_, change.case_name, change.target) : nullptr;
    return spread ? spread->error : assumed_;
  }

  static bool waited(const Run& run, const BlocksByCase& blocks, const Change& change) {
    const CaseBlocks& of_it = of_case(blocks, change.case_name);
    return had_to_wait(run, of_it, change.case_name, change.target) || had_to_wait(run, of_it, change.case_name, run.session.baseline);
  }

  void tell_times(Change& change) const {
    change.base_loop_s = median_loop_s(of_case(base_blocks_, change.case_name), change.target);
    change.head_loop_s = median_loop_s(of_case(head_blocks_, change.case_name), change.target);
  }

  const Run& base_;
  const Run& head_;
  Pairing pairing_;
  ErrorTerm assumed_;
  const LearnedSpread* learned_;
  BlocksByCase base_blocks_, head_blocks_;
};

}  // namespace

bool has_sides(const Run& run) {
  return std::any_of(run.targets.begin(), run.targets.end(), [](const Target& target) { return target.side == "head"; });
}

Comparison compare_runs(const Run& base, const Run& head, const GateOptions& options) {
  const Pairing pairing = are_one_session(base, head) ? Pairing::same : Pairing::sessions;
  if (pairing == Pairing::sessions && (has_sides(base) || has_sides(head))) {
    throw Error(ErrorKind::unlike,
                "a run of `m1bench ab` holds base and head itself and has nothing in common with another run; "
                "`m1bench compare` with that file alone tells what it found");
  }
  const Standings of_base(base), of_head(head);
  const Side base_side{of_base, ""}, head_side{of_head, ""};
  const std::vector<std::string> targets = targets_of(base);
  Comparison result = begin(base_side, head_side, pairing, differences_between(base, head),
                            call_roll(base_side, head_side, targets, base.session.baseline), options);
  const SessionPair pair(base, head, pairing, options);
  const std::vector<Change*> family = to_be_tested(result.changes);
  for (Change* change : family) pair.compare(*change);
  if (pairing == Pairing::sessions) {
    decide(family, options.least_s);
    for (Change* change : family) pair.doubt(*change);
    result.spread = pair.spread_of(family);
  }
  if (pairing == Pairing::same) {
    for (Change* change : family) change->decision = Decision::ok;
  }
  if (options.absolute) result.absolute = pair.absolute(targets);
  return result;
}

Comparison compare_sides(const Run& run, const GateOptions& options) {
  Comparison result = first_stage(run, options);
  second_stage(run, result.changes, options.least_s);
  return result;
}

std::vector<std::string> cases_to_confirm(const Run& run, const GateOptions& options) {
  std::vector<std::string> cases;
  for (const Change& change : first_stage(run, options).changes) {
    // What is regressed before its p is adjusted is not ok after it either.
    const bool doubtful = change.decision == Decision::regressed || (change.decision == Decision::unsure && change.cause.empty());
    if (doubtful && (cases.empty() || cases.back() != change.case_name)) cases.push_back(change.case_name);
  }
  return cases;
}

}  // namespace m1bench
