// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/options.hpp"
#include "bench/case_spec.hpp"
#include "launch/targets.hpp"
#include "launch/worker_client.hpp"
#include "result/model.hpp"

namespace m1bench {

// What will be done, before anything is started: cases and targets resolved, names checked.
struct Plan {
  std::vector<const CaseSpec*> cases;
  std::vector<Target> targets;        // every target known here
  std::vector<std::size_t> wanted;    // those to compare, by index; empty: the default ones, once they are probed
  bool tiers = false;                 // by default, compare every tier
  std::string baseline;               // "" : the first of the chosen
  std::uint64_t seed = 0;
  int threads = 1;
};

// Throws Error(usage) for names that do not exist.
Plan make_plan(const Options& options, const LaunchHost& host, const std::vector<SliceFile>& slices);

// "4" or "max". Throws Error(usage).
int parse_threads(const std::string& text);

// The run's record of a case.
Case case_of(const CaseSpec& spec, std::uint64_t seed, int threads);

// Starts a worker of the target, keeps what it says of itself, and marks the target unavailable if it would not.
// Returns false if the driver was interrupted.
bool probe(Target& target, WorkerFactory& workers, double timeout_s);

// Probes what has to be known, and chooses: fills run.targets (wanted ones, available or not) and run.session.baseline.
// Returns the target whose answers are the reference: the best native one, else the baseline; nothing if none can run.
// Throws Error(target) if nothing at all can run; returns nothing with `interrupted` set on an interrupt.
struct Chosen {
  std::optional<Target> reference;
  bool interrupted = false;
};
Chosen choose_targets(Plan& plan, const LaunchHost& host, WorkerFactory& workers, double timeout_s, Run& run);

}  // namespace m1bench
