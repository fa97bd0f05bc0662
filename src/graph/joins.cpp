// SPDX-License-Identifier: Apache-2.0
#include "graph/joins.hpp"

#include <algorithm>

#include "graph/geometry.hpp"
#include "m1bench/kernels/prepared.hpp"

namespace m1bench {
namespace {

// The only operator that reads a tensor, or kNotJoined: the graph's output has another reader.
int only_reader(const Graph& graph, int tensor) {
  int reader = kNotJoined, readers = graph.output == tensor ? 1 : 0;
  for (std::size_t i = 0; i < graph.operators.size(); ++i) {
    const auto reads = std::count(graph.operators[i].inputs.begin(), graph.operators[i].inputs.end(), tensor);
    if (reads > 0) reader = static_cast<int>(i);
    readers += static_cast<int>(reads);
  }
  return readers == 1 ? reader : kNotJoined;
}

bool lies_side_by_side(const WindowAxis& axis) {
  return axis.window == axis.stride && (axis.padding == Padding::valid || axis.extent % axis.stride == 0);
}

// A left shift, before which a sum wraps, is not monotonic.
bool never_falls(const Graph& graph, const Operator& op) {
  const GraphTensor& y = graph.tensors[static_cast<std::size_t>(op.output)];
  if (y.dtype != DType::i8) return true;
  for (std::int64_t k = 0; k < y.shape[3]; ++k) {
    if (fixed_point(output_factor(graph, op, k)).shift > 0) return false;
  }
  return true;
}

bool joins(const Graph& graph, const Operator& op, const Operator& pool) {
  if (pool.kind != OperatorKind::max_pool2d) return false;
  const Windows windows = windows_of(graph, pool);
  return lies_side_by_side(windows.height) && lies_side_by_side(windows.width) && can_prepare(windows_of(graph, op)) &&
         never_falls(graph, op);
}

}  // namespace

Joins find_joins(const Graph& graph) {
  Joins found{std::vector<int>(graph.operators.size(), kNotJoined), std::vector<bool>(graph.operators.size())};
  for (std::size_t i = 0; i < graph.operators.size(); ++i) {
    const Operator& op = graph.operators[i];
    const int reader = op.kind == OperatorKind::conv2d ? only_reader(graph, op.output) : kNotJoined;
    if (reader == kNotJoined || !joins(graph, op, graph.operators[static_cast<std::size_t>(reader)])) continue;
    found.pool_of[i] = reader;
    found.done[static_cast<std::size_t>(reader)] = true;
  }
  return found;
}

}  // namespace m1bench
