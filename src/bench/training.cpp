// SPDX-License-Identifier: Apache-2.0
#include "bench/training.hpp"

#include <algorithm>
#include <array>

#include "bench/families.hpp"
#include "m1bench/core/check.hpp"
#include "m1bench/core/error.hpp"
#include "m1bench/tensor/fill.hpp"

namespace m1bench {
namespace {

// Weights and data come from different seeds of one number, so that neither repeats the other's random bits.
constexpr std::uint64_t kDataSeedOffset = 0x5DEECE66DULL;

Targets targets_of(const Batch& batch) { return {batch.labels, batch.targets.span()}; }

void check_fits(const Network& network, const DatasetView& data) {
  if (data.sample == network.sample && data.rows > 0) return;
  throw Error(ErrorKind::data, std::string(network.case_name) + " takes rows of " + network.sample.to_string() + ", but the data has " +
                                   std::to_string(data.rows) + " rows of " + data.sample.to_string());
}

std::unique_ptr<Optimizer> make_optimizer(const std::string& name) {
  if (name == "adam") return std::make_unique<Adam>();
  check(name == "sgd", "a known optimizer");
  return std::make_unique<Sgd>();
}

// A training case as it is timed: consecutive batches of a small set, over and over.
class TrainingCase final : public Workload {
 public:
  static constexpr std::int64_t kRows = 1024;

  TrainingCase(const CaseSpec& spec, const WorkloadOptions& options)
      : network_(network_named(spec.name)), training_(network_, options.seed, *options.parallel) {
    if (options.data) {
      data_ = *options.data;
      data_.rows = std::min(data_.rows, kRows);
    } else {
      synthetic_ = network_.synthetic(kRows, 0, options.seed + kDataSeedOffset);
      data_ = synthetic_.view();
    }
    check_fits(network_, data_);
    order_ = epoch_order(data_.rows, 0, 0, false);
  }

  void reset() override {
    training_.reset();
    next_ = 0;
    taken_ = 0;
  }

  void loop() override {
    const auto end = std::min<std::size_t>(order_.size(), next_ + static_cast<std::size_t>(network_.batch));
    const StepResult result = training_.step(data_, std::span(order_).subspan(next_, end - next_));
    if (taken_ < kVerifiedSteps) losses_[taken_++] = result.loss;
    next_ = end == order_.size() ? 0 : end;
  }

  // The rows of the verified steps, targets, and the parameters as they are now: call it after a reset.
  std::vector<NamedArray> inputs() override {
    const auto rows = std::min<std::size_t>(order_.size(), kVerifiedSteps * static_cast<std::size_t>(network_.batch));
    gather(data_, std::span(order_).first(rows), inputs_);
    std::vector<NamedArray> arrays{{"x", view_of(inputs_.x)}};
    if (data_.classes > 0) {
      arrays.push_back({"y", {DType::i64, Shape{static_cast<std::int64_t>(rows)}, std::as_bytes(std::span(inputs_.labels))}});
    } else {
      arrays.push_back({"y", view_of(inputs_.targets)});
    }
    int index = 0;
    for (const Parameter* parameter : training_.layers().parameters()) {
      arrays.push_back({"param_" + std::to_string(index++), view_of(parameter->value)});
    }
    return arrays;
  }

  NamedArray answer() override {
    return {"losses", {DType::f64, Shape{static_cast<std::int64_t>(taken_)}, std::as_bytes(std::span(losses_).first(taken_))}};
  }

  std::uint64_t output_checksum() override {
    check(taken_ > 0, "a step was taken");
    return checksum(std::as_bytes(std::span(losses_).first(1)));
  }

 private:
  const Network& network_;
  Training training_;
  Dataset synthetic_;
  DatasetView data_;
  std::vector<std::int32_t> order_;
  std::size_t next_ = 0;
  Batch inputs_;
  std::array<double, kVerifiedSteps> losses_{};
  std::uint64_t taken_ = 0;
};

}  // namespace

Training::Training(const Network& network, std::uint64_t seed, Parallel& parallel)
    : network_(network), parallel_(parallel), optimizer_(make_optimizer(network.optimizer_name)) {
  network.build(layers_);
  layers_.build(network.sample, seed);
  start_ = layers_.snapshot();
}

StepResult Training::step(const DatasetView& data, std::span<const std::int32_t> rows) {
  gather(data, rows, batch_);
  return layers_.train_step(batch_.x, targets_of(batch_), network_.loss, *optimizer_, parallel_);
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
    : network_(network_named(case_name)), seed_(options.seed), training_(network_, options.seed, *options.parallel) {
  if (options.data) {
    data_ = *options.data;
    data_.rows = std::min(data_.rows, network_.rows);  // a small experiment is a small experiment on real data too
  } else {
    synthetic_ = network_.synthetic(network_.rows, 0, seed_ + kDataSeedOffset);
    data_ = synthetic_.view();
  }
  check_fits(network_, data_);
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
    order_ = epoch_order(data_.rows, seed_, epoch_++, true);
    sums_ = {};
  }
  for (std::uint64_t step = 0; step < steps && sums_.rows < order_.size(); ++step) {
    const auto batch = std::min(static_cast<std::size_t>(network_.batch), order_.size() - sums_.rows);
    const StepResult result = training_.step(data_, std::span(order_).subspan(sums_.rows, batch));
    sums_.add(result, batch);
  }
  return result_of(sums_, data_);
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

std::unique_ptr<Workload> make_training(const CaseSpec& spec, const WorkloadOptions& options) {
  return std::make_unique<TrainingCase>(spec, options);
}

}  // namespace m1bench
