// SPDX-License-Identifier: Apache-2.0
#include "exec/program_workers.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "m1bench/core/check.hpp"

namespace m1bench {
namespace {

// A count that is missing once is missing for good, for the sum would be of something else.
template <class T>
void add(std::optional<T>& sum, const std::optional<T>& more, bool first) {
  if (first) sum = more;
  else sum = sum && more ? std::optional<T>(*sum + *more) : std::nullopt;
}

class ProgramWorker final : public Worker {
 public:
  ProgramWorker(const Run& run, const Executions& executions, Target target, std::vector<int> cpus)
      : run_(run), executions_(executions), target_(std::move(target)), cpus_(std::move(cpus)) {}

  const Hello& hello() const override { return hello_; }
  void quit() override {}
  ProcessCounters counters() override { return executed_ > 0 ? counted_ : zero_; }

  OrDeath<Reply> ask(const Request& request, double) override {
    Reply reply;
    if (request.verb == Verb::prepare) item_ = find_case(run_, request.case_name);
    if (request.verb != Verb::run) return reply;
    check(item_ != nullptr, "a case is prepared before it is run");
    for (std::uint64_t i = 0; i < request.warm_loops + request.loops; ++i) {
      if (auto death = execute(i < request.warm_loops ? nullptr : &reply)) return *std::move(death);
    }
    reply.output_checksum = checksum_;
    return reply;
  }

 private:
  // Once; added up in `reply`, if it counts.
  std::optional<Death> execute(Reply* reply) {
    auto executed = executions_.run(*item_, target_, cpus_);
    if (auto* death = std::get_if<Death>(&executed)) return *death;
    const Execution& done = std::get<Execution>(executed);
    const int exit_code = done.end.exit.exit_code.value_or(0);
    if (executed_ > 0 && done.checksum != checksum_) return changed(exit_code);
    checksum_ = done.checksum;
    exit_code_ = exit_code;
    count(done.end.counted);
    if (reply) add_times(done.end, *reply);
    return std::nullopt;
  }

  Death changed(int exit_code) const {
    constexpr const char* kBetween = " between two executions";
    if (exit_code == exit_code_) {
      return {std::string("what it prints changed") + kBetween, "allow that with --ignore-output, if it is meant to", false, true};
    }
    return {"its exit code changed from " + std::to_string(exit_code_) + " to " + std::to_string(exit_code) + kBetween, kMustEndAlike,
            false, true};
  }

  static void add_times(const ProgramEnd& end, Reply& reply) {
    const bool first = reply.wall_s == 0;
    reply.wall_s += end.wall_s;
    reply.cpu_s += end.cpu_s;
    reply.max_rss_bytes = std::max(reply.max_rss_bytes, end.max_rss_bytes);  // nothing is less than any number
    add(reply.context_switches, end.context_switches, first);
    add(reply.page_faults, end.page_faults, first);
  }

  void count(const ProcessCounters& counted) {
    const bool first = executed_++ == 0;
    add(counted_.instructions, counted.instructions, first);
    add(counted_.cycles, counted.cycles, first);
    add(counted_.energy_j, counted.energy_j, first);
    add(counted_.cpu_s, counted.cpu_s, first);
    add(counted_.performance_cpu_s, counted.performance_cpu_s, first);
    counted_.peak_footprint_bytes = std::max(counted_.peak_footprint_bytes, counted.peak_footprint_bytes);
  }

  const Run& run_;
  const Executions& executions_;
  Target target_;
  std::vector<int> cpus_;
  Hello hello_;
  const Case* item_ = nullptr;
  std::string checksum_;
  int exit_code_ = 0;
  std::uint64_t executed_ = 0;
  ProcessCounters counted_;
  ProcessCounters zero_{0, 0, 0.0, 0.0, 0.0, std::nullopt};  // before the first execution
};

}  // namespace

OrDeath<std::unique_ptr<Worker>> ProgramWorkers::start(const Target& target, const std::vector<int>& cpus, double) {
  return std::unique_ptr<Worker>(std::make_unique<ProgramWorker>(run_, executions_, target, cpus));
}

}  // namespace m1bench
