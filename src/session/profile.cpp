// SPDX-License-Identifier: Apache-2.0
#include "session/profile.hpp"

#include <algorithm>
#include <cmath>

#include "m1bench/core/rng.hpp"
#include "session/block.hpp"
#include "session/cost.hpp"
#include "session/profile_block.hpp"
#include "stats/estimate.hpp"

namespace m1bench {
namespace {

constexpr std::uint64_t kProfileStream = 0x9F0F11E0;

// Who was verified, has not failed since, and is not too slow for this block.
std::vector<BlockMember> members_of(const SessionContext& context, const Case& item, int block) {
  const Run& run = *context.run;
  std::vector<BlockMember> members;
  for (const Target& target : run.targets) {
    const Verification* check = find_verification(run, item.name, target.name);
    const bool failed = std::any_of(run.failures.begin(), run.failures.end(), [&](const Failure& failure) {
      return failure.case_name == item.name && failure.target == target.name;
    });
    if (!check || check->status != CheckStatus::right || failed) continue;
    if (check->slow && block >= context.limits.slow_blocks) continue;
    members.push_back({&target, check});
  }
  return members;
}

// How long the blocks to come will take, by how the plan has kept its word so far.
class Forecast {
 public:
  Forecast(SessionContext& context, const Case& item, int blocks) : context_(context), start_s_(context.clock->now_s()) {
    for (const Case& bound : context.run->cases) {
      for (int block = 0; block < kMinBlocks && is_bound(bound) && !is_bound(item); ++block) ahead_s_ += planned_s(bound, block);
    }
    for (int block = 0; block < blocks; ++block) ahead_s_ += planned_s(item, block);
  }

  void done(const Case& item, int block) {
    const double block_s = planned_s(item, block);
    ahead_s_ = std::max(0.0, ahead_s_ - block_s);
    behind_s_ += block_s;
  }
  double left_s() const { return ahead_s_ * (behind_s_ > 0 ? (context_.clock->now_s() - start_s_) / behind_s_ : 1); }

 private:
  double planned_s(const Case& item, int block) const {
    double seconds = 0;
    for (const BlockMember& member : members_of(context_, item, block)) seconds += plan_member(*member.check, context_.limits, 0).seconds;
    return seconds;
  }

  SessionContext& context_;
  double start_s_, ahead_s_ = 0, behind_s_ = 0;
};

Progress progress_of(SessionContext& context, const char* phase, const Case& item, int block, const Forecast& forecast) {
  return {.phase = phase, .case_name = item.name, .target = "", .block = block + 1, .left_s = forecast.left_s(), .targets = {},
          .elapsed_s = context.elapsed_s()};
}

PhaseEnd measure_bounds(SessionContext& context, Forecast& forecast, Rng& rng) {
  for (const Case& bound : context.run->cases) {
    if (!is_bound(bound)) continue;
    for (int block = 0; block < kMinBlocks; ++block) {
      const std::vector<BlockMember> members = members_of(context, bound, block);
      context.on_progress(progress_of(context, "measuring", bound, block, forecast));
      if (!members.empty() && measure_block(context, bound, members, {.round = block}, rng) == PhaseEnd::interrupted) {
        return PhaseEnd::interrupted;
      }
      forecast.done(bound, block);
    }
  }
  return PhaseEnd::done;
}

}  // namespace

double expected_cost(const ProfileReply& description, double loop_s, std::uint64_t every) {
  if (!(loop_s > 0)) return 0;
  // The loop as a whole is looked at too.
  const double observed_s = static_cast<double>(description.operations.size() + 1) * description.observation_s;
  return observed_s / (loop_s * static_cast<double>(every));
}

std::uint64_t observe_every(const ProfileReply& description, double loop_s, std::uint64_t loops) {
  const double every = std::ceil(expected_cost(description, loop_s, 1) / kObservingShare);
  return static_cast<std::uint64_t>(std::clamp(every, 1.0, static_cast<double>(loops)));
}

void add_observed_slot(const ProfileReply& description, const ProfileReply& seen, ProfiledTarget& target) {
  const double loops = static_cast<double>(seen.observed_loops);
  target.operation_s.resize(seen.operation_s.size() + 1);
  double inside_s = 0;
  for (std::size_t i = 0; i < seen.operation_s.size(); ++i) {
    const double own_s = std::max(0.0, seen.operation_s[i] / loops - description.empty_span_s);
    target.operation_s[i].push_back(own_s);
    inside_s += own_s;
  }
  // All that observing takes lies within the loop, but for the second half of the last look at the clock.
  const double looks_s = static_cast<double>(seen.operation_s.size()) * description.observation_s + description.empty_span_s;
  const double step_s = std::max(inside_s, seen.observed_s / loops - looks_s);
  target.operation_s.back().push_back(step_s - inside_s);
  target.step_s.push_back(step_s);
}

PhaseEnd profile_case(SessionContext& context, const Case& item, const ProfilePlan& plan, ProfileSamples& samples) {
  Rng rng(context.run->session.seed, kProfileStream);
  Forecast forecast(context, item, plan.blocks);
  if (!is_bound(item) && measure_bounds(context, forecast, rng) == PhaseEnd::interrupted) return PhaseEnd::interrupted;
  for (int block = 0; block < plan.blocks; ++block) {
    const std::vector<BlockMember> members = members_of(context, item, block);
    if (members.empty()) break;
    context.on_progress(progress_of(context, "profiling", item, block, forecast));
    if (profile_block(context, item, members, plan.trace_loops, samples, rng) == PhaseEnd::interrupted) return PhaseEnd::interrupted;
    forecast.done(item, block);
  }
  return PhaseEnd::done;
}

}  // namespace m1bench
