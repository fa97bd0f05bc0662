// SPDX-License-Identifier: Apache-2.0
#include "session/measure.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <string>

#include "analysis/ratios.hpp"
#include "session/block.hpp"
#include "session/cost.hpp"
#include "session/drift.hpp"
#include "session/precision.hpp"
#include "session/schedule.hpp"
#include "session/time_left.hpp"
#include "stats/estimate.hpp"

namespace m1bench {
namespace {

// The stream of the schedule's random choices; streams 0 and up are the cases' data.
constexpr std::uint64_t kScheduleStream = 0x5C4ED01E;

// What is known of one case while it is measured.
struct CaseState {
  const Case* item = nullptr;
  std::map<std::string, int> ration;  // by costly target: the blocks it may take part in
  int blocks = 0;
};

class Measurement {
 public:
  Measurement(SessionContext& context, const SlowBudget& budget, int stage, const std::vector<std::string>* only)
      : context_(context), stage_(stage), rng_(context.run->session.seed, kScheduleStream + static_cast<std::uint64_t>(stage - 1)),
        start_s_(context.clock->now_s()) {
    for (const Case& item : context.run->cases) {
      if (only && std::find(only->begin(), only->end(), item.name) == only->end()) continue;
      states_.push_back({.item = &item});
      if (members(states_.back()).empty()) states_.pop_back();
    }
    ration(budget);
  }

  PhaseEnd run() {
    for (int round = 0; round < context_.limits.max_blocks; ++round) {
      std::vector<CaseState*> todo = unfinished();
      if (todo.empty()) return finish("precision");
      if (round > 0 && predicted_s(todo) > context_.left_s()) return spend_the_rest();
      shuffle(todo, rng_);
      for (CaseState* state : todo) {
        if (predicted_s(*state) > context_.left_s()) continue;  // a shorter one may fit
        if (visit(*state) == PhaseEnd::interrupted) return finish("interrupted");
        // What a round cut short did not reach shows as not measured, or with one block less.
        if (context_.left_s() <= 0) return finish("budget");
      }
    }
    return finish("blocks");
  }

 private:
  // Who takes part in the next block of a case.
  std::vector<BlockMember> members(const CaseState& state) const {
    const Run& run = *context_.run;
    std::vector<BlockMember> found;
    for (const Target& target : run.targets) {
      const Verification* check = find_verification(run, state.item->name, target.name);
      if (!check || check->status != CheckStatus::right || failed(*state.item, target)) continue;
      const auto allowed = state.ration.find(target.name);
      if (allowed != state.ration.end() && state.blocks >= allowed->second) continue;
      found.push_back({&target, check});
    }
    return found;
  }

  bool failed(const Case& item, const Target& target) const {
    const auto& failures = context_.run->failures;
    return std::any_of(failures.begin(), failures.end(),
                       [&](const Failure& failure) { return failure.case_name == item.name && failure.target == target.name; });
  }

  double block_s(const CaseState& state, const BlockMember& member, double least_warm_up_s = 0) const {
    const auto overhead = context_.block_overhead_s.find(case_at_target(state.item->name, member.target->name));
    return (overhead == context_.block_overhead_s.end() ? 0 : overhead->second) +
           plan_member(*member.check, context_.limits, least_warm_up_s).seconds;
  }
  double next_block_s(const CaseState& state, std::span<const BlockMember> present) const {
    double seconds = 0;
    for (const BlockMember& member : present) seconds += block_s(state, member, context_.least_warm_up_s());
    return seconds;
  }

  void ration(const SlowBudget& budget) {
    std::vector<std::pair<CaseState*, std::string>> costly;
    std::vector<RationedMember> rationed;
    for (CaseState& state : states_) {
      double baseline_s = 0;
      const std::vector<BlockMember> present = members(state);
      for (const BlockMember& member : present) {
        if (member.target->name == context_.run->session.baseline) baseline_s = block_s(state, member);
      }
      for (const BlockMember& member : present) {
        const double own_s = block_s(state, member);
        const bool cheap = member.target->translator == "native" || own_s <= context_.limits.costly * baseline_s;
        if (cheap && !member.check->slow) continue;
        costly.emplace_back(&state, member.target->name);
        rationed.push_back({own_s, member.check->slow ? context_.limits.slow_blocks : context_.limits.max_blocks});
      }
    }
    const std::vector<int> blocks = ration_blocks(rationed, budget.unlimited() ? INFINITY : budget.left_s());
    for (std::size_t i = 0; i < costly.size(); ++i) costly[i].first->ration[costly[i].second] = blocks[i];
  }

  std::vector<CaseState*> unfinished() {
    std::vector<CaseState*> todo;
    for (CaseState& state : states_) {
      const bool enough = state.blocks >= context_.limits.min_blocks && width(state) <= 1;
      if (!enough && !members(state).empty()) todo.push_back(&state);
    }
    return todo;
  }

  // Of the ratios that every block adds to; rationed ones get no narrower.
  double width(const CaseState& state) const {
    std::vector<std::string> targets;
    for (const BlockMember& member : members(state)) {
      if (!state.ration.count(member.target->name)) targets.push_back(member.target->name);
    }
    return relative_width(*context_.run, state.item->name, targets, context_.limits, stage_);
  }

