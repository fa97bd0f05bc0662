// SPDX-License-Identifier: Apache-2.0
#include "session/profile_block.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "m1bench/core/error.hpp"
#include "platform/files.hpp"
#include "session/cost.hpp"
#include "session/launches.hpp"
#include "session/profile.hpp"
#include "session/schedule.hpp"

namespace m1bench {
namespace {

// What is asked of no worker: more spans than it has room for.
constexpr std::uint64_t kMostTraceBytes = std::uint64_t{1} << 30;

struct Member {
  const BlockMember* who = nullptr;
  MemberPlan plan;
  std::unique_ptr<Worker> worker;  // null once it is lost
  ProfileReply description;
  ProfiledTarget seen;
  int turn = 0;
};

// Plain, observed, observed, plain: what drifts meets both alike.
bool observes(int turn) { return turn % 4 == 1 || turn % 4 == 2; }

// A number that counts something below `limit`.
bool counts(double value, double limit) { return value >= 0 && value < limit && std::floor(value) == value; }

class Visit {
 public:
  Visit(SessionContext& context, const Case& item, std::span<const BlockMember> members, ProfileSamples& samples, Rng& rng)
      : context_(context), case_(item), samples_(samples), rng_(rng), order_(random_order(members.size(), rng)) {
    const double at_least_s = samples.blocks.empty() ? context.limits.first_warm_up_s : 0;
    for (const BlockMember& member : members) {
      members_.push_back({.who = &member, .plan = plan_member(*member.check, context.limits, at_least_s)});
      int& slots = members_.back().plan.slots;
      slots = std::max(2, slots / 2 * 2);
    }
  }

  PhaseEnd run(std::uint64_t trace_loops) {
    const std::vector<int> cpus = block_cpus(context_.allowed_cpus, cpus_wanted(case_), samples_.blocks.size());
    for (const std::size_t i : order_) start(members_[i], cpus);
    for (const std::size_t i : order_) describe(members_[i]);
    for (const std::size_t i : order_) warm_up(members_[i]);
    std::vector<int> slots;
    for (const Member& member : members_) slots.push_back(member.worker ? member.plan.slots : 0);
    for (const std::size_t i : slot_order(slots, rng_)) take_turn(members_[i]);
    samples_.trace_loops = trace_loops;
    for (Member& member : members_) trace(member, trace_loops);
    if (interrupted_) return PhaseEnd::interrupted;
    ProfileBlock block;
    for (Member& member : members_) {
      if (!member.worker) continue;
      member.worker->quit();
      block.targets.push_back(std::move(member.seen));
    }
    if (!block.targets.empty()) samples_.blocks.push_back(std::move(block));
    return PhaseEnd::done;
  }

 private:
  void start(Member& member, const std::vector<int>& cpus) {
    if (interrupted_) return;
    auto started = start_worker(context_, *member.who->target, case_, cpus);
    if (auto* death = std::get_if<Death>(&started)) return lose(member, *death);
    member.worker = std::get<std::unique_ptr<Worker>>(std::move(started));
    ask(member, context_.prepare_request(case_));
  }

  void describe(Member& member) {
    const auto reply = ask(member, {.verb = Verb::profile, .loops = 0});
    if (!reply) return;
    if (reply->profile) member.description = *reply->profile;
    if (samples_.operations.empty()) samples_.operations = member.description.operations;
    if (member.description.operations.empty() || member.description.operations != samples_.operations) {
      return lose(member, {"its operations are not those of the other targets", "rebuild every slice together", false});
    }
    member.seen.target = member.who->target->name;
    member.seen.loops = member.who->check->loops;
    member.seen.observe_every = observe_every(member.description, member.who->check->loop_s, member.seen.loops);
    member.seen.expected_cost = expected_cost(member.description, member.who->check->loop_s, member.seen.observe_every);
  }

  void warm_up(Member& member) {
    if (member.plan.first_loops > 0) ask(member, {.verb = Verb::run, .loops = 0, .warm_loops = member.plan.first_loops});
  }

