// SPDX-License-Identifier: Apache-2.0
#include "m1bench/graph/reference.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <functional>
#include <limits>
#include <string>
#include <vector>

#include "graph/float_graphs.hpp"
#include "graph/small_graphs.hpp"
#include "m1bench/core/error.hpp"
#include "m1bench/graph/runner.hpp"
#include "m1bench/tensor/fill.hpp"
#include "support/data_error.hpp"

namespace m1bench {
namespace {

constexpr double kU = 0x1p-24;

std::span<const std::byte> bytes_of_list(const std::vector<float>& values) { return std::as_bytes(std::span(values)); }

// How the kernels' answer for `x` compares with the reference of (perhaps another) graph.
Deviation deviation(const Graph& kernels, const Graph& reference, std::span<const std::byte> x) {
  GraphRunner runner(kernels);
  std::memcpy(runner.input().data(), x.data(), x.size());
  runner.run();
  const GraphTensor& y = kernels.tensors[static_cast<std::size_t>(kernels.output)];
  return compare({y.dtype, y.shape, runner.output()}, reference_run(reference, x));
}

std::vector<std::int8_t> small_image(std::uint64_t seed) {
  std::vector<std::int8_t> x(16);
  fill_uniform(std::span(x), seed, 0);
  return x;
}

TEST(GraphReference, OfInt8IsExactUpToItsSoftmax) {
  SmallGraph small;
  for (std::uint64_t seed = 0; seed < 50; ++seed) {
    const std::vector<std::int8_t> x = small_image(seed);
    for (const int output : {3, 6, 7}) {
      small.graph.output = output;
      const Reference reference = reference_run(small.graph, std::as_bytes(std::span(x)));
      for (const float bound : reference.bounds) EXPECT_LE(bound, output == 7 ? 1 : 0);
      EXPECT_TRUE(deviation(small.graph, small.graph, std::as_bytes(std::span(x))).ok()) << seed << ": tensor " << output;
    }
  }
}

struct Fault {
  const char* name;
  std::function<void(SmallGraph&)> put;
};

// What a kernel that gets one thing wrong would compute.
TEST(GraphReference, OfInt8SeesEveryFault) {
  const Fault faults[] = {
      {"a weight of a filter", [](SmallGraph& wrong) { ++wrong.filter[3]; }},
      {"a bias", [](SmallGraph& wrong) { wrong.bias[1] += 8; }},
      {"a weight", [](SmallGraph& wrong) { wrong.weights[20] = static_cast<std::int8_t>(wrong.weights[20] + 60); }},
      {"an activation", [](SmallGraph& wrong) { wrong.graph.operators[0].activation = Activation::relu; }},
      {"a zero point", [](SmallGraph& wrong) { wrong.graph.tensors[0].zero_point = 3; }},
      {"the scale of one channel", [](SmallGraph& wrong) { wrong.graph.tensors[1].scales[1] = 0.25f; }},
      {"the scale of an output", [](SmallGraph& wrong) { wrong.graph.tensors[6].scales[0] = 0.75f; }},
  };
  for (const Fault& fault : faults) {
    SmallGraph right, wrong;
    fault.put(wrong);
    right.graph.output = wrong.graph.output = 6;
    bool seen = false;
    for (std::uint64_t seed = 0; seed < 20; ++seed) {
      const std::vector<std::int8_t> x = small_image(seed);
      seen = seen || !deviation(wrong.graph, right.graph, std::as_bytes(std::span(x))).ok();
    }
    EXPECT_TRUE(seen) << fault.name;
  }
}

// x (1,6,6,2) -> CONV_2D 3x3 same, relu6 -> AVERAGE_POOL_2D 2x2 -> RESHAPE (1,36) -> FULLY_CONNECTED (1,5) -> SOFTMAX.
struct FloatNetwork {
  std::vector<float> filter = random(4 * 3 * 3 * 2, 1), bias = random(4, 2), weights = random(5 * 36, 3);
  FloatGraph made{{1, 6, 6, 2}};

