// SPDX-License-Identifier: Apache-2.0
#include "analysis/profile.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "analysis/ratios.hpp"
#include "analysis/warnings.hpp"
#include "m1bench/core/text.hpp"
#include "stats/block_ratio.hpp"
#include "stats/robust.hpp"

namespace m1bench {
namespace {

const ProfiledTarget* find_entry(const ProfileBlock& block, const std::string& target) {
  const auto found = std::find_if(block.targets.begin(), block.targets.end(), [&](const ProfiledTarget& entry) { return entry.target == target; });
  return found == block.targets.end() ? nullptr : &*found;
}

std::optional<double> median_of(const std::vector<double>& values) {
  return values.empty() ? std::nullopt : std::optional(median(values));
}

// Per-block ratios of one list of slots to another; `pick` takes them out of a block, or gives null.
using SlotList = const std::vector<double>*;
template <class Own, class Other>
std::optional<Estimate> ratio_over(const ProfileSamples& samples, Own own, Other other) {
  std::vector<double> logs;
  for (const ProfileBlock& block : samples.blocks) {
    const SlotList a = own(block), b = other(block);
    if (!a || !b) continue;
    if (const auto log = log_ratio({*a, 1}, {*b, 1})) logs.push_back(*log);
  }
  return logs.empty() ? std::nullopt : std::optional(estimate(logs));
}

template <class Pick>
auto of_target(const std::string& target, Pick pick) {
  return [&target, pick](const ProfileBlock& block) -> SlotList {
    const ProfiledTarget* entry = find_entry(block, target);
    return entry ? &pick(*entry) : nullptr;
  };
}

// What a target reaches of what the case is limited by, per second.
std::optional<double> reached(const Run& run, const std::string& bound, bool bytes, const std::string& target) {
  const Case* item = find_case(run, bound);
  if (!item) return std::nullopt;
  const CaseBlocks blocks = blocks_of_case(run, bound);
  const auto loop_s = median_loop_s(blocks, target);
  const double amount = bytes ? item->bytes : item->flop;
  return loop_s && amount > 0 ? std::optional(amount / *loop_s) : std::nullopt;
}

OperationProfile operation_of(const Run& run, const ProfileSamples& samples, const ProfiledOperation& operation, std::size_t index,
                              const std::string& target) {
  OperationProfile seen;
  for (const ProfileBlock& block : samples.blocks) {
    if (const ProfiledTarget* entry = find_entry(block, target)) seen.block_s.push_back(median(entry->operation_s[index]));
  }
  seen.seconds = median_of(seen.block_s);
  const auto slots = [index](const ProfiledTarget& entry) -> const std::vector<double>& { return entry.operation_s[index]; };
  const std::string& baseline = run.session.baseline;
  if (target != baseline) seen.ratio = ratio_over(samples, of_target(target, slots), of_target(baseline, slots));
  const auto rate = rate_of(operation, seen);
  const bool streams = operation.flop == 0;
  const auto most = reached(run, streams ? "bound/triad" : "bound/" + operation.dtype, streams, target);
  if (rate && most) seen.share_of_bound = *rate / *most;
  return seen;
}

void compare_with(const TargetProfile* baseline, TargetProfile& target) {
  double loop_s = 0;
  for (const OperationProfile& operation : target.operations) loop_s += operation.seconds.value_or(0);
  for (std::size_t i = 0; i < target.operations.size(); ++i) {
    OperationProfile& operation = target.operations[i];
    if (operation.seconds && loop_s > 0) operation.share = *operation.seconds / loop_s;
    if (!baseline || baseline == &target) continue;
    const auto& base_s = baseline->operations[i].seconds;
    if (operation.seconds && base_s) operation.extra_s = *operation.seconds - *base_s;
  }
  target.order.resize(target.operations.size());
  std::iota(target.order.begin(), target.order.end(), std::size_t{0});
  const auto weight = [&](std::size_t i) { return target.operations[i].extra_s.value_or(target.operations[i].seconds.value_or(0)); };
  std::stable_sort(target.order.begin(), target.order.end(), [&](std::size_t a, std::size_t b) { return weight(a) > weight(b); });
}

TargetProfile target_of(const Run& run, const ProfileSamples& samples, const std::vector<ProfiledOperation>& operations, const std::string& name) {
  TargetProfile target{.target = name};
  std::vector<double> loops_s, every, expected;
  for (const ProfileBlock& block : samples.blocks) {
    const ProfiledTarget* entry = find_entry(block, name);
    if (!entry) continue;
    ++target.blocks;
    loops_s.push_back(median(entry->plain_s));
    every.push_back(static_cast<double>(entry->observe_every));
    expected.push_back(entry->expected_cost);
    if (entry->max_rss_bytes > 0) target.max_rss_bytes = std::max(target.max_rss_bytes.value_or(0), entry->max_rss_bytes);
    target.allocations = entry->allocations;
    target.allocated_bytes = entry->allocated_bytes;
    if (entry->temporary_bytes > 0) target.temporary_bytes = entry->temporary_bytes;
  }
  target.loop_s = median_of(loops_s);
  target.observe_every = static_cast<std::uint64_t>(median_of(every).value_or(1));
  target.expected_cost = median_of(expected).value_or(0);
  const auto plain = [](const ProfiledTarget& entry) -> const std::vector<double>& { return entry.plain_s; };
  const auto observed = [](const ProfiledTarget& entry) -> const std::vector<double>& { return entry.observed_s; };
  if (name != run.session.baseline) target.ratio = ratio_over(samples, of_target(name, plain), of_target(run.session.baseline, plain));
  target.observing = ratio_over(samples, of_target(name, observed), of_target(name, plain));
  for (std::size_t i = 0; i < operations.size(); ++i) {
    target.operations.push_back(operation_of(run, samples, operations[i], i, name));
  }
  return target;
}

void warn_of_parts(const TargetProfile& target, Profile& profile) {
  double parts_s = 0;
  for (const OperationProfile& operation : target.operations) parts_s += operation.seconds.value_or(0);
  if (!target.loop_s || *target.loop_s <= 0 || std::abs(parts_s / *target.loop_s - 1) <= kMostPartsOff) return;
  profile.warnings.push_back({"parts-off", profile.case_name, target.target,
                              "its operations add up to " + format_percent(parts_s / *target.loop_s) +
                                  " of a loop that is not observed on " + target.target,
                              "believe neither the times of its operations nor small shares; profile on a quieter machine"});
}

void warn_of_cost(const TargetProfile& target, Profile& profile) {
  if (!target.observing || target.observing->ratio() <= 1 + kMostProfilingCost) return;
  const bool certain = target.observing->half_width && target.observing->low() > 1 + kMostProfilingCost;
  profile.warnings.push_back({"profiling-cost", profile.case_name, target.target,
                              std::string("profiling itself ") + (certain ? "cost" : "may have cost") + " more than " +
                                  format_percent(kMostProfilingCost) + " on " + target.target,
                              certain ? "believe the shares of its operations, not their times"
                                      : "profile on a quieter machine, without --quick"});
}

void warn_of_timeline(const TargetProfile& target, const ProfileSamples& samples, Profile& profile) {
  const auto trace = samples.traces.find(target.target);
  if (trace == samples.traces.end()) return;
  const auto loops = static_cast<std::uint64_t>(
      std::ranges::count_if(trace->second, [](const TraceSpan& span) { return span.operation == kWholeLoop; }));
  if (loops >= samples.trace_loops) return;
  profile.warnings.push_back({"short-timeline", profile.case_name, target.target,
                              "its timeline has " + std::to_string(loops) + " of " + std::to_string(samples.trace_loops) +
                                  " loops on " + target.target + ", which is what there is room for",
                              "ask for fewer with --steps"});
}

}  // namespace

std::optional<double> rate_of(const ProfiledOperation& operation, const OperationProfile& seen) {
  const double amount = operation.flop > 0 ? operation.flop : operation.bytes;
  return seen.seconds && *seen.seconds > 0 && amount > 0 ? std::optional(amount / *seen.seconds) : std::nullopt;
}

Profile profile_of(const Run& run, const Case& item, const ProfileSamples& samples) {
  Profile profile{.case_name = item.name, .baseline = run.session.baseline, .threads = item.threads, .operations = samples.operations};
  profile.operations.push_back({.name = kOtherOperation, .kind = kOtherOperation, .dtype = item.dtype});
  for (const Target& target : run.targets) {
    const bool there = std::any_of(samples.blocks.begin(), samples.blocks.end(),
                                   [&](const ProfileBlock& block) { return find_entry(block, target.name) != nullptr; });
    if (!there) continue;
    TargetProfile seen = target_of(run, samples, profile.operations, target.name);
    profile.targets.insert(target.name == profile.baseline ? profile.targets.begin() : profile.targets.end(), std::move(seen));
  }
  profile.warnings = machine_warnings_of(run);
  const bool has_baseline = !profile.targets.empty() && profile.targets.front().target == profile.baseline;
  for (TargetProfile& target : profile.targets) {
    compare_with(has_baseline ? &profile.targets.front() : nullptr, target);
    warn_of_cost(target, profile);
    warn_of_parts(target, profile);
    warn_of_timeline(target, samples, profile);
  }
  return profile;
}

}  // namespace m1bench
