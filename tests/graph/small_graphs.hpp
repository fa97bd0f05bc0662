// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "m1bench/graph/graph.hpp"

namespace m1bench {

// x (1,4,4,1) -> CONV_2D 2x2 to 2 channels -> (1,3,3,2) -> RESHAPE (1,18) -> FULLY_CONNECTED (1,3) -> SOFTMAX (1,3), all int8.
// Tensors: 0 x, 1 filter, 2 bias, 3, 4, 5 weights, 6, 7.
struct SmallGraph {
  std::vector<std::int8_t> filter, weights;
  std::vector<std::int32_t> bias{100, -100};
  Graph graph;

  SmallGraph() : filter{1, 2, 3, 4, -1, -2, -3, -4}, weights(54) {
    for (std::size_t i = 0; i < weights.size(); ++i) weights[i] = static_cast<std::int8_t>(static_cast<int>(i % 11) - 5);
    graph.tensors = {activation("x", {1, 4, 4, 1}, 0.5f),
                     constant("filter", DType::i8, {2, 2, 2, 1}, std::as_bytes(std::span(filter)), {0.25f, 0.5f}),
                     constant("bias", DType::i32, {2}, std::as_bytes(std::span(bias)), {}),
                     activation("conv", {1, 3, 3, 2}, 2),
                     activation("flat", {1, 18}, 2),
                     constant("weights", DType::i8, {3, 18}, std::as_bytes(std::span(weights)), {0.125f}),
                     activation("logits", {1, 3}, 0.5f),
                     activation("shares", {1, 3}, 1.0f / 256)};
    graph.tensors[7].zero_point = -128;
    graph.operators = {op(OperatorKind::conv2d, {0, 1, 2}, 3), op(OperatorKind::reshape, {3}, 4),
                       op(OperatorKind::fully_connected, {4, 5, kNoTensor}, 6), op(OperatorKind::softmax, {6}, 7)};
    graph.input = 0;
    graph.output = 7;
  }
  SmallGraph(const SmallGraph&) = delete;
  SmallGraph& operator=(const SmallGraph&) = delete;

 private:
  static GraphTensor activation(const char* name, Shape shape, float scale) {
    GraphTensor tensor;
    tensor.name = name;
    tensor.dtype = DType::i8;
    tensor.shape = shape;
    tensor.scales = {scale};
    return tensor;
  }
  static GraphTensor constant(const char* name, DType dtype, Shape shape, std::span<const std::byte> bytes,
                              std::vector<float> scales) {
    GraphTensor tensor = activation(name, shape, 1);
    tensor.dtype = dtype;
    tensor.constant = bytes;
    tensor.scales = std::move(scales);
    return tensor;
  }
  static Operator op(OperatorKind kind, std::vector<int> inputs, int output) {
    Operator made;
    made.kind = kind;
    made.inputs = std::move(inputs);
    made.output = output;
    return made;
  }
};

}  // namespace m1bench