  void take_turn(Member& member) {
    ProfiledTarget& seen = member.seen;
    const bool observed = observes(member.turn++), last = member.turn == member.plan.slots;
    const auto reply = ask(member, {.verb = Verb::profile, .loops = seen.loops, .warm_loops = member.plan.warm_loops,
                                    .want_checksum = last, .observe_every = observed ? seen.observe_every : 0});
    if (!reply) return;
    const bool complete = reply->profile && (!observed || (reply->profile->observed_loops > 0 &&
                                                           reply->profile->operation_s.size() == samples_.operations.size()));
    if (!complete) return lose(member, {"its profile lacks what was asked for", "rebuild every slice together", false});
    const double loops = static_cast<double>(seen.loops);
    (observed ? seen.observed_s : seen.plain_s).push_back(reply->wall_s / loops);
    seen.max_rss_bytes = std::max(seen.max_rss_bytes, reply->max_rss_bytes.value_or(0));
    if (observed) {
      add_observed_slot(member.description, *reply->profile, seen);
      seen.allocations = static_cast<double>(reply->profile->allocations) / loops;
      seen.allocated_bytes = static_cast<double>(reply->profile->allocated_bytes) / loops;
      seen.temporary_bytes = reply->allocated_bytes.value_or(0);
    }
    const std::string& verified = member.who->check->output_checksum;
    if (last && reply->output_checksum != verified) {
      lose(member, {"its output changed from " + verified + " (verified) to " + reply->output_checksum,
                    "do not trust times from this target; report it to the maker of the translator", false, true});
    }
  }

  void trace(Member& member, std::uint64_t loops) {
    if (!member.worker || samples_.traces.count(member.who->target->name)) return;
    const std::string path = context_.scratch + "/spans";
    const auto reply = ask(member, {.verb = Verb::profile, .path = path, .loops = loops, .warm_loops = member.plan.warm_loops});
    if (!reply || !reply->profile) return;
    try {
      samples_.traces[member.who->target->name] = read_spans(path, reply->profile->spans);
    } catch (const Error& error) {
      lose(member, {error.what(), "", false});
    }
  }

  // A worker under a translator that computes nonsense may write nonsense.
  std::vector<TraceSpan> read_spans(const std::string& path, std::uint64_t count) const {
    const std::string bytes = read_file(path, kMostTraceBytes);
    std::vector<TraceSpan> spans(bytes.size() / sizeof(TraceSpan));
    std::memcpy(spans.data(), bytes.data(), spans.size() * sizeof(TraceSpan));
    const auto operations = static_cast<double>(samples_.operations.size());
    const auto sound = [&](const TraceSpan& span) {
      constexpr double kMost = 1e15;
      return counts(span.thread, case_.threads) && (span.operation == kWholeLoop || counts(span.operation, operations)) &&
             counts(span.share, 2) && span.begin_s >= 0 && span.begin_s <= span.end_s && span.end_s < kMost &&
             counts(span.allocations, kMost) && counts(span.allocated_bytes, kMost);
    };
    if (spans.size() != count || bytes.size() % sizeof(TraceSpan) != 0 || !std::all_of(spans.begin(), spans.end(), sound)) {
      throw Error(ErrorKind::data, "its timeline holds numbers that cannot be");
    }
    return spans;
  }

  std::optional<Reply> ask(Member& member, const Request& request) {
    if (!member.worker || interrupted_) return std::nullopt;
    auto reply = member.worker->ask(request, context_.limits.case_timeout_s);
    if (auto* death = std::get_if<Death>(&reply)) {
      lose(member, *death);
      return std::nullopt;
    }
    return std::get<Reply>(std::move(reply));
  }

  void lose(Member& member, const Death& death) {
    member.worker.reset();
    interrupted_ = interrupted_ || death.interrupted;
    if (!death.interrupted) context_.run->failures.push_back(failure_of(case_, *member.who->target, death));
  }

  SessionContext& context_;
  const Case& case_;
  ProfileSamples& samples_;
  Rng& rng_;
  std::vector<std::size_t> order_;
  std::vector<Member> members_;
  bool interrupted_ = false;
};

}  // namespace

PhaseEnd profile_block(SessionContext& context, const Case& item, std::span<const BlockMember> members, std::uint64_t trace_loops,
                       ProfileSamples& samples, Rng& rng) {
  return Visit(context, item, members, samples, rng).run(trace_loops);
}

}  // namespace m1bench
