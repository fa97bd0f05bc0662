// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "bench/networks.hpp"
#include "bench/workload.hpp"
#include "m1bench/data/batches.hpp"
#include "m1bench/nn/optimizer.hpp"

namespace m1bench {

// The first rows of the data set that an experiment was given, or of a synthetic one.
class TrainingRows {
 public:
  TrainingRows(const Network& network, const WorkloadOptions& options, std::int64_t rows);  // throws as check_fits()
  TrainingRows(const TrainingRows&) = delete;
  TrainingRows& operator=(const TrainingRows&) = delete;
  const DatasetView& view() const { return view_; }

 private:
  Dataset synthetic_;
  DatasetView view_;
};

// Throws Error(data) if the network cannot be trained on that.
void check_fits(const Network& network, const DatasetView& data);

// One of the published networks with its optimizer, ready for its first step.
class Training {
 public:
  Training(const Network& network, std::uint64_t seed, Parallel& parallel);

  // One step on the rows named, or only the forward pass and the loss.
  StepResult step(const DatasetView& data, std::span<const std::int32_t> rows);
  StepResult step(const Batch& batch);
  StepResult evaluate(const DatasetView& data, std::span<const std::int32_t> rows);

  // What a step of that many rows is made of.
  std::vector<OperationInfo> operations(std::int64_t batch) const { return layers_.operations(batch, *optimizer_); }

  // Back to the state after construction.
  void reset();

  Sequential& layers() { return layers_; }
  const Sequential& layers() const { return layers_; }

 private:
  const Network& network_;
  Parallel& parallel_;
  Sequential layers_;
  std::unique_ptr<Optimizer> optimizer_;
  std::vector<Tensor<float>> start_;  // parameters before the first step
  Batch batch_;
  Tensor<float> unused_gradient_;
};

// Running means over the samples of an epoch so far, as Keras prints them.
struct EpochResult {
  int epoch = 0;                   // from 1
  bool done = false;               // every row was seen
  std::uint64_t samples = 0;
  double loss = 0;
  std::optional<double> accuracy;  // of classifiers
};

// Trains for real: epochs over all rows of a data set, shuffled by the seed, a few steps at a time.
class Trainer {
 public:
  // Trains on the first rows of `options.data`, as many as the published experiment had, or on a synthetic set of that size.
  // `held_out` (may be null) is what evaluate() looks at; without it, the rows that follow the synthetic set, a sixth as many.
  Trainer(const std::string& case_name, const WorkloadOptions& options, const DatasetView* held_out);

  // At most `steps` (at least 1) more batches of the current epoch; the next call after its end starts another.
  EpochResult run(std::uint64_t steps);

  // Loss and accuracy over the held-out rows. Nothing is trained.
  EpochResult evaluate();

 private:
  // Running sums, and how far they have come.
  struct Sums {
    double loss = 0;
    std::int64_t correct = 0;
    std::size_t rows = 0;
    void add(const StepResult& result, std::size_t batch);
  };
  EpochResult result_of(const Sums& sums, const DatasetView& data) const;

  const Network& network_;
  std::uint64_t seed_;
  TrainingRows rows_;
  Dataset synthetic_held_out_;
  DatasetView held_out_;
  Training training_;
  int epoch_ = 0;
  std::vector<std::int32_t> order_;
  Sums sums_;
};

}  // namespace m1bench
