// SPDX-License-Identifier: Apache-2.0
#include "graph/joins.hpp"

#include <gtest/gtest.h>

#include <cstring>
#include <functional>
#include <limits>
#include <string>
#include <vector>

#include "graph/steps.hpp"
#include "m1bench/core/rng.hpp"
#include "m1bench/graph/runner.hpp"

namespace m1bench {
namespace {

// x (1,6,7,2) -> CONV_2D 3x3 to 3 channels -> (1,4,5,3) -> MAX_POOL_2D 2x2 -> (1,2,2,3), all int8.
// Tensors: 0 x, 1 filter, 2 conv, 3 pool; `change` makes it another one.
struct ConvAndPool {
  std::vector<std::int8_t> filter = std::vector<std::int8_t>(54);
  Graph graph;

  explicit ConvAndPool(const std::function<void(Graph&)>& change = [](Graph&) {}) {
    for (std::size_t i = 0; i < filter.size(); ++i) filter[i] = static_cast<std::int8_t>(static_cast<int>(i * 37 % 255) - 127);
    graph.tensors = {tensor({1, 6, 7, 2}, 0.5f), tensor({3, 3, 3, 2}, 0.25f), tensor({1, 4, 5, 3}, 8), tensor({1, 2, 2, 3}, 8)};
    graph.tensors[1].constant = std::as_bytes(std::span(filter));
    graph.tensors[0].zero_point = 5;
    graph.tensors[2].zero_point = graph.tensors[3].zero_point = -20;
    Operator conv, pool;
    conv.kind = OperatorKind::conv2d;
    conv.inputs = {0, 1, kNoTensor};
    conv.output = 2;
    conv.activation = Activation::relu;
    pool.kind = OperatorKind::max_pool2d;
    pool.inputs = {2};
    pool.output = 3;
    pool.window_h = pool.window_w = pool.stride_h = pool.stride_w = 2;
    graph.operators = {conv, pool};
    graph.input = 0;
    graph.output = 3;
    change(graph);
    validate(graph);
  }
  ConvAndPool(const ConvAndPool&) = delete;
  ConvAndPool& operator=(const ConvAndPool&) = delete;

 private:
  static GraphTensor tensor(Shape shape, float scale) {
    GraphTensor made;
    made.name = "t";
    made.dtype = DType::i8;
    made.shape = shape;
    made.scales = {scale};
    return made;
  }
};

Graph& add_reader(Graph& graph) {
  Operator relu;
  relu.kind = OperatorKind::relu;
  relu.inputs = {2};
  relu.output = 4;
  graph.tensors.push_back(graph.tensors[2]);
  graph.operators.push_back(relu);
  return graph;
}

TEST(Joins, ArePoolsThatAloneReadAConvolution) {
  struct Row {
    const char* name;
    bool joined;
    std::function<void(Graph&)> change;
  };
  const std::vector<Row> table{
      {"as it is", true, [](Graph&) {}},
      {"an average", false, [](Graph& g) { g.operators[1].kind = OperatorKind::average_pool2d; }},
      {"overlapping windows", false,
       [](Graph& g) {
         g.operators[1].stride_h = 1;
         g.tensors[3].shape = {1, 3, 2, 3};
       }},
      {"windows beyond the image", false,
       [](Graph& g) {
         g.operators[1].padding = Padding::same;
         g.tensors[3].shape = {1, 2, 3, 3};
       }},
      {"padding that pads nothing", true,
       [](Graph& g) {
         g.operators[1].padding = Padding::same;
         g.operators[1].window_w = g.operators[1].stride_w = 5;
         g.tensors[3].shape = {1, 2, 1, 3};
       }},
      {"another reader", false, [](Graph& g) { add_reader(g); }},
      {"the graph's output", false, [](Graph& g) { g.output = 2; }},
      {"a factor above 1", false, [](Graph& g) { g.tensors[2].scales = g.tensors[3].scales = {0.1f}; }},
      {"a convolution that is not made ready", false,
       [](Graph& g) {
         g.operators[0].padding = Padding::same;
         g.operators[0].dilation_h = g.operators[0].dilation_w = 5000;
         g.tensors[2].shape = {1, 6, 7, 3};
         g.tensors[3].shape = {1, 3, 3, 3};
       }},
  };
  for (const Row& row : table) {
    const ConvAndPool made(row.change);
    const Joins joins = find_joins(made.graph);
    EXPECT_EQ(joins.pool_of[0], row.joined ? 1 : kNotJoined) << row.name;
    EXPECT_EQ(joins.done[1], row.joined) << row.name;
    EXPECT_EQ(joins.pool_of[1], kNotJoined) << row.name;
    EXPECT_FALSE(joins.done[0]) << row.name;
  }
}

// What the operators give one by one, by a runner of each.
std::vector<std::byte> one_by_one(const Graph& graph, std::span<const std::byte> x) {
  std::vector<std::byte> values(x.begin(), x.end());
  for (const Operator& op : graph.operators) {
    Graph alone = graph;
    alone.operators = {op};
    alone.input = op.inputs[0];
    alone.output = op.output;
    GraphRunner runner(alone);
    std::memcpy(runner.input().data(), values.data(), values.size());
    runner.run();
    values.assign(runner.output().begin(), runner.output().end());
  }
  return values;
}

TEST(Joins, GiveWhatTheOperatorsGiveOneByOne) {
  const std::vector<std::function<void(Graph&)>> changes{
      [](Graph&) {},
      [](Graph& g) { g.operators[0].activation = Activation::none; },
      [](Graph& g) { g.operators[1].activation = Activation::relu6; },
      [](Graph& g) { g.tensors[2].scales = g.tensors[3].scales = {0.126f}; },
  };
  for (std::size_t i = 0; i < changes.size(); ++i) {
    const ConvAndPool made(changes[i]);
    ASSERT_EQ(find_joins(made.graph).pool_of[0], 1);
    GraphRunner runner(made.graph);
    Rng rng(7, i);
    for (int round = 0; round < 10; ++round) {
      for (std::byte& value : runner.input()) value = static_cast<std::byte>(rng.below(256));
      const std::vector<std::byte> x(runner.input().begin(), runner.input().end());
      runner.run();
      const std::vector<std::byte> y(runner.output().begin(), runner.output().end());
      EXPECT_EQ(y, one_by_one(made.graph, x)) << i;
      EXPECT_TRUE(std::equal(x.begin(), x.end(), runner.input().begin())) << "the input is kept";
    }
  }
}

// What is passed on within a join takes no memory, and what it gives does not lie on what it reads.
TEST(Joins, TakeNoMemoryForWhatTheyPassOn) {
  const ConvAndPool made;
  EXPECT_EQ(GraphRunner(made.graph).arena_bytes(), 128u + 64u);
}

}  // namespace
}  // namespace m1bench
