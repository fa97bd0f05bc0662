// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utility>
#include <vector>

#include "m1bench/graph/graph.hpp"

namespace m1bench {

// A graph in single precision, made operator by operator. Constants live as long as it does.
class FloatGraph {
 public:
  explicit FloatGraph(Shape x) { graph_.input = graph_.output = tensor(DType::f32, x); }
  FloatGraph(const FloatGraph&) = delete;
  FloatGraph& operator=(const FloatGraph&) = delete;

  int constant(Shape shape, std::vector<float> values) {
    constants_.push_back(std::move(values));
    const int index = tensor(DType::f32, shape);
    graph_.tensors.back().constant = std::as_bytes(std::span(constants_.back()));
    return index;
  }

  // Applies an operator to what the last one gave; `more` are its other inputs.
  Operator& apply(OperatorKind kind, Shape y, std::vector<int> more = {}, DType dtype = DType::f32) {
    Operator op;
    op.kind = kind;
    op.inputs = std::move(more);
    op.inputs.insert(op.inputs.begin(), graph_.output);
    op.output = graph_.output = tensor(dtype, y);
    graph_.operators.push_back(std::move(op));
    return graph_.operators.back();
  }

  // Of the last operator's output.
  void quantization(float scale, std::int32_t zero) {
    graph_.tensors.back().scales = {scale};
    graph_.tensors.back().zero_point = zero;
  }

  Graph& graph() { return graph_; }

 private:
  int tensor(DType dtype, Shape shape) {
    GraphTensor& made = graph_.tensors.emplace_back();
    made.name = "t";
    made.dtype = dtype;
    made.shape = shape;
    return static_cast<int>(graph_.tensors.size()) - 1;
  }

  Graph graph_;
  std::vector<std::vector<float>> constants_;  // their elements stay where they are when this grows
};

}  // namespace m1bench
