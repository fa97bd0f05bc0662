// SPDX-License-Identifier: Apache-2.0
// What layers say that their passes cost, against tables computed by hand.
#include <gtest/gtest.h>

#include "m1bench/nn/layers.hpp"
#include "m1bench/nn/sequential.hpp"
#include "support/recorded_operations.hpp"

namespace m1bench {
namespace {

struct CostRow {
  const char* name;
  double forward_flop, forward_floats, backward_flop, backward_floats, first_flop, first_floats;
};

void expect_costs(Layer& layer, const Shape& x, const CostRow& row) {
  SCOPED_TRACE(row.name);
  const OperationCost forward = layer.forward_cost(x), backward = layer.backward_cost(x, {}),
                      first = layer.backward_cost(x, {.input_gradient = false});
  EXPECT_EQ(forward.flop, row.forward_flop);
  EXPECT_EQ(forward.bytes, 4 * row.forward_floats);
  EXPECT_EQ(backward.flop, row.backward_flop);
  EXPECT_EQ(backward.bytes, 4 * row.backward_floats);
  EXPECT_EQ(first.flop, row.first_flop) << "of a layer whose input nobody asks the gradient of";
  EXPECT_EQ(first.bytes, 4 * row.first_floats);
}

TEST(LayerCost, IsWhatOneComputesByHand) {
  Dense dense(5, 3);  // x 10, W 15, b 3, y 6
  expect_costs(dense, {2, 5}, {"dense", 60, 10 + 15 + 3 + 6, 120, 10 + 6 + 15 + 15 + 3 + 10, 60, 10 + 6 + 15 + 3});
  Conv2d valid(2, 4, 3, Padding::valid);  // x 2x5x6x2 = 120, filter 72, bias 4, y 2x3x4x4 = 96
  expect_costs(valid, {2, 5, 6, 2}, {"valid convolution", 2 * 96 * 18, 120 + 72 + 4 + 96, 4 * 96 * 18, 120 + 96 + 72 + 4 + 72 + 120, 2 * 96 * 18,
                                     120 + 96 + 72 + 4});
  MaxPool2d pool;  // x 2x5x6x2 = 120, y 2x2x3x2 = 24
  expect_costs(pool, {2, 5, 6, 2}, {"pool", 0, 144, 0, 120 + 24 + 120, 0, 0});
  Flatten flatten;
  expect_costs(flatten, {2, 3, 4, 1}, {"flatten", 0, 48, 0, 48, 0, 0});
  Relu relu;
  expect_costs(relu, {2, 7}, {"relu", 0, 28, 0, 42, 0, 0});
  Sigmoid sigmoid;
  expect_costs(sigmoid, {2, 7}, {"sigmoid", 0, 28, 0, 42, 0, 0});
  Softmax softmax;
  expect_costs(softmax, {2, 7}, {"softmax", 0, 28, 0, 42, 0, 0});
}

TEST(LayerCost, APlainStepMovesTheKernelInstead) {
  const Dense dense(5, 3);
  // The kernel is read and written, and has no gradient.
  EXPECT_EQ(dense.backward_cost({2, 5}, {.input_gradient = false, .plain_step = true}).bytes, 4 * (10 + 6 + 15 + 15 + 3));
  EXPECT_EQ(dense.backward_cost({2, 5}, {.plain_step = true}).bytes, dense.backward_cost({2, 5}, {}).bytes);
  EXPECT_EQ(dense.moved_elements(), 15);
}

class SmallNetwork : public testing::Test {
 protected:
  SmallNetwork() {
    network_.add<Flatten>().add<Dense>(4, 3).add<Relu>().add<Dense>(3, 2);
    network_.build({2, 2, 1}, 7);
  }
  Sequential network_;
  Parallel parallel_;
};

TEST_F(SmallNetwork, OperationsAreInTheOrderOfAStep) {
  const auto list = network_.operations(8, Adam());
  std::vector<std::string> names;
  for (const OperationInfo& operation : list) names.push_back(operation.name + "/" + std::to_string(static_cast<int>(operation.pass)));
  EXPECT_EQ(names, (std::vector<std::string>{"flatten_0/1", "dense_1/1", "relu_2/1", "dense_3/1", "loss/2", "dense_3/3", "relu_2/3",
                                             "dense_1/3", "dense_1/4", "dense_3/4"}));
  EXPECT_EQ(list[8].cost.bytes, 28 * 15) << "Adam reads four numbers of a parameter and writes three";
  EXPECT_EQ(network_.operations(8, Sgd())[8].cost.bytes, 12 * 3) << "the kernel was moved in the backward pass";
  network_.place_temporaries(Temporaries::fresh, 8);
  EXPECT_EQ(network_.operations(8, Sgd())[8].cost.bytes, 12 * 15);
}

TEST_F(SmallNetwork, EachIsToldOfOnceAStepAndNobodyAfterwards) {
  RecordedOperations seen;
  const Tensor<float> x(Shape{8, 2, 2, 1});
  const std::vector<std::int64_t> labels(8, 1);
  Adam adam;
  const auto step = [&] {
    network_.train_step(x, {labels, {}}, LossKind::sparse_categorical_crossentropy_from_logits, adam, parallel_);
  };
  network_.observe(&seen);
  step();
  step();
  EXPECT_EQ(seen.done, numbered(network_.operations(8, adam).size(), 2));
  network_.observe(nullptr);
  step();
  EXPECT_EQ(seen.done.size(), 2 * network_.operations(8, adam).size());
}

TEST_F(SmallNetwork, AnOperationThatThrowsHasEnded) {
  RecordedOperations seen;
  const Tensor<float> x(Shape{8, 2, 2, 1});
  const std::vector<std::int64_t> labels(8, 9);  // no such class
  Adam adam;
  network_.observe(&seen);
  EXPECT_ANY_THROW(network_.train_step(x, {labels, {}}, LossKind::sparse_categorical_crossentropy_from_logits, adam, parallel_));
  EXPECT_FALSE(seen.open());
}

}  // namespace
}  // namespace m1bench
