// SPDX-License-Identifier: Apache-2.0
#include "app/measuring.hpp"

#include <algorithm>

#include "analysis/summary.hpp"
#include "analysis/warnings.hpp"
#include "app/console.hpp"
#include "app/machine.hpp"
#include "app/models.hpp"
#include "app/real_data.hpp"
#include "m1bench/core/text.hpp"
#include "session/measure.hpp"
#include "session/verify.hpp"

namespace m1bench {
namespace {

// What no phase counted: mostly printing.
void account_for_the_rest(Run& run, double elapsed_s) {
  auto& spent = run.session.time_spent_s;
  // Calibration happens within verification, and is counted there too.
  spent["verification"] -= spent["calibration"];
  double known = 0;
  for (const auto& [kind, seconds] : spent) known += seconds;
  spent["other"] = std::max(0.0, elapsed_s - known);
}

// With all that can be wrong about the options' data, before there is a folder for a run.
SessionContext context_of(Setup& setup, const Options& options) {
  SessionContext context = setup.context(limits_for(options));
  context.data = unpack_real_data(options.data, setup.run().cases, setup.scratch()).training;
  context.data.merge(unpack_models(options.model, setup.run().cases, setup.scratch()));
  setup.run().session.budget_s = context.limits.budget_s;
  return context;
}

}  // namespace

Measuring::Measuring(const Options& options)
    : setup_(options),
      context_(context_of(setup_, options)),
      folder_(options.out.empty() ? default_run_folder(run().session.started) : options.out, options.force, run()),
      budget_(context_.limits.budget_s, context_.limits) {
  context_.on_block = [this] {
    const TimeAccount account(context_, "saving");
    folder_.save(run(), context_.clock->now_s());
  };
}

void Measuring::leave_time_to_confirm() {
  // The second sample takes 16 blocks of what the first gave 12 to 40, and may be of every case.
  constexpr double kFirstSample = 0.7;
  context_.limits.budget_s *= kFirstSample;
}

PhaseEnd Measuring::verify_and_measure() {
  end_ = setup_.interrupted() ? PhaseEnd::interrupted : verify_cases(context_, budget_, true);
  if (end_ == PhaseEnd::done) end_ = measure_cases(context_, budget_);
  return end_;
}

PhaseEnd Measuring::confirm(const std::vector<std::string>& cases) {
  const std::string reason = run().session.stop_reason;
  context_.limits = confirmation_limits(context_.limits);
  context_.limits.budget_s = run().session.budget_s;
  end_ = confirm_cases(context_, budget_, cases);
  // That the second sample had the blocks it was given says nothing; how the first one ended does.
  if (end_ == PhaseEnd::done && run().session.stop_reason != "budget") run().session.stop_reason = reason;
  return end_;
}

void Measuring::close() {
  if (end_ == PhaseEnd::interrupted) run().session.stop_reason = "interrupted";
  run().session.ended = setup_.clock().utc();
  if (!setup_.fake()) run().machine.after = conditions_now();
  account_for_the_rest(run(), context_.elapsed_s());
  run().warnings = warnings_of(run(), summarise(run()));
  setup_.progress().clear();
}

void Measuring::write(const std::function<std::string(const Run&)>& markdown) {
  const std::vector<std::string> files = folder_.finish(run(), usual_reports(markdown));
  print(files.empty() ? "\nInterrupted before anything was measured; the run in " + folder_.run_file() + " is kept.\n"
                      : "\nWritten: " + join_words(files) + "\n");
}

}  // namespace m1bench
