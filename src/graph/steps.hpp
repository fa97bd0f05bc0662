// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>

#include "m1bench/graph/graph.hpp"
#include "m1bench/kernels/prepared.hpp"

namespace m1bench {

// An operator made ready: everything that does not depend on the input is computed, and calling it allocates nothing.
using Step = std::function<void()>;

// Where the elements of each tensor are; null for one that is not there.
using TensorData = std::vector<std::byte*>;

// The operator's data and shapes must have been validated.
// `pool`, if there is one, is done with a convolution (joins.hpp).
Step make_step(const Graph& graph, const Operator& op, const TensorData& data, const Operator* pool = nullptr);

// One operator's operands.
struct Operands {
  const Graph& graph;
  const Operator& op;
  const TensorData& data;
  const Operator* pool = nullptr;

  const GraphTensor& x() const { return graph.tensors[static_cast<std::size_t>(op.inputs[0])]; }
  const GraphTensor& y() const { return graph.tensors[static_cast<std::size_t>(op.output)]; }
  const GraphTensor& input(std::size_t i) const { return graph.tensors[static_cast<std::size_t>(op.inputs[i])]; }
  template <class T>
  const T* in(std::size_t i) const {
    if (i >= op.inputs.size() || op.inputs[i] == kNoTensor) return nullptr;
    return reinterpret_cast<const T*>(data[static_cast<std::size_t>(op.inputs[i])]);
  }
  template <class T>
  T* out() const {
    return reinterpret_cast<T*>(data[static_cast<std::size_t>(pool ? pool->output : op.output)]);
  }
  template <class T>
  std::span<const T> in_span(std::size_t i) const {
    return {in<T>(i), static_cast<std::size_t>(input(i).shape.elements())};
  }
  template <class T>
  std::span<T> out_span() const {
    return {out<T>(), static_cast<std::size_t>(y().shape.elements())};
  }
  JoinedPool joined() const { return pool ? JoinedPool{pool->window_h, pool->window_w} : JoinedPool{}; }
};

Step make_float_step(const Operands& operands);
Step make_quantized_step(const Operands& operands);

}  // namespace m1bench
