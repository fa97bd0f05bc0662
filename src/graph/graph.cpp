// SPDX-License-Identifier: Apache-2.0
#include "m1bench/graph/graph.hpp"

#include <array>

#include "graph/geometry.hpp"

namespace m1bench {

std::string_view name_of(OperatorKind kind) {
  static constexpr std::array<std::string_view, kOperatorKinds> kNames{
      "CONV_2D", "DEPTHWISE_CONV_2D", "FULLY_CONNECTED", "MAX_POOL_2D", "AVERAGE_POOL_2D", "RESHAPE", "SOFTMAX",
      "RELU",    "RELU6",             "RELU_N1_TO_1",    "ADD",         "QUANTIZE",        "DEQUANTIZE"};
  return kNames[static_cast<std::size_t>(kind)];
}

std::size_t bytes_of(const GraphTensor& tensor) {
  return static_cast<std::size_t>(tensor.shape.elements()) * size_of(tensor.dtype);
}

double flop_of(const Graph& graph, const Operator& op) {
  const bool multiplies = op.kind == OperatorKind::conv2d || op.kind == OperatorKind::depthwise_conv2d ||
                          op.kind == OperatorKind::fully_connected;
  if (!multiplies) return 0;
  const auto outputs = static_cast<double>(graph.tensors[static_cast<std::size_t>(op.output)].shape.elements());
  const Shape& weights = graph.tensors[static_cast<std::size_t>(op.inputs[1])].shape;
  const std::int64_t outer = weights[op.kind == OperatorKind::depthwise_conv2d ? weights.rank() - 1 : 0];
  return 2 * outputs * static_cast<double>(weights.elements() / outer);
}

double flop_of(const Graph& graph) {
  double flop = 0;
  for (const Operator& op : graph.operators) flop += flop_of(graph, op);
  return flop;
}

double bytes_moved_by(const Graph& graph, const Operator& op, int output) {
  const auto bytes = [&](int tensor) { return bytes_of(graph.tensors[static_cast<std::size_t>(tensor)]); };
  std::size_t sum = bytes(output);
  for (const int input : op.inputs) sum += input == kNoTensor ? 0 : bytes(input);
  return static_cast<double>(sum);
}

std::string place_of(const Graph& graph, std::size_t index) {
  return "operator " + std::to_string(index) + " (" + std::string(name_of(graph.operators[index].kind)) + ")";
}

Windows windows_of(const Graph& graph, const Operator& op) {
  const Shape& x = graph.tensors[static_cast<std::size_t>(op.inputs[0])].shape;
  std::int64_t r = op.window_h, s = op.window_w;
  if (op.inputs.size() > 1) {
    const Shape& weights = graph.tensors[static_cast<std::size_t>(op.inputs[1])].shape;
    r = weights[1];
    s = weights[2];
  }
  return {x[0], x[3], {x[1], r, op.stride_h, op.dilation_h, op.padding}, {x[2], s, op.stride_w, op.dilation_w, op.padding}};
}

DenseShape dense_of(const Graph& graph, const Operator& op) {
  const Shape& weights = graph.tensors[static_cast<std::size_t>(op.inputs[1])].shape;
  return {graph.tensors[static_cast<std::size_t>(op.inputs[0])].shape.elements() / weights[1], weights[1], weights[0]};
}

}  // namespace m1bench