  static std::vector<float> random(std::size_t count, std::uint64_t stream) {
    std::vector<float> values(count);
    fill_normal(std::span(values), 1, stream);
    return values;
  }
  Graph& build() {
    const int filters = made.constant({4, 3, 3, 2}, filter), biases = made.constant({4}, bias);
    Operator& conv = made.apply(OperatorKind::conv2d, {1, 6, 6, 4}, {filters, biases});
    conv.padding = Padding::same;
    conv.activation = Activation::relu6;
    Operator& pool = made.apply(OperatorKind::average_pool2d, {1, 3, 3, 4});
    pool.window_h = pool.window_w = pool.stride_h = pool.stride_w = 2;
    made.apply(OperatorKind::reshape, {1, 36});
    const int dense = made.constant({5, 36}, weights);
    made.apply(OperatorKind::fully_connected, {1, 5}, {dense, kNoTensor});
    made.apply(OperatorKind::softmax, {1, 5});
    validate(made.graph());
    return made.graph();
  }
};

TEST(GraphReference, OfFloatsHoldsTheKernelsAndLittleElse) {
  FloatNetwork right;
  const Graph& graph = right.build();
  for (std::uint64_t stream = 10; stream < 30; ++stream) {
    const std::vector<float> x = FloatNetwork::random(72, stream);
    EXPECT_TRUE(deviation(graph, graph, bytes_of_list(x)).ok()) << stream;
    const Reference reference = reference_run(graph, bytes_of_list(x));
    for (std::size_t i = 0; i < 5; ++i) {
      EXPECT_GT(reference.bounds[i], 0);
      EXPECT_LT(reference.bounds[i], 1e-2 * reference.values[i] + 1e-30);
    }
  }
}

TEST(GraphReference, OfFloatsSeesSmallFaults) {
  const auto put = [](const std::function<void(FloatNetwork&)>& fault) {
    FloatNetwork right, wrong;
    fault(wrong);
    const std::vector<float> x = FloatNetwork::random(72, 9);
    const Graph &of_right = right.build(), &of_wrong = wrong.build();
    return deviation(of_wrong, of_right, bytes_of_list(x)).ok();
  };
  EXPECT_TRUE(put([](FloatNetwork&) {}));
  EXPECT_FALSE(put([](FloatNetwork& wrong) { wrong.filter[5] *= 1.05f; }));
  EXPECT_FALSE(put([](FloatNetwork& wrong) { wrong.bias[0] += 0.01f; }));
  EXPECT_FALSE(put([](FloatNetwork& wrong) {
    for (float& weight : wrong.weights) weight *= 1.003f;
  }));
}

// 2 x0 - 3 x1 + 1 for x = (1/2, 1/4): every product is rounded at most three times.
TEST(GraphReference, BoundsAreThoseOfTheFormula) {
  FloatGraph made({1, 2});
  const int weights = made.constant({1, 2}, {2, -3}), bias = made.constant({1}, {1});
  made.apply(OperatorKind::fully_connected, {1, 1}, {weights, bias});
  const std::vector<float> x{0.5f, 0.25f};
  const Reference sum = reference_run(made.graph(), bytes_of_list(x));
  EXPECT_EQ(sum.values[0], 1.25);
  const double of_sum = 3 * kU * (1 + 0.75 + 1);
  EXPECT_NEAR(sum.bounds[0], of_sum, 1e-6 * of_sum);
  // What is uncertain about an operand counts as often as its weight says.
  const int next = made.constant({1, 1}, {-4});
  made.apply(OperatorKind::fully_connected, {1, 1}, {next, kNoTensor});
  const Reference scaled = reference_run(made.graph(), bytes_of_list(x));
  EXPECT_EQ(scaled.values[0], -5);
  const double of_scaled = 2 * kU * 5 + 4 * of_sum;
  EXPECT_NEAR(scaled.bounds[0], of_scaled, 1e-6 * of_scaled);
  // A rectifier leaves nothing of it, and no doubt.
  made.apply(OperatorKind::relu, {1, 1});
  const Reference rectified = reference_run(made.graph(), bytes_of_list(x));
  EXPECT_EQ(rectified.values[0], 0);
  EXPECT_EQ(rectified.bounds[0], 0);
}

// An f32 that is not exact may fall on either side of the middle between two int8.
TEST(GraphReference, OnlyWhatLiesNextToAMiddleIsUncertainOnceQuantised) {
  FloatGraph made({1, 3});
  const int ones = made.constant({1, 3}, {1, 1, 1});
  made.apply(OperatorKind::add, {1, 3}, {ones});
  made.apply(OperatorKind::quantize, {1, 3}, {}, DType::i8);
  made.quantization(0.25f, 10);
  validate(made.graph());
  const std::vector<float> x{0.1f, 0.375f, 1000};  // (x + 1) / 0.25 = 4.4, 5.5 and beyond int8
  const Reference reference = reference_run(made.graph(), bytes_of_list(x));
  EXPECT_EQ(reference.values, (std::vector<double>{14, 16, 127}));
  EXPECT_EQ(reference.bounds, (std::vector<float>{0, 1, 0}));
  made.apply(OperatorKind::dequantize, {1, 3});
  const Reference again = reference_run(made.graph(), bytes_of_list(x));
  EXPECT_EQ(again.bounds[0], 0);
  EXPECT_NEAR(again.bounds[1], 0.25, 1e-6);
}

TEST(GraphReference, ExactNumbersAreQuantisedAsTheKernelsDoIt) {
  FloatGraph made({1, 256});
  made.apply(OperatorKind::quantize, {1, 256}, {}, DType::i8);
  made.quantization(0.1f, -3);
  std::vector<float> x(256);
  for (std::size_t i = 0; i < x.size(); ++i) x[i] = 0.05f * static_cast<float>(static_cast<int>(i) - 128);  // many middles
  const Reference reference = reference_run(made.graph(), bytes_of_list(x));
  for (const float bound : reference.bounds) EXPECT_EQ(bound, 0);
  EXPECT_TRUE(deviation(made.graph(), made.graph(), bytes_of_list(x)).ok());
}

TEST(GraphReference, SharesOfInt8AreUncertainOnlyBetweenTwoSteps) {
  struct Row {
    std::int64_t columns;  // all alike, so that each share is 256/columns steps
    double value;
    float bound;
  };
  for (const Row& row : {Row{2, 0, 0}, {3, -43, 0}, {512, -128, 1}}) {
    SmallGraph small;
    Graph& graph = small.graph;
    graph.tensors[6].shape = graph.tensors[7].shape = {1, row.columns};
    graph.operators = {graph.operators[3]};
    graph.input = 6;
    const std::vector<std::int8_t> x(static_cast<std::size_t>(row.columns), 5);
    const Reference reference = reference_run(graph, std::as_bytes(std::span(x)));
    EXPECT_EQ(reference.values[0], row.value) << row.columns;
    EXPECT_EQ(reference.bounds[0], row.bound) << row.columns;
    EXPECT_TRUE(deviation(graph, graph, std::as_bytes(std::span(x))).ok()) << row.columns;
  }
}

TEST(GraphReference, RefusesWhatSinglePrecisionCannotHold) {
  constexpr float kInfinity = std::numeric_limits<float>::infinity(), kNan = std::numeric_limits<float>::quiet_NaN();
  for (const std::vector<float>& weights : {std::vector<float>{1, kInfinity}, {kNan, 1}, {3e38f, 3e38f}, {3e38f, -3e38f}}) {
    FloatGraph made({1, 2});
    const int w = made.constant({1, 2}, weights);
    made.apply(OperatorKind::fully_connected, {1, 1}, {w, kNoTensor}).activation = Activation::relu6;
    const std::vector<float> x{1, 1};
    const std::string said = data_error_of([&] { reference_run(made.graph(), bytes_of_list(x)); });
    EXPECT_NE(said.find("operator 0 (FULLY_CONNECTED)"), std::string::npos) << said;
  }
}

}  // namespace
}  // namespace m1bench