  // How long one more block of each of these takes, by the plan and by how far the plan has been off so far.
  double predicted_s(const std::vector<CaseState*>& todo) const {
    double seconds = 0;
    for (const CaseState* state : todo) seconds += predicted_s(*state);
    return seconds;
  }
  double predicted_s(const CaseState& state) const {
    return next_block_s(state, members(state)) * (planned_s_ > 0 ? std::max(1.0, spent_s_ / planned_s_) : 1);
  }

  PhaseEnd visit(CaseState& state) {
    const std::vector<BlockMember> present = members(state);
    if (present.empty()) return PhaseEnd::done;
    context_.on_progress(progress(state, present));
    PhaseEnd end = measure(state, present);
    if (end == PhaseEnd::done && repeats(state)) {
      const std::size_t drifted = context_.run->blocks.size() - 1;
      end = measure(state, present);
      // A repeat that was cut short stands in for nothing.
      if (context_.run->blocks.size() > drifted + 1) context_.run->blocks[drifted].superseded = true;
    }
    ++state.blocks;
    return end;
  }

  PhaseEnd measure(const CaseState& state, std::span<const BlockMember> present) {
    planned_s_ += next_block_s(state, present);
    const double start = context_.clock->now_s();
    const PhaseEnd end = measure_block(context_, *state.item, present, {.round = state.blocks, .stage = stage_}, rng_);
    spent_s_ += context_.clock->now_s() - start;
    return end;
  }

  // Whether the block just measured met a machine that was not itself, and one more fits the budget and the share.
  bool repeats(const CaseState& state) const {
    return predicted_s(state) <= context_.left_s() && drifted(context_.run->blocks, context_.limits);
  }

  // What a whole round no longer fits goes to whichever interval is furthest from being narrow enough; one that has too few
  // blocks to be an interval at all is further than any.
  PhaseEnd spend_the_rest() {
    for (;;) {
      CaseState* widest = nullptr;
      for (CaseState* state : unfinished()) {
        if (predicted_s(*state) > context_.left_s() || state->blocks >= context_.limits.max_blocks) continue;
        if (!widest || needs_more(*state, *widest)) widest = state;
      }
      if (!widest) return finish("budget");
      if (visit(*widest) == PhaseEnd::interrupted) return finish("interrupted");
    }
  }

  bool needs_more(const CaseState& a, const CaseState& b) const {
    const double width_a = width(a), width_b = width(b);
    return width_a == width_b ? a.blocks < b.blocks : width_a > width_b;
  }

  Progress progress(const CaseState& state, std::span<const BlockMember> present) {
    const TimeLeft left = time_left();
    Progress progress{.phase = stage_ == 1 ? "measuring" : "confirming", .case_name = state.item->name, .target = "",
                      .all = static_cast<int>(states_.size()), .block = state.blocks + 1, .left_s = left.seconds,
                      .targets = {}, .elapsed_s = context_.elapsed_s()};
    progress.done = progress.all - static_cast<int>(unfinished().size());
    const CaseBlocks blocks = blocks_of_case(*context_.run, state.item->name, stage_);
    for (const BlockMember& member : present) {
      const std::string with = compared_with(*context_.run, *member.target);
      const std::vector<double> ratios = with.empty() ? std::vector<double>() : log_ratios(blocks, member.target->name, with);
      const auto left_s = left.by_target.find(member.target->name);
      progress.targets.push_back({member.target->name, ratios.empty() ? std::nullopt : std::optional(estimate(ratios).ratio()),
                                  left_s == left.by_target.end() ? 0 : left_s->second});
    }
    return progress;
  }

  // By how the plan has kept its word so far, everything beside the blocks included.
  TimeLeft time_left() const {
    std::vector<Foreseen> foreseen;
    for (const CaseState& state : states_) {
      const int blocks = blocks_to_come(state.blocks, width(state), context_.limits);
      for (const BlockMember& member : members(state)) {
        const auto ration = state.ration.find(member.target->name);
        const int most = ration == state.ration.end() ? blocks : ration->second - state.blocks;
        foreseen.push_back({state.item->name, member.target->name, block_s(state, member), std::min(blocks, most)});
      }
    }
    return m1bench::time_left(foreseen, planned_s_ > 0 ? (context_.clock->now_s() - start_s_) / planned_s_ : 1, context_.left_s());
  }

  PhaseEnd finish(const char* reason) {
    context_.run->session.stop_reason = reason;
    return std::string(reason) == "interrupted" ? PhaseEnd::interrupted : PhaseEnd::done;
  }

  SessionContext& context_;
  int stage_;
  Rng rng_;
  std::vector<CaseState> states_;
  double start_s_;
  double planned_s_ = 0, spent_s_ = 0;  // of all visits so far
};

}  // namespace

PhaseEnd measure_cases(SessionContext& context, const SlowBudget& budget) { return Measurement(context, budget, 1, nullptr).run(); }

PhaseEnd confirm_cases(SessionContext& context, const SlowBudget& budget, const std::vector<std::string>& cases) {
  return Measurement(context, budget, 2, &cases).run();
}

}  // namespace m1bench
