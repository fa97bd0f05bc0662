// SPDX-License-Identifier: Apache-2.0
#include "m1bench/nn/sequential.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "m1bench/core/error.hpp"
#include "m1bench/nn/layers.hpp"
#include "m1bench/tensor/fill.hpp"

namespace m1bench {
namespace {

constexpr LossKind kLogits = LossKind::sparse_categorical_crossentropy_from_logits;

Sequential small_cnn(std::uint64_t seed = 1) {
  Sequential network;
  network.add<Conv2d>(1, 6, 3, Padding::valid).add<Relu>().add<MaxPool2d>().add<Flatten>().add<Dense>(54, 4);
  network.build({8, 8, 1}, seed);
  return network;
}

// Noise with one bright quadrant; its number is the label.
struct Images {
  Tensor<float> x;
  std::vector<std::int64_t> labels;
  explicit Images(std::int64_t batch, std::uint64_t stream = 0) : x({batch, 8, 8, 1}) {
    fill_uniform(x.span(), 12, stream, 0.5f);
    for (std::int64_t n = 0; n < batch; ++n) {
      const std::int64_t label = (n * 7 + n / 3) % 4;
      labels.push_back(label);
      for (std::int64_t i = 0; i < 16; ++i) {
        x[static_cast<std::size_t>(n * 64 + (label / 2 * 4 + i / 4) * 8 + label % 2 * 4 + i % 4)] += 0.7f;
      }
    }
  }
  Targets targets() const { return {labels, {}}; }
};

bool same_bits(const std::vector<Tensor<float>>& a, const std::vector<Tensor<float>>& b) {
  return std::ranges::equal(a, b, [](const auto& s, const auto& t) { return std::ranges::equal(s.span(), t.span()); });
}

TEST(Sequential, KnowsItsShapesAndParameters) {
  Sequential network = small_cnn();
  EXPECT_EQ(network.input_shape(), (Shape{8, 8, 1}));
  EXPECT_EQ(network.output_shape(), Shape{4});
  std::vector<std::string> found;
  for (const Parameter* p : network.parameters()) found.push_back(p->name + " " + p->value.shape().to_string());
  const std::vector<std::string> want = {"conv2d_0/kernel 3x3x1x6", "conv2d_0/bias 6", "dense_4/kernel 54x4", "dense_4/bias 4"};
  EXPECT_EQ(found, want);
}

TEST(Sequential, RefusesWhatDoesNotFit) {
  Parallel parallel;
  Sequential mismatch;
  mismatch.add<Dense>(4, 3).add<Relu>().add<Dense>(5, 2);
  EXPECT_THROW(mismatch.build({4}, 1), Error);
  EXPECT_THROW(mismatch.forward(Tensor<float>({2, 4}), parallel), Error);  // never built
  Sequential empty;
  EXPECT_THROW(empty.build({4}, 1), Error);
  Sequential network = small_cnn();
  EXPECT_THROW(network.forward(Tensor<float>({2, 8, 8, 3}), parallel), Error);
  EXPECT_THROW(network.forward(Tensor<float>({0, 8, 8, 1}), parallel), Error);
  EXPECT_THROW(network.restore(small_cnn().add<Dense>(4, 1).snapshot()), Error);
}

// The layers are checked one by one elsewhere; here the chain must be theirs, and it must end where parameters end.
TEST(Sequential, GradientsAreThoseOfTheLayersInTurn) {
  Parallel parallel;
  Sequential network;
  network.add<Flatten>().add<Dense>(6, 5).add<Sigmoid>().add<Dense>(5, 3);
  network.build({2, 3}, 4);
  Flatten flatten;
  Dense first(6, 5), second(5, 3);
  Sigmoid sigmoid;
  const std::vector<Tensor<float>> values = network.snapshot();
  first.parameters()[0]->value = values[0];
  second.parameters()[0]->value = values[2];

  Tensor<float> x({7, 2, 3}), a({7, 6}), b({7, 5}), c({7, 5}), y({7, 3}), d_y({7, 3}), d_c({7, 5}), d_b({7, 5});
  fill_uniform(x.span(), 1, 1, 1.0f);
  fill_uniform(d_y.span(), 1, 2, 1.0f);
  flatten.forward(x, a, parallel);
  first.forward(a, b, parallel);
  sigmoid.forward(b, c, parallel);
  second.forward(c, y, parallel);
  second.backward(c, y, d_y, &d_c, parallel);
  sigmoid.backward(b, c, d_c, &d_b, parallel);
  first.backward(a, b, d_b, nullptr, parallel);

  EXPECT_TRUE(std::ranges::equal(network.forward(x, parallel).span(), y.span()));
  network.backward(x, d_y, parallel);
  Layer* const layers[] = {&first, &second};
  for (std::size_t i = 0; i < 4; ++i) {
    EXPECT_TRUE(std::ranges::equal(network.parameters()[i]->gradient.span(), layers[i / 2]->parameters()[i % 2]->gradient.span()))
        << network.parameters()[i]->name;
  }
}

TEST(Sequential, LearnsQuadrants) {
  Sequential network = small_cnn();
  Adam adam({.rate = 0.01});
  Parallel parallel;
  const Images images(64);
  StepResult first, last;
  for (int step = 0; step < 100; ++step) {
    last = network.train_step(images.x, images.targets(), kLogits, adam, parallel);
    if (step == 0) first = last;
  }
  EXPECT_GT(first.loss, std::log(4.0) / 2);
  EXPECT_LT(last.loss, 0.2 * first.loss);
  EXPECT_GE(last.correct, 62);
}

TEST(Sequential, LearnsALinearMapBySgd) {
  Sequential network;
  network.add<Dense>(3, 2);
  network.build({3}, 2);
  Tensor<float> x({50, 3});
  fill_uniform(x.span(), 5, 5, 1.0f);
  std::vector<float> values;
  for (std::size_t r = 0; r < 50; ++r) {
    values.push_back(x[3 * r] - 2 * x[3 * r + 1] + 0.5f);
    values.push_back(3 * x[3 * r + 2] - 1);
  }
  Sgd sgd(0.3);
  Parallel parallel;
  double loss = 0;
  for (int step = 0; step < 300; ++step) {
    loss = network.train_step(x, {{}, values}, LossKind::mean_squared_error, sgd, parallel).loss;
  }
  EXPECT_LT(loss, 1e-10);
  EXPECT_NEAR(network.parameters()[0]->value[2], -2.0, 1e-4);
  EXPECT_NEAR(network.parameters()[1]->value[1], -1.0, 1e-4);
}

// A dense layer takes the step of plain gradient descent within its backward pass: the same values, but for the rounding of a
// sum of `batch` products and the value that it is added to.
TEST(Sequential, DescendsWithinTheBackwardPassAsAfterIt) {
  static constexpr std::int64_t kBatch = 9, kIn = 37, kOut = 21;
  constexpr float kRate = 0.3f;
  const auto make = [] {
    Sequential network;
    network.add<Dense>(kIn, kOut);
    network.build({kIn}, 3);
    return network;
  };
  Sequential within = make(), after = make();
  Tensor<float> x({kBatch, kIn}), d_y({kBatch, kOut});
  fill_normal(x.span(), 5, 5);
  std::vector<float> values(static_cast<std::size_t>(kBatch * kOut), 0.5f);
  const Targets targets{{}, values};
  const std::vector<Tensor<float>> start = within.snapshot();
  Parallel parallel(2);
  Sgd sgd(kRate);

  within.train_step(x, targets, LossKind::mean_squared_error, sgd, parallel);
  loss_and_gradient(LossKind::mean_squared_error, after.forward(x, parallel), targets, d_y);
  after.backward(x, d_y, parallel);
  sgd.step(after.parameters(), parallel);

  EXPECT_EQ(within.parameters()[0]->gradient.size(), 0u);
  EXPECT_GT(after.parameters()[0]->gradient.size(), 0u);
  EXPECT_EQ(within.parameters()[0]->plain_rate, std::nullopt) << "a backward pass of its own computes gradients";
  for (std::size_t i = 0; i < kIn; ++i) {
    for (std::size_t o = 0; o < kOut; ++o) {
      double sum = 0;
      for (std::size_t n = 0; n < kBatch; ++n) sum += std::abs(double{x[n * kIn + i]} * double{d_y[n * kOut + o]});
      const std::size_t at = i * kOut + o;
      const double bound = (kBatch + 4) * 0x1p-23 * (kRate * sum + std::abs(double{start[0][at]}));
      EXPECT_NEAR(within.parameters()[0]->value[at], after.parameters()[0]->value[at], bound);
      EXPECT_NE(within.parameters()[0]->value[at], start[0][at]);
    }
  }
  const auto bias = within.parameters()[1]->value.span(), other = after.parameters()[1]->value.span();
  EXPECT_TRUE(std::equal(bias.begin(), bias.end(), other.begin(), other.end()));
}

TEST(Sequential, ShortBatchesNeitherDisturbNorAllocate) {
  Parallel parallel;
  Sgd sgd;
  Sequential network = small_cnn(), fresh = small_cnn();
  const Images full(32, 1), rest(5, 2);
  const StepResult whole = network.train_step(full.x, full.targets(), kLogits, sgd, parallel);
  const float* memory = network.forward(full.x, parallel).data();

  // A network that only ever saw the short batch does the same with it.
  fresh.restore(network.snapshot());
  const StepResult part = network.train_step(rest.x, rest.targets(), kLogits, sgd, parallel);
  EXPECT_EQ(fresh.train_step(rest.x, rest.targets(), kLogits, sgd, parallel).loss, part.loss);
  EXPECT_TRUE(same_bits(network.snapshot(), fresh.snapshot()));
  EXPECT_LE(part.correct, 5);

  EXPECT_EQ(network.forward(rest.x, parallel).shape(), (Shape{5, 4}));
  EXPECT_EQ(network.forward(full.x, parallel).data(), memory);
  network.restore(small_cnn().snapshot());
  EXPECT_EQ(network.train_step(full.x, full.targets(), kLogits, sgd, parallel).loss, whole.loss);
}

TEST(Sequential, RestoredStateRepeatsItsStepsInBits) {
  Parallel parallel;
  Sequential network = small_cnn();
  Adam adam;
  const Images images(32);
  network.train_step(images.x, images.targets(), kLogits, adam, parallel);
  const std::vector<Tensor<float>> start = network.snapshot();
  const float* memory = network.parameters()[0]->value.data();
  const auto run = [&] {
    network.restore(start);
    adam.reset();
    std::vector<double> losses;
    for (int step = 0; step < 5; ++step) {
      losses.push_back(network.train_step(images.x, images.targets(), kLogits, adam, parallel).loss);
    }
    return losses;
  };
  const std::vector<double> losses = run();
  const std::vector<Tensor<float>> end = network.snapshot();
  EXPECT_FALSE(same_bits(start, end));
  EXPECT_EQ(run(), losses);
  EXPECT_TRUE(same_bits(network.snapshot(), end));
  EXPECT_EQ(network.parameters()[0]->value.data(), memory);
}

TEST(Sequential, SeedAloneDecidesTheStart) {
  Sequential network = small_cnn(1);
  const std::vector<Tensor<float>> start = network.snapshot();
  EXPECT_TRUE(same_bits(small_cnn(1).snapshot(), start));
  EXPECT_FALSE(same_bits(small_cnn(2).snapshot(), start));
  network.build({8, 8, 1}, 2);
  EXPECT_TRUE(same_bits(network.snapshot(), small_cnn(2).snapshot()));
}

// Rounding differs with the team, so losses may differ as much as they may between targets: 1e-4 of their size.
TEST(Sequential, FirstLossesAgreeForAnyNumberOfThreads) {
  Parallel alone(1), team(3);
  Sequential one = small_cnn(), other = small_cnn();
  Sgd sgd;
  const Images images(200);
  for (int step = 0; step < 5; ++step) {
    const double loss = one.train_step(images.x, images.targets(), kLogits, sgd, alone).loss;
    EXPECT_NEAR(other.train_step(images.x, images.targets(), kLogits, sgd, team).loss, loss, 1e-4 * loss) << step;
  }
}

}  // namespace
}  // namespace m1bench
