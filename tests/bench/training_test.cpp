// SPDX-License-Identifier: Apache-2.0
#include "bench/training.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "m1bench/core/error.hpp"
#include "m1bench/data/synthetic.hpp"

namespace m1bench {
namespace {

constexpr std::uint64_t kSeed = 3;
constexpr std::int64_t kRows = 70;  // batches of 32, 32 and 6

// A data set with a trainer for it; each of them starts the same.
struct Experiment {
  std::string name;
  Dataset rows, held_out;
  DatasetView view, held_out_view;
  Parallel parallel{2};

  Experiment(const std::string& case_name, Dataset (*make)(std::int64_t, std::int64_t, std::uint64_t))
      : name(case_name),
        rows(make(kRows, 0, 1)),
        held_out(make(33, kRows, 1)),
        view(rows.view()),
        held_out_view(held_out.view()) {}

  WorkloadOptions options() { return {.seed = kSeed, .data = &view, .parallel = &parallel}; }
  Trainer trainer() { return Trainer(name, options(), &held_out_view); }
};

Experiment regression() { return {"train/regression-mlp", synthetic_regression}; }
Experiment images() { return {"train/mnist-cnn", synthetic_mnist}; }

void expect_same(const EpochResult& a, const EpochResult& b) {
  EXPECT_EQ(a.epoch, b.epoch);
  EXPECT_EQ(a.done, b.done);
  EXPECT_EQ(a.samples, b.samples);
  EXPECT_EQ(a.loss, b.loss);
  EXPECT_EQ(a.accuracy, b.accuracy);
}

TEST(Trainer, CountsTheSamplesOfAnEpoch) {
  Experiment experiment = regression();
  Trainer trainer = experiment.trainer();
  struct Row {
    std::uint64_t steps;
    int epoch;
    std::uint64_t samples;
    bool done;
  };
  for (const Row& row :
       {Row{1, 1, 32, false}, {1, 1, 64, false}, {1, 1, 70, true}, {1, 2, 32, false}, {100, 2, 70, true}, {2, 3, 64, false}}) {
    const EpochResult result = trainer.run(row.steps);
    EXPECT_EQ(result.epoch, row.epoch);
    EXPECT_EQ(result.samples, row.samples);
    EXPECT_EQ(result.done, row.done);
    EXPECT_FALSE(result.accuracy);
  }
  EXPECT_THROW(trainer.run(0), Error);
}

TEST(Trainer, PrintsRunningMeansOverSamples) {
  Experiment experiment = images();
  Trainer trainer = experiment.trainer();
  Training steps(network_named(experiment.name), kSeed, experiment.parallel);
  for (int epoch = 0; epoch < 2; ++epoch) {
    const std::vector<std::int32_t> order = epoch_order(kRows, kSeed, epoch, true);
    double loss = 0;
    std::int64_t correct = 0;
    for (std::size_t first = 0; first < order.size(); first += 32) {
      const auto batch = std::span(order).subspan(first, std::min<std::size_t>(32, order.size() - first));
      const StepResult step = steps.step(experiment.view, batch);
      loss += step.loss * static_cast<double>(batch.size());
      correct += step.correct;
      const EpochResult result = trainer.run(1);
      const auto seen = static_cast<double>(first + batch.size());
      EXPECT_DOUBLE_EQ(result.loss, loss / seen);
      ASSERT_TRUE(result.accuracy);
      EXPECT_DOUBLE_EQ(*result.accuracy, static_cast<double>(correct) / seen);
    }
  }
}

TEST(Trainer, StepsMayBeTakenInAnyPortions) {
  for (auto make : {regression, images}) {
    Experiment experiment = make();
    Trainer one_by_one = experiment.trainer(), at_once = experiment.trainer();
    for (int epoch = 0; epoch < 2; ++epoch) {
      one_by_one.run(1);
      one_by_one.run(1);
      expect_same(one_by_one.run(1), at_once.run(1000));
    }
  }
}

TEST(Trainer, EvaluationTrainsNothing) {
  for (auto make : {regression, images}) {
    Experiment experiment = make();
    Trainer looked_at = experiment.trainer(), left_alone = experiment.trainer();
    looked_at.run(2);
    left_alone.run(2);
    const EpochResult first = looked_at.evaluate();
    EXPECT_EQ(first.samples, 33u);
    EXPECT_TRUE(first.done);
    EXPECT_EQ(first.epoch, 1);
    EXPECT_EQ(first.accuracy.has_value(), experiment.view.classes > 0);
    expect_same(looked_at.evaluate(), first);
    expect_same(looked_at.run(1), left_alone.run(1));
    EXPECT_NE(looked_at.evaluate().loss, first.loss);
  }
}

TEST(Trainer, MayEvaluateBeforeItTrains) {
  Experiment experiment = images();
  Trainer trainer = experiment.trainer();
  EXPECT_EQ(trainer.evaluate().epoch, 0);
  EXPECT_EQ(trainer.run(1).epoch, 1);
}

TEST(Trainer, LossFallsOverTheEpochsOfTheSyntheticSet) {
  Parallel parallel(2);
  Trainer trainer("train/regression-mlp", {.seed = kSeed, .parallel = &parallel}, nullptr);
  const EpochResult first = trainer.run(1000);
  EXPECT_EQ(first.samples, 1000u);
  const double held_out = trainer.evaluate().loss;
  EXPECT_EQ(trainer.evaluate().samples, 166u);
  EpochResult last;
  while (last.epoch < 10) last = trainer.run(1000);
  EXPECT_LT(last.loss, 0.5 * first.loss);
  EXPECT_LT(trainer.evaluate().loss, held_out);
}

TEST(Trainer, AnExperimentOnAThousandRowsTakesNoMore) {
  Parallel parallel(2);
  const Dataset more = synthetic_mnist(1020, 0, 1);
  const DatasetView view = more.view();
  Trainer trainer("train/mnist-cnn", {.seed = kSeed, .data = &view, .parallel = &parallel}, &view);
  const EpochResult result = trainer.run(1000);
  EXPECT_EQ(result.samples, 1000u);
  EXPECT_TRUE(result.done);
  EXPECT_EQ(trainer.evaluate().samples, 1020u);
}

TEST(Trainer, RefusesDataOfAnotherShape) {
  Experiment numbers = regression(), pictures = images();
  EXPECT_THROW(Trainer(numbers.name, pictures.options(), nullptr), Error);
  EXPECT_THROW(Trainer(numbers.name, numbers.options(), &pictures.view), Error);
  EXPECT_THROW(Trainer("matmul/f32/64", numbers.options(), nullptr), Error);
  DatasetView nothing = numbers.view;
  nothing.rows = 0;
  EXPECT_THROW(Trainer(numbers.name, numbers.options(), &nothing), Error);
}

TEST(Training, ResetGoesBackToTheStart) {
  Experiment experiment = regression();
  Training training(network_named(experiment.name), kSeed, experiment.parallel);
  const std::vector<std::int32_t> rows = epoch_order(kRows, kSeed, 0, false);
  const double before = training.evaluate(experiment.view, rows).loss;
  std::vector<double> losses;
  for (int step = 0; step < 3; ++step) losses.push_back(training.step(experiment.view, rows).loss);
  EXPECT_EQ(losses[0], before);
  EXPECT_LT(losses[2], before);
  training.reset();
  for (int step = 0; step < 3; ++step)
    EXPECT_EQ(training.step(experiment.view, rows).loss, losses[static_cast<std::size_t>(step)]);
}

}  // namespace
}  // namespace m1bench
