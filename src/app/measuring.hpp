// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>

#include "app/run_folder.hpp"
#include "app/setup.hpp"
#include "session/slow_budget.hpp"

namespace m1bench {

// One measuring session from its set-up to its file: what `all`, `run` and `ab` have in common.
class Measuring {
 public:
  // Sets up, and proves that the run can be written. Throws Error.
  explicit Measuring(const Options& options);
  Measuring(const Measuring&) = delete;
  Measuring& operator=(const Measuring&) = delete;

  Run& run() { return setup_.run(); }

  // Of a time budget, keeps some for confirm().
  void leave_time_to_confirm();
  // Checks every answer, then measures until every case is precise enough or the budget is used up.
  PhaseEnd verify_and_measure();
  // Measures these cases again, as the second sample of `ab`.
  PhaseEnd confirm(const std::vector<std::string>& cases);

  // What is known only at the end: conditions, where the time went, warnings. Nothing is measured after it.
  void close();
  // Writes the run and its reports; `markdown` makes report.md. Returns what to print at the end: where they are.
  std::string write(const std::function<std::string(const Run&)>& markdown);

 private:
  Setup setup_;
  SessionContext context_;
  RunFolder folder_;
  SlowBudget budget_;
  PhaseEnd end_ = PhaseEnd::done;
};

}  // namespace m1bench
