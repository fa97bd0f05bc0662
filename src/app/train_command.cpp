// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <memory>
#include <optional>

#include "app/commands.hpp"
#include "app/console.hpp"
#include "app/exit_code.hpp"
#include "app/real_data.hpp"
#include "app/setup.hpp"
#include "bench/networks.hpp"
#include "m1bench/core/error.hpp"
#include "m1bench/core/text.hpp"
#include "platform/interrupt.hpp"
#include "report/training.hpp"

namespace m1bench {
namespace {

// About how long a worker trains before it answers: long enough that asking costs nothing, short enough for a live line,
// for Ctrl-C, and for targets to take turns within an epoch.
constexpr double kTurn_s = 0.5;

// One target in training.
struct Trainee {
  const Target* target = nullptr;
  std::unique_ptr<Worker> worker;  // null once it died
  std::uint64_t steps = 1;         // of its next turn
  double seconds = 0;              // of the epoch under way, and
  std::uint64_t samples = 0;       // likewise
  bool epoch_done = false;
};

class TrainingSession {
 public:
  TrainingSession(const Options& options, Setup& setup, const RealData& data)
      : options_(options), setup_(setup), network_(network_named(setup.run().cases.front().name)) {
    training_.case_name = network_.case_name;
    training_.baseline = setup.run().session.baseline;
    training_.about = about(options, setup.run().cases.front());
    training_.epochs = options.steps ? 1 : options.epochs.value_or(network_.epochs);
    const Case& item = setup.run().cases.front();
    for (const Target& target : setup.run().targets) {
      if (!target.available) {
        lose(target.name, {target.cause, target.remedy, false});
        continue;
      }
      Trainee trainee{.target = &target};
      auto started = setup.workers().start(target, {}, options.case_timeout_s);
      if (auto* death = std::get_if<Death>(&started)) {
        lose(target.name, *death);
        continue;
      }
      trainee.worker = std::get<std::unique_ptr<Worker>>(std::move(started));
      trainees_.push_back(std::move(trainee));
      training_.targets.push_back(target.name);
      Request request{.verb = Verb::prepare, .case_name = item.name, .seed = item.seed, .threads = item.threads, .for_training = true};
      if (data.training.count(item.name)) request.data = data.training.at(item.name);
      if (data.evaluation.count(item.name)) request.evaluation_data = data.evaluation.at(item.name);
      ask(trainees_.back(), request);
    }
  }

  void run() {
    print(training_heading(training_));
    for (int epoch = 1; epoch <= training_.epochs && !interrupted_; ++epoch) run_epoch();
    if (options_.evaluate && !interrupted_) evaluate();
    setup_.progress().clear();
    if (interrupted_) return print("\nInterrupted; an epoch under way is not shown.\n");
    print(training_summary(training_, terminal_style(options_.color)));
  }

  bool anyone_died() const { return died_; }

 private:
  std::string about(const Options& options, const Case& item) const {
    const bool real = !options.data.empty() && !network_.data_set.empty();
    return (real ? std::string(network_.data_set) + " from " + options.data : "synthetic data, seed " + std::to_string(item.seed)) + "; batch " +
           std::to_string(network_.batch) + ", " + network_.optimizer_name + ", " + network_.loss_name + "; threads " + std::to_string(item.threads);
  }

  // Targets take turns of about half a second, so that the machine's moods meet all of them.
  void run_epoch() {
    for (Trainee& trainee : trainees_) {
      trainee.seconds = 0;
      trainee.samples = 0;
      trainee.epoch_done = false;
    }
    const std::uint64_t all_steps = options_.steps.value_or(UINT64_MAX);
    bool busy = true;
    while (busy && !interrupted_) {
      busy = false;
      for (Trainee& trainee : trainees_) {
        if (!trainee.worker || trainee.epoch_done) continue;
        take_turn(trainee, all_steps);
        busy = true;
      }
    }
  }

  void take_turn(Trainee& trainee, std::uint64_t all_steps) {
    const auto batch = static_cast<std::uint64_t>(network_.batch);
    const std::uint64_t steps = std::min(trainee.steps, all_steps - trainee.samples / batch);
    const auto reply = ask(trainee, {.verb = Verb::train, .steps = steps});
    if (!reply) return;
    trainee.seconds += reply->wall_s;
    trainee.samples = reply->samples;
    const double step_s = reply->wall_s / static_cast<double>(std::max<std::uint64_t>(1, steps));
    trainee.steps = static_cast<std::uint64_t>(std::clamp(kTurn_s / std::max(step_s, 1e-7), 1.0, 1e6));
    setup_.progress().show_text("epoch " + std::to_string(reply->epoch) + " on " + trainee.target->name + ": " + std::to_string(reply->samples) +
                                " samples, loss " + format_significant(reply->loss, 4));
    if (!reply->epoch_done && reply->samples / batch < all_steps) return;
    trainee.epoch_done = true;
    report({trainee.target->name, reply->epoch, reply->samples, trainee.seconds, reply->loss, reply->accuracy, false});
  }

  void evaluate() {
    for (Trainee& trainee : trainees_) {
      setup_.progress().show_text("testing on " + trainee.target->name);
      const auto reply = ask(trainee, {.verb = Verb::evaluate});
      if (reply) report({trainee.target->name, reply->epoch, reply->samples, 0, reply->loss, reply->accuracy, true});
    }
  }

  void report(const TrainedEpoch& row) {
    setup_.progress().clear();
    training_.rows.push_back(row);
    print(training_line(training_, row));
  }

  std::optional<Reply> ask(Trainee& trainee, const Request& request) {
    if (!trainee.worker || interrupted_) return std::nullopt;
    auto reply = trainee.worker->ask(request, options_.case_timeout_s);
    if (auto* death = std::get_if<Death>(&reply)) {
      trainee.worker.reset();
      lose(trainee.target->name, *death);
      return std::nullopt;
    }
    return std::get<Reply>(std::move(reply));
  }

  void lose(const std::string& target, const Death& death) {
    if (death.interrupted) {
      interrupted_ = true;
      return;
    }
    died_ = true;
    setup_.progress().clear();
    std::fprintf(stderr, "m1bench: %s: %s%s%s\n", target.c_str(), death.cause.c_str(), death.remedy.empty() ? "" : "; ", death.remedy.c_str());
  }

  const Options& options_;
  Setup& setup_;
  const Network& network_;
  TrainingRun training_;
  std::vector<Trainee> trainees_;
  bool died_ = false, interrupted_ = false;
};

}  // namespace

int train_command(const Options& options) {
  network_named(options.patterns.front());  // says so now if it is not a training case
  if (options.dry_run) {
    print(dry_run(options));
    return 0;
  }
  Setup setup(options, true);
  const RealData data = unpack_real_data(options.data, setup.run().cases, setup.scratch());
  TrainingSession session(options, setup, data);
  session.run();
  if (interrupted() != 0) return exit_code_of_signal(interrupted());
  return static_cast<int>(session.anyone_died() ? ExitCode::target_missing : ExitCode::fine);
}

}  // namespace m1bench
