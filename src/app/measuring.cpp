// SPDX-License-Identifier: Apache-2.0
#include "app/measuring.hpp"

#include "app/models.hpp"
#include "app/real_data.hpp"
#include "app/session_record.hpp"
#include "session/measure.hpp"
#include "session/verify.hpp"

namespace m1bench {
namespace {

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
  close_record(context_, end_, setup_.fake());
  setup_.progress().clear();
}

std::string Measuring::write(const std::function<std::string(const Run&)>& markdown) {
  return files_text(folder_.finish(run(), usual_reports(markdown)), folder_, "Interrupted before anything was measured");
}

}  // namespace m1bench
