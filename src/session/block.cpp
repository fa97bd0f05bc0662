// SPDX-License-Identifier: Apache-2.0
#include "session/block.hpp"

#include <algorithm>
#include <memory>
#include <optional>
#include <string>

#include "analysis/answers.hpp"
#include "session/cost.hpp"
#include "session/launches.hpp"
#include "session/schedule.hpp"
#include "session/turn_counters.hpp"

namespace m1bench {
namespace {

// A block under way.
class Visit {
 public:
  Visit(SessionContext& context, const Case& item, std::span<const BlockMember> members, BlockPlace place, Rng& rng)
      : context_(context), case_(item), members_(members), rng_(rng), order_(random_order(members.size(), rng)), workers_(members.size()), entries_(members.size()),
        counters_(members.size()) {
    for (const BlockMember& member : members) plans_.push_back(plan_member(*member.check, context.limits, context.least_warm_up_s()));
    block_.round = place.round;
    block_.stage = place.stage;
    block_.case_name = item.name;
    block_.start_s = context.elapsed_s();
    block_.cpus = block_cpus(context.allowed_cpus, cpus_wanted(item), context.run->blocks.size());
  }

  PhaseEnd run() {
    start_workers();
    prepare();
    warm_up();
    time_slots();
    collect();
    if (interrupted_) return PhaseEnd::interrupted;
    if (!block_.targets.empty()) context_.run->blocks.push_back(block_);
    context_.on_block();
    return PhaseEnd::done;
  }

 private:
  void start_workers() {
    const TimeAccount account(context_, "start-up");
    int position = 0;
    for (const std::size_t i : order_) {
      auto started = start_worker(context_, *members_[i].target, case_, block_.cpus);
      if (auto* death = std::get_if<Death>(&started)) {
        lose(i, *death);
        continue;
      }
      workers_[i] = std::get<std::unique_ptr<Worker>>(std::move(started));
      entries_[i].target = members_[i].target->name;
      entries_[i].position = position++;
      entries_[i].loops = members_[i].check->loops;
    }
  }

  void prepare() {
    const TimeAccount account(context_, "preparation");
    for (const std::size_t i : order_) ask(i, context_.prepare_request(case_));
  }

  void warm_up() {
    const TimeAccount account(context_, "warm-up");
    for (const std::size_t i : order_) {
      if (plans_[i].first_loops > 0) ask(i, {.verb = Verb::run, .loops = 0, .warm_loops = plans_[i].first_loops});
    }
  }

  void time_slots() {
    const TimeAccount account(context_, "slots");
    std::vector<int> slots;
    for (std::size_t i = 0; i < workers_.size(); ++i) slots.push_back(workers_[i] ? plans_[i].slots : 0);
    for (const std::size_t i : slot_order(slots, rng_)) time_slot(i, --slots[i] == 0);
    for (std::size_t i = 0; i < workers_.size(); ++i) count_single(i);
  }

  // Who got through takes its place in the block, and the canary is asked how the machine is.
  void collect() {
    std::vector<int> index(workers_.size(), -1);
    {
      const TimeAccount account(context_, "start-up");
      for (std::size_t i = 0; i < workers_.size(); ++i) {
        if (!workers_[i]) continue;
        workers_[i]->quit();
        index[i] = static_cast<int>(block_.targets.size());
        entries_[i].counters = counters_[i].result();
        block_.targets.push_back(entries_[i]);
      }
    }
    for (const std::size_t i : turns_) {
      if (index[i] >= 0) block_.turns.push_back(index[i]);
    }
    if (interrupted_) return;
    const TimeAccount account(context_, "canary");
    block_.canary_s = context_.canary(block_.cpus);
  }

