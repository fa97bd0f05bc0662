// SPDX-License-Identifier: Apache-2.0
#include "bench/training.hpp"

#include <algorithm>

#include "m1bench/core/check.hpp"
#include "m1bench/core/error.hpp"

namespace m1bench {
namespace {

// Weights and data come from different seeds of one number, so that neither repeats the other's random bits.
constexpr std::uint64_t kDataSeedOffset = 0x5DEECE66DULL;

Targets targets_of(const Batch& batch) { return {batch.labels, batch.targets.span()}; }

std::unique_ptr<Optimizer> make_optimizer(const std::string& name) {
  if (name == "adam") return std::make_unique<Adam>();
  check(name == "sgd", "a known optimizer");
  return std::make_unique<Sgd>();
}

}  // namespace

void check_fits(const Network& network, const DatasetView& data) {
  if (data.sample == network.sample && data.rows > 0) return;
  throw Error(ErrorKind::data, std::string(network.case_name) + " takes rows of " + network.sample.to_string() + ", but the data has " +
                                   std::to_string(data.rows) + " rows of " + data.sample.to_string());
}

TrainingRows::TrainingRows(const Network& network, const WorkloadOptions& options, std::int64_t rows) {
  if (options.data) {
    view_ = *options.data;
    view_.rows = std::min(view_.rows, rows);
  } else {
    synthetic_ = network.synthetic(rows, 0, options.seed + kDataSeedOffset);
    view_ = synthetic_.view();
  }
  check_fits(network, view_);
}

Training::Training(const Network& network, std::uint64_t seed, Parallel& parallel)
    : network_(network), parallel_(parallel), optimizer_(make_optimizer(network.optimizer_name)) {
  network.build(layers_);
  layers_.build(network.sample, seed);
  start_ = layers_.snapshot();
}

StepResult Training::step(const DatasetView& data, std::span<const std::int32_t> rows) {
  gather(data, rows, batch_);
  return step(batch_);
}

StepResult Training::step(const Batch& batch) {
  return layers_.train_step(batch.x, targets_of(batch), network_.loss, *optimizer_, parallel_);
}

StepResult Training::evaluate(const DatasetView& data, std::span<const std::int32_t> rows) {
  gather(data, rows, batch_);
  const Tensor<float>& y = layers_.forward(batch_.x, parallel_);
  unused_gradient_.resize(y.shape());
  return loss_and_gradient(network_.loss, y, targets_of(batch_), unused_gradient_);
}

void Training::reset() {
  layers_.restore(start_);
  optimizer_->reset();
}

Trainer::Trainer(const std::string& case_name, const WorkloadOptions& options, const DatasetView* held_out)
    : network_(network_named(case_name)),
      seed_(options.seed),
      rows_(network_, options, network_.rows),  // a small experiment is a small experiment on real data too
      training_(network_, options.seed, *options.parallel) {
  if (held_out) {
    held_out_ = *held_out;
    check_fits(network_, held_out_);
  }
}

void Trainer::Sums::add(const StepResult& result, std::size_t batch) {
  loss += result.loss * static_cast<double>(batch);
  correct += result.correct;
  rows += batch;
}

EpochResult Trainer::result_of(const Sums& sums, const DatasetView& data) const {
  EpochResult result;
  result.epoch = epoch_;
  result.done = sums.rows == static_cast<std::size_t>(data.rows);
  result.samples = sums.rows;
  result.loss = sums.loss / static_cast<double>(sums.rows);
  if (data.classes > 0) result.accuracy = static_cast<double>(sums.correct) / static_cast<double>(sums.rows);
  return result;
}

EpochResult Trainer::run(std::uint64_t steps) {
  check(steps > 0, "training takes at least one step");
  if (sums_.rows == order_.size()) {
    order_ = epoch_order(rows_.view().rows, seed_, epoch_++, true);
    sums_ = {};
  }
  for (std::uint64_t step = 0; step < steps && sums_.rows < order_.size(); ++step) {
    const auto batch = std::min(static_cast<std::size_t>(network_.batch), order_.size() - sums_.rows);
    const StepResult result = training_.step(rows_.view(), std::span(order_).subspan(sums_.rows, batch));
    sums_.add(result, batch);
  }
  return result_of(sums_, rows_.view());
}

EpochResult Trainer::evaluate() {
  if (held_out_.rows == 0) {
    synthetic_held_out_ = network_.synthetic(network_.rows / 6, network_.rows, seed_ + kDataSeedOffset);
    held_out_ = synthetic_held_out_.view();
  }
  const std::vector<std::int32_t> order = epoch_order(held_out_.rows, 0, 0, false);
  Sums sums;
  while (sums.rows < order.size()) {
    const auto batch = std::min(static_cast<std::size_t>(network_.batch), order.size() - sums.rows);
    const StepResult result = training_.evaluate(held_out_, std::span(order).subspan(sums.rows, batch));
    sums.add(result, batch);
  }
  return result_of(sums, held_out_);
}

}  // namespace m1bench
