// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>

#include "graph/geometry.hpp"
#include "graph/require.hpp"
#include "m1bench/core/error.hpp"

namespace m1bench {
namespace {

void validate_tensor(const GraphTensor& tensor, const Require& require) {
  std::int64_t elements = 1;
  for (int axis = 0; axis < tensor.shape.rank(); ++axis) {
    const std::int64_t extent = tensor.shape[axis];
    require(extent >= 1 && extent <= kMaxTensorElements && (elements *= extent) <= kMaxTensorElements,
            "has the impossible shape " + tensor.shape.to_string());
  }
  require(tensor.dtype == DType::f32 || tensor.dtype == DType::i8 || tensor.dtype == DType::i32,
          "has the type " + std::string(name_of(tensor.dtype)) + ", which no operator here takes");
  require(tensor.constant.empty() || tensor.constant.size() == bytes_of(tensor),
          "holds " + std::to_string(tensor.constant.size()) + " bytes where its shape " + tensor.shape.to_string() + " takes " +
              std::to_string(bytes_of(tensor)));
  const bool sound = std::all_of(tensor.scales.begin(), tensor.scales.end(), [](float s) { return s > 0 && std::isfinite(s); });
  require(sound, "has a scale that is not a positive number");
  require(tensor.zero_point >= -128 && tensor.zero_point <= 127,
          "has the zero point " + std::to_string(tensor.zero_point) + ", which is no int8");
  if (tensor.scales.size() > 1) {
    require(tensor.channel_axis >= 0 && tensor.channel_axis < tensor.shape.rank() &&
                tensor.shape[tensor.channel_axis] == static_cast<std::int64_t>(tensor.scales.size()),
            "has " + std::to_string(tensor.scales.size()) + " scales, which is not the extent of the axis they belong to");
  }
}

// That each operator reads only what is there when its turn comes, and writes what nobody wrote before.
void validate_order(const Graph& graph) {
  const auto count = static_cast<int>(graph.tensors.size());
  std::vector<bool> there(graph.tensors.size());
  for (std::size_t i = 0; i < there.size(); ++i) there[i] = !graph.tensors[i].constant.empty();
  const auto is_tensor = [&](int index) { return index >= 0 && index < count; };
  const auto at = [](int index) { return static_cast<std::size_t>(index); };
  const Require whole("the graph");
  whole(is_tensor(graph.input) && !there[at(graph.input)], "has an input that is no tensor, or a constant");
  there[at(graph.input)] = true;
  for (std::size_t i = 0; i < graph.operators.size(); ++i) {
    const Operator& op = graph.operators[i];
    const Require require(place_of(graph, i));
    for (std::size_t j = 0; j < op.inputs.size(); ++j) {
      if (j == 2 && op.inputs[j] == kNoTensor) continue;
      require(is_tensor(op.inputs[j]), "reads tensor " + std::to_string(op.inputs[j]) + ", which does not exist");
      require(there[at(op.inputs[j])], "reads tensor " + std::to_string(op.inputs[j]) + ", which nothing has computed before it");
    }
    require(is_tensor(op.output), "writes tensor " + std::to_string(op.output) + ", which does not exist");
    require(!there[at(op.output)], "writes tensor " + std::to_string(op.output) + ", which is there already");
    there[at(op.output)] = true;
  }
  whole(is_tensor(graph.output) && there[at(graph.output)], "has an output that nothing computes");
  whole(graph.tensors[at(graph.output)].constant.empty() && graph.output != graph.input, "has an output that nothing computes");
}

void validate_size(const Graph& graph) {
  std::int64_t bytes = 0;
  for (const GraphTensor& tensor : graph.tensors) {
    if (tensor.constant.empty()) bytes += static_cast<std::int64_t>(bytes_of(tensor));
    Require("the graph")(bytes <= kMaxActivationBytes, "has activations of more than 2 GiB");
  }
}

}  // namespace

void validate(const Graph& graph) {
  Require("the graph")(!graph.operators.empty() && graph.operators.size() <= kMaxOperators,
                       "has " + std::to_string(graph.operators.size()) + " operators where 1 to " +
                           std::to_string(kMaxOperators) + " were expected");
  for (std::size_t i = 0; i < graph.tensors.size(); ++i) {
    validate_tensor(graph.tensors[i], Require("tensor " + std::to_string(i) + " (" + graph.tensors[i].name + ")"));
  }
  validate_order(graph);
  validate_size(graph);
  for (std::size_t i = 0; i < graph.operators.size(); ++i) validate_operator(graph, i);
}

}  // namespace m1bench
