// SPDX-License-Identifier: Apache-2.0
#include "session/measure.hpp"

#include <algorithm>
#include <map>
#include <string>

#include "session/block.hpp"
#include "session/precision.hpp"
#include "session/schedule.hpp"

namespace m1bench {
namespace {

// The stream of the schedule's random choices; streams 0 and up are the cases' data.
constexpr std::uint64_t kScheduleStream = 0x5C4ED01E;

// What is known of one case while it is measured.
struct CaseState {
  const Case* item = nullptr;
  std::map<std::string, int> slow_blocks;  // by slow target: how many it may take part in
  int blocks = 0;
  double visit_s = 0;                      // the last visit's length, without slow targets' share: predicts the next one
};

class Measurement {
 public:
  Measurement(SessionContext& context, const SlowBudget& budget)
      : context_(context), rng_(context.run->session.seed, kScheduleStream) {
    for (const Case& item : context.run->cases) {
      states_.push_back({.item = &item});
      if (members(states_.back()).empty()) states_.pop_back();
    }
    give_slow_blocks(budget);
  }

  PhaseEnd run() {
    for (int round = 0; round < context_.limits.max_blocks; ++round) {
      std::vector<CaseState*> todo = unfinished();
      if (todo.empty()) return finish("precision");
      if (round > 0 && round_s(todo) > context_.left_s()) return spend_the_rest(round);
      shuffle(todo, rng_);
      for (CaseState* state : todo) {
        if (visit(*state, round) == PhaseEnd::interrupted) return finish("interrupted");
        // Only a first round can be too long for its budget; what it did not reach is reported as not measured.
        if (context_.left_s() <= 0) return finish("budget");
      }
    }
    return finish("blocks");
  }

 private:
  std::vector<BlockMember> members(const CaseState& state) const {
    const Run& run = *context_.run;
    std::vector<BlockMember> found;
    for (const Target& target : run.targets) {
      const Verification* check = find_verification(run, state.item->name, target.name);
      if (!check || check->status != CheckStatus::right || failed(*state.item, target)) continue;
      const auto allowed = state.slow_blocks.find(target.name);
      if (allowed != state.slow_blocks.end() && state.blocks >= allowed->second) continue;
      found.push_back({&target, check});
    }
    return found;
  }

  bool failed(const Case& item, const Target& target) const {
    const auto& failures = context_.run->failures;
    return std::any_of(failures.begin(), failures.end(),
                       [&](const Failure& failure) { return failure.case_name == item.name && failure.target == target.name; });
  }

  void give_slow_blocks(const SlowBudget& budget) {
    std::vector<std::pair<CaseState*, std::string>> slow;
    std::vector<double> costs;
    for (CaseState& state : states_) {
      for (const BlockMember& member : members(state)) {
        if (!member.check->slow) continue;
        slow.emplace_back(&state, member.target->name);
        costs.push_back(member.check->loop_s);
      }
    }
    const std::vector<int> blocks = plan_slow_blocks(costs, budget.unlimited() ? 1e30 : budget.left_s(), context_.limits.slow_blocks);
    for (std::size_t i = 0; i < slow.size(); ++i) slow[i].first->slow_blocks[slow[i].second] = blocks[i];
  }

  std::vector<CaseState*> unfinished() {
    std::vector<CaseState*> todo;
    for (CaseState& state : states_) {
      const bool enough = state.blocks >= context_.limits.min_blocks && relative_width(*context_.run, state.item->name, context_.limits) <= 1;
      if (!enough && !members(state).empty()) todo.push_back(&state);
    }
    return todo;
  }

  static double round_s(const std::vector<CaseState*>& todo) {
    double total = 0;
    for (const CaseState* state : todo) total += state->visit_s;
    return total;
  }

  PhaseEnd visit(CaseState& state, int round) {
    const std::vector<BlockMember> present = members(state);
    if (present.empty()) return PhaseEnd::done;
    context_.on_progress({.phase = "measuring", .case_name = state.item->name, .target = "", .block = state.blocks + 1,
                          .done = share_done(round), .left_s = predicted_left_s(round)});
    const double start = context_.clock->now_s();
    const PhaseEnd end = measure_block(context_, *state.item, present, state.blocks, rng_);
    double seconds = context_.clock->now_s() - start;
    for (const BlockMember& member : present) {
      if (member.check->slow) seconds -= member.check->loop_s;
    }
    state.visit_s = std::max(seconds, 0.0);
    ++state.blocks;
    return end;
  }

  // What a whole round no longer fits goes to whichever interval is furthest from being narrow enough.
  PhaseEnd spend_the_rest(int round) {
    for (;;) {
      CaseState* widest = nullptr;
      double width = 1;
      for (CaseState* state : unfinished()) {
        const double own = relative_width(*context_.run, state->item->name, context_.limits);
        if (state->visit_s <= context_.left_s() && state->blocks < context_.limits.max_blocks && own > width) {
          widest = state;
          width = own;
        }
      }
      if (!widest) return finish("budget");
      if (visit(*widest, round) == PhaseEnd::interrupted) return finish("interrupted");
    }
  }

  double share_done(int round) const {
    return std::min(1.0, static_cast<double>(round) / static_cast<double>(context_.limits.min_blocks));
  }

  double predicted_left_s(int round) {
    double one_round = 0;
    for (const CaseState& state : states_) one_round += state.visit_s;
    const double rounds = one_round * std::max(0, context_.limits.min_blocks - round);
    return std::min(rounds, context_.left_s());
  }

  PhaseEnd finish(const char* reason) {
    context_.run->session.stop_reason = reason;
    return std::string(reason) == "interrupted" ? PhaseEnd::interrupted : PhaseEnd::done;
  }

  SessionContext& context_;
  Rng rng_;
  std::vector<CaseState> states_;
};

}  // namespace

PhaseEnd measure_cases(SessionContext& context, const SlowBudget& budget) { return Measurement(context, budget).run(); }

}  // namespace m1bench
