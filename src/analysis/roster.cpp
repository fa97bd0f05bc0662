// SPDX-License-Identifier: Apache-2.0
#include "analysis/roster.hpp"

#include <algorithm>
#include <set>
#include <utility>

namespace m1bench {
namespace {

using Key = std::pair<std::string, std::string>;  // case, target with its side

class RollCall {
 public:
  RollCall(const Side& base, const Side& head, const std::vector<std::string>& targets, const std::string& baseline)
      : base_(base), head_(head), targets_(targets), baseline_(baseline) {}

  Roster run() {
    for (const Case& item : base_.run().cases) {
      for (const std::string& target : targets_) call(item.name, target);
    }
    call_what_only_head_has();
    // Of a case or a target that base never heard of, or of the control.
    for (const Side* side : {&base_, &head_}) {
      for (const WrongAnswer& answer : side->standings.all_wrong()) {
        if (!told_.contains({answer.case_name, answer.target})) add_wrong(answer.case_name, answer.target, answer, "");
      }
    }
    return std::move(roster_);
  }

 private:
  void call(const std::string& case_name, const std::string& target) {
    if (call_wrong(case_name, target)) return;
    const bool has_ratio = target == baseline_ || !lacks_baseline(base_, case_name);
    if (!has_ratio || !base_.standing(case_name, target).measured) {
      if (head_.standing(case_name, target).measured) {
        roster_.only_in_head.push_back(case_name + " on " + target);
      } else if (baseline_.empty()) {
        // One session was to measure both sides: that it measured neither is no reason to pass.
        const Standing base = base_.standing(case_name, target);
        add(case_name, target, Decision::unsure, "not measured: " + base.cause, base.remedy);
      }
      return;
    }
    const Standing head = head_.standing(case_name, target);
    if (!head.measured && target == baseline_ && others_measured(case_name)) {
      return;  // told once for each of those that are compared with it
    } else if (!head.measured) {
      add(case_name, target, Decision::missing, head.cause, head.remedy);
    } else if (target == baseline_) {
      return;
    } else if (lacks_baseline(head_, case_name)) {
      const Standing lost = head_.standing(case_name, baseline_);
      add(case_name, target, Decision::missing, baseline_ + ", which it is compared with, was not measured: " + lost.cause,
          lost.remedy);
    } else {
      add(case_name, target, Decision::unsure, "", "");
    }
  }

  // Targets that base compares with its baseline in this case.
  bool others_measured(const std::string& case_name) const {
    return std::any_of(targets_.begin(), targets_.end(), [&](const std::string& target) {
      return target != baseline_ && base_.standing(case_name, target).measured;
    });
  }

  bool lacks_baseline(const Side& side, const std::string& case_name) const {
    return !baseline_.empty() && !side.standing(case_name, baseline_).measured;
  }

  // The newer build is to blame first.
  bool call_wrong(const std::string& case_name, const std::string& target) {
    const WrongAnswer* in_head = head_.wrong(case_name, target);
    const WrongAnswer* in_base = base_.wrong(case_name, target);
    if (!in_head && !in_base) return false;
    add_wrong(case_name, target, in_head ? *in_head : *in_base, in_head ? "head: " : "base: ");
    return true;
  }

  void add_wrong(const std::string& case_name, const std::string& target, const WrongAnswer& answer, const std::string& whose) {
    add(case_name, target, Decision::wrong, whose + answer.cause, answer.remedy);
  }

  void add(const std::string& case_name, const std::string& target, Decision decision, const std::string& cause,
           const std::string& remedy) {
    Change change;
    change.case_name = case_name;
    change.target = target;
    change.decision = decision;
    change.cause = cause;
    change.remedy = remedy;
    roster_.changes.push_back(std::move(change));
    for (const Side* side : {&base_, &head_}) told_.emplace(case_name, side->named(target));
    told_.emplace(case_name, target);
  }

  void call_what_only_head_has() {
    const std::set<std::string> known(targets_.begin(), targets_.end());
    std::set<std::string> cases;
    for (const Case& item : base_.run().cases) cases.insert(item.name);
    for (const Case& item : head_.run().cases) {
      if (!cases.contains(item.name)) roster_.only_in_head.push_back(item.name);
    }
    for (const Target& target : head_.run().targets) {
      if (target.available && target.side.empty() && !known.contains(target.name)) {
        roster_.only_in_head.push_back("every case on " + target.name);
      }
    }
  }

  const Side& base_;
  const Side& head_;
  const std::vector<std::string>& targets_;
  const std::string& baseline_;
  Roster roster_;
  std::set<Key> told_;
};

}  // namespace

Roster call_roll(const Side& base, const Side& head, const std::vector<std::string>& targets, const std::string& baseline) {
  return RollCall(base, head, targets, baseline).run();
}

}  // namespace m1bench
