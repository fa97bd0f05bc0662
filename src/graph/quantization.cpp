// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <limits>

#include "graph/geometry.hpp"

namespace m1bench {

double output_factor(const Graph& graph, const Operator& op, std::int64_t k) {
  const auto tensor = [&](int index) -> const GraphTensor& { return graph.tensors[static_cast<std::size_t>(index)]; };
  const std::vector<float>& scales = tensor(op.inputs[1]).scales;
  const double x = tensor(op.inputs[0]).scales[0], y = tensor(op.output).scales[0];
  return x * scales[scales.size() == 1 ? 0 : static_cast<std::size_t>(k)] / y;
}

FloatOutput range_of(Activation activation) {
  constexpr float kInfinity = std::numeric_limits<float>::infinity();
  switch (activation) {
    case Activation::none: return {nullptr, -kInfinity, kInfinity};
    case Activation::relu: return {nullptr, 0, kInfinity};
    case Activation::relu6: return {nullptr, 0, 6};
    case Activation::relu_n1_to_1: return {nullptr, -1, 1};
  }
  return {};
}

Range8 range_of(Activation activation, const GraphTensor& y) {
  const FloatOutput real = range_of(activation);
  const auto step_of = [&](float value) {  // beyond 256 steps from the zero point there is no int8
    return y.zero_point + static_cast<std::int32_t>(std::clamp(std::round(value / y.scales[0]), -256.0f, 256.0f));
  };
  return {std::max(-128, step_of(real.min)), std::min(127, step_of(real.max))};
}

}  // namespace m1bench
