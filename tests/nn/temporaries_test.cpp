// SPDX-License-Identifier: Apache-2.0
#include "m1bench/nn/temporaries.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "m1bench/nn/layers.hpp"
#include "m1bench/nn/sequential.hpp"
#include "m1bench/tensor/fill.hpp"

namespace m1bench {
namespace {

constexpr LossKind kLoss = LossKind::sparse_categorical_crossentropy_from_logits;

Temporary temporary(std::int64_t elements, int first, int last) { return {nullptr, Shape{elements}, first, last}; }

struct Plan {
  const char* name;
  std::vector<Temporary> temporaries;
  std::int64_t elements;
};

TEST(PlanArena, IsAsSmallAsTheTensorsAllow) {
  for (Plan plan : {Plan{"none", {}, 0},
                    Plan{"one", {temporary(32, 0, 1)}, 32},
                    Plan{"places begin on cache lines", {temporary(1, 0, 1), temporary(17, 0, 1)}, 16 + 32},
                    Plan{"one after the other", {temporary(16, 0, 1), temporary(16, 2, 3), temporary(32, 4, 5)}, 32},
                    Plan{"read when the other is written", {temporary(16, 0, 1), temporary(16, 1, 2)}, 32},
                    Plan{"a chain", {temporary(64, 0, 1), temporary(48, 1, 2), temporary(64, 2, 3), temporary(48, 3, 4)}, 112},
                    Plan{"a gap is filled",
                         {temporary(64, 0, 9), temporary(32, 0, 3), temporary(32, 4, 9), temporary(16, 5, 6)},
                         112}}) {
    SCOPED_TRACE(plan.name);
    EXPECT_EQ(plan_arena(plan.temporaries), plan.elements);
    for (const Temporary& a : plan.temporaries) {
      EXPECT_EQ(a.offset % 16, 0);
      EXPECT_LE(a.offset + a.shape.elements(), plan.elements);
      for (const Temporary& b : plan.temporaries) {
        if (&a == &b || a.last < b.first || b.last < a.first) continue;
        EXPECT_TRUE(a.offset + a.shape.elements() <= b.offset || b.offset + b.shape.elements() <= a.offset);
      }
    }
  }
}

Sequential convolutional() {
  Sequential network;
  network.add<Conv2d>(1, 4, 3, Padding::valid).add<Relu>().add<MaxPool2d>().add<Flatten>();
  network.add<Dense>(36, 12).add<Sigmoid>().add<Dense>(12, 5);
  network.build({8, 8, 1}, 1);
  return network;
}
Sequential dense() {
  Sequential network;
  network.add<Flatten>().add<Relu>().add<Dense>(64, 20).add<Relu>().add<Dense>(20, 5);
  network.build({8, 8, 1}, 1);
  return network;
}

// Batches of several sizes in turn, the first not the greatest: an arena must grow under those that were there before.
std::vector<double> losses(Sequential network, Temporaries temporaries) {
  constexpr std::int64_t kBatches[] = {4, 7, 4, 2, 7, 4};
  Parallel parallel(2);
  Adam adam;
  network.place_temporaries(temporaries, kBatches[0]);
  std::vector<double> found;
  std::uint64_t stream = 0;
  Tensor<float> before({1, 8, 8, 1});
  for (const std::int64_t batch : kBatches) {
    Tensor<float> x({batch, 8, 8, 1});
    fill_normal(x.span(), 9, stream++);
    std::vector<std::int64_t> labels;
    for (std::int64_t i = 0; i < batch; ++i) labels.push_back(i % 5);
    found.push_back(network.train_step(x, {labels, {}}, kLoss, adam, parallel).loss);
    // The batch before has another size: what it had in an arena that is gone must be forgotten.
    for (const Tensor<float>* input : {&before, &x}) {
      for (const float y : network.forward(*input, parallel).span()) found.push_back(static_cast<double>(y));
    }
    before = x;
  }
  return found;
}

TEST(Temporaries, ChangeNothingThatIsComputed) {
  for (auto make : {convolutional, dense}) {
    const std::vector<double> kept = losses(make(), Temporaries::kept);
    EXPECT_EQ(losses(make(), Temporaries::fresh), kept);
    EXPECT_EQ(losses(make(), Temporaries::arena), kept);
  }
}

TEST(Temporaries, AreCountedWhereTheyAreNotKept) {
  for (const Temporaries temporaries : {Temporaries::kept, Temporaries::fresh, Temporaries::arena}) {
    Parallel parallel;
    Sgd sgd;
    Sequential network = dense();
    network.place_temporaries(temporaries, 3);
    const std::uint64_t before = network.allocated_bytes();
    EXPECT_EQ(before > 0, temporaries == Temporaries::arena) << "an arena is there before the first step";
    const Tensor<float> x({3, 8, 8, 1});
    const std::vector<std::int64_t> labels{0, 1, 2};
    for (int step = 0; step < 2; ++step) network.train_step(x, {labels, {}}, kLoss, sgd, parallel);
    // Outputs of five layers, gradients of three of them, and those of the parameters.
    const std::uint64_t a_step = sizeof(float) * (3 * (64 + 64 + 20 + 20 + 5) + 3 * (20 + 20 + 5) + 64 * 20 + 20 + 20 * 5 + 5);
    EXPECT_EQ(network.allocated_bytes() - before, temporaries == Temporaries::fresh ? 2 * a_step : 0);
    EXPECT_EQ(network.parameters()[1]->gradient.size() == 0, temporaries == Temporaries::fresh);
    EXPECT_EQ(network.parameters()[0]->gradient.size() > 0, temporaries == Temporaries::arena) << "else there is none";
  }
}

}  // namespace
}  // namespace m1bench