  void time_slot(std::size_t i, bool last) {
    TargetBlock& entry = entries_[i];
    const auto slowed = members_[i].target->slowdown.find(case_.name);
    const Request request{.verb = Verb::run, .loops = entry.loops, .warm_loops = plans_[i].warm_loops,
                          .slowdown = slowed == members_[i].target->slowdown.end() ? 1 : slowed->second, .want_checksum = last};
    const ProcessCounters before = counters_of(i);
    const double start_s = context_.clock->now_s();
    const auto reply = ask(i, request);
    if (!reply) return;
    if (turn_counts(static_cast<int>(entry.wall_s.size()), plans_[i].slots)) {
      // What is counted for a program is counted while it runs, and not while it is prepared for.
      const double wall_s = runs_program(case_) ? reply->wall_s : context_.clock->now_s() - start_s;
      counters_[i].add_turn(counted_between(before, counters_of(i)), request.loops + request.warm_loops, wall_s);
    }
    turns_.push_back(i);
    entry.wall_s.push_back(reply->wall_s);
    entry.cpu_s.push_back(reply->cpu_s);
    entry.max_rss_bytes = std::max(entry.max_rss_bytes, reply->max_rss_bytes);  // nothing is less than any number
    entry.allocated_bytes = reply->allocated_bytes;
    add(entry.context_switches, reply->context_switches);
    add(entry.page_faults, reply->page_faults);
    add(entry.migrations, reply->migrations);
    if (!last) return;
    entry.checksum = reply->output_checksum;
    const std::string& verified = members_[i].check->output_checksum;
    if (entry.checksum != verified) lose(i, changed(verified, entry.checksum));
  }

  Death changed(const std::string& verified, const std::string& checksum) const {
    if (runs_program(case_)) {
      return {"what it prints changed after it was checked",
              "allow that with --ignore-output, if it is meant to print something else each time", false, true};
    }
    return {"its output changed from " + verified + " (verified) to " + checksum,
            "do not trust times from this target; report it to the maker of the translator", false, true};
  }

  ProcessCounters counters_of(std::size_t i) { return workers_[i] ? workers_[i]->counters() : ProcessCounters(); }

  // What a request takes beyond its loops, under a translator up to a fifth of a short slot. Only where somebody counts, and for
  // loops that one more of is not felt.
  void count_single(std::size_t i) {
    if (plans_[i].warm_loops == 0 || !counters_[i].result()) return;
    const ProcessCounters before = counters_of(i);
    if (ask(i, {.verb = Verb::run, .loops = 1})) counters_[i].add_single(counted_between(before, counters_of(i)));
  }

  static void add(std::optional<std::uint64_t>& sum, const std::optional<std::uint64_t>& more) {
    if (more) sum = sum.value_or(0) + *more;
  }

  std::optional<Reply> ask(std::size_t i, const Request& request) {
    if (!workers_[i] || interrupted_) return std::nullopt;
    auto reply = workers_[i]->ask(request, context_.limits.case_timeout_s);
    if (auto* death = std::get_if<Death>(&reply)) {
      lose(i, *death);
      return std::nullopt;
    }
    return std::get<Reply>(std::move(reply));
  }

  void lose(std::size_t i, const Death& death) {
    workers_[i].reset();
    if (death.interrupted) {
      interrupted_ = true;
    } else {
      context_.run->failures.push_back(failure_of(case_, *members_[i].target, death));
    }
  }

  SessionContext& context_;
  const Case& case_;
  std::span<const BlockMember> members_;
  Rng& rng_;
  // Who goes first in everything before the slots. Random: who takes its memory last has the faster pages, by several percent
  // in a case that streams through it.
  std::vector<std::size_t> order_;
  std::vector<MemberPlan> plans_;
  std::vector<std::unique_ptr<Worker>> workers_;
  std::vector<TargetBlock> entries_;
  std::vector<TurnCounters> counters_;
  std::vector<std::size_t> turns_;  // whose slot it was, by member
  Block block_;
  bool interrupted_ = false;
};

}  // namespace

int cpus_wanted(const Case& item) {
  if (runs_program(item)) return item.threads;
  const auto helpers = item.parameters.find("helper_threads");
  return item.threads + (helpers == item.parameters.end() ? 0 : std::stoi(helpers->second));
}

Failure failure_of(const Case& item, const Target& target, const Death& death) {
  return {item.name, target.name, (death.wrong ? std::string(kWrongAnswer) : "") + death.cause, death.remedy};
}

PhaseEnd measure_block(SessionContext& context, const Case& item, std::span<const BlockMember> members, BlockPlace place, Rng& rng) {
  return Visit(context, item, members, place, rng).run();
}

}  // namespace m1bench
