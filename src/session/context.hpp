// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "launch/worker_client.hpp"
#include "result/model.hpp"
#include "session/limits.hpp"

namespace m1bench {

// Time as a session sees it. Tests put a clock in its place that only the fake workers advance.
class SessionClock {
 public:
  virtual ~SessionClock() = default;
  virtual double now_s() = 0;          // since an arbitrary moment
  virtual std::string utc() = 0;       // ISO 8601
};

// How one target of the case at hand does.
struct TargetProgress {
  std::string name;
  std::optional<double> ratio;  // to what it is compared with, over the blocks so far
  double left_s = 0;            // of its own work in the whole session
};

// What is going on, for a live line.
struct Progress {
  std::string phase;            // "checking", "measuring", "confirming", "dumping"
  std::string case_name, target;
  int done = 0, all = 0;        // cases that need no more, and those of the phase; 0 where nobody counts
  int block = 0;                // from 1; 0 outside blocks
  std::optional<double> left_s; // predicted
  bool at_most = false;         // that is only an upper bound
  std::vector<TargetProgress> targets;
  double elapsed_s = 0;         // of the session
};

class TimeAccount;

// Everything the phases of a session share. Pointers are never null, but for the account.
struct SessionContext {
  Run* run = nullptr;               // grows as the session goes on
  WorkerFactory* workers = nullptr;
  SessionClock* clock = nullptr;
  Limits limits;
  Target reference;                 // the native target whose answers are the right ones
  std::string scratch;              // a folder for answers
  std::map<std::string, std::string> data;  // decoded file of a case that uses real data or runs a model
  std::uint64_t shared_bytes = 0;   // of memory that all workers have in common
  std::vector<int> allowed_cpus;    // where workers may be pinned
  // By "CASE@TARGET": what a block takes beside its loops, from spawning a worker until its case is prepared; of a program, to
  // prepare its executions.
  std::map<std::string, double> block_overhead_s;
  double start_s = 0;               // clock->now_s() at the session's start
  double timer_tick_s = 1e-9;
  TimeAccount* account = nullptr;   // the innermost one open
  std::function<void(const Progress&)> on_progress = [](const Progress&) {};
  std::function<void()> on_block = [] {};  // after every block: the run is worth saving
  // Seconds that a fixed loop takes on these CPUs just now; nothing where nobody can tell.
  std::function<std::optional<double>(const std::vector<int>& cpus)> canary = [](const std::vector<int>&) { return std::nullopt; };

  // `want_checksum`: of the inputs; they are as long to read as to make.
  Request prepare_request(const Case& item, bool want_checksum = false) const {
    const auto file = data.find(item.name);
    return {.verb = Verb::prepare, .case_name = item.name, .seed = item.seed, .threads = item.threads,
            .data = file == data.end() ? "" : file->second, .shared_bytes = shared_bytes, .want_checksum = want_checksum};
  }
  // Of each worker in the next block: the first one may find the CPU still waking up.
  double least_warm_up_s() const { return run->blocks.empty() ? limits.first_warm_up_s : 0; }
  double elapsed_s() { return clock->now_s() - start_s; }
  double left_s() { return limits.budget_s <= 0 ? 1e30 : limits.budget_s - elapsed_s(); }
};

inline std::string case_at_target(const std::string& case_name, const std::string& target) { return case_name + "@" + target; }

// Adds the time since construction to run.session.time_spent_s[kind], but for what an account opened meanwhile takes for itself:
// every second is counted once.
class TimeAccount {
 public:
  TimeAccount(SessionContext& context, const char* kind)
      : context_(context), outer_(std::exchange(context.account, this)), kind_(kind), start_s_(context.clock->now_s()) {}
  ~TimeAccount() {
    const double elapsed_s = context_.clock->now_s() - start_s_;
    context_.run->session.time_spent_s[kind_] += std::max(0.0, elapsed_s - inner_s_);
    if (outer_) outer_->inner_s_ += elapsed_s;
    context_.account = outer_;
  }
  TimeAccount(const TimeAccount&) = delete;
  TimeAccount& operator=(const TimeAccount&) = delete;

 private:
  SessionContext& context_;
  TimeAccount* outer_;
  const char* kind_;
  double start_s_, inner_s_ = 0;
};

// Why a phase ended early.
enum class PhaseEnd { done, interrupted };

}  // namespace m1bench
