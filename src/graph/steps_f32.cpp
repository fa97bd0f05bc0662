// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <utility>

#include "graph/geometry.hpp"
#include "graph/steps.hpp"
#include "m1bench/core/check.hpp"

namespace m1bench {
namespace {

FloatOutput output_of(const Operands& operands) {
  FloatOutput output = range_of(operands.op.activation);
  if (operands.pool) {  // one clamp for two
    const FloatOutput after = range_of(operands.pool->activation);
    output.min = std::clamp(output.min, after.min, after.max);
    output.max = std::clamp(output.max, after.min, after.max);
  }
  output.bias = operands.in<float>(2);
  return output;
}

Step run_kernel(const Operands& operands, PreparedKernel<float> kernel) {
  return [kernel = std::move(kernel), x = operands.in<float>(0), y = operands.out<float>()] { kernel(x, y); };
}

Step make_convolution(const Operands& operands) {
  const Windows windows = windows_of(operands.graph, operands.op);
  const bool depthwise = operands.op.kind == OperatorKind::depthwise_conv2d;
  const std::int64_t channels = operands.y().shape[3];
  const FloatOutput output = output_of(operands);
  const float *x = operands.in<float>(0), *w = operands.in<float>(1);
  if (can_prepare(windows)) {
    return run_kernel(operands, depthwise ? prepare_depthwise_conv2d(windows, channels / windows.c, output, w)
                                          : prepare_conv2d(windows, channels, output, w, operands.joined()));
  }
  return [=, y = operands.out<float>()] {
    if (depthwise) return depthwise_conv2d(windows, channels / windows.c, output, x, w, y);
    conv2d(windows, channels, output, x, w, y);
  };
}

Step make_fully_connected(const Operands& operands) {
  const DenseShape shape = dense_of(operands.graph, operands.op);
  return run_kernel(operands, prepare_fully_connected(shape, output_of(operands), operands.in<float>(1)));
}

Step make_pool(const Operands& operands) {
  const Windows windows = windows_of(operands.graph, operands.op);
  const FloatOutput range = range_of(operands.op.activation);
  const bool largest = operands.op.kind == OperatorKind::max_pool2d;
  return run_kernel(operands, largest ? prepare_max_pool(windows, range) : prepare_average_pool(windows, range));
}

// exp(beta * (x - max)) over its sum, for each row.
Step make_softmax(const Operands& operands) {
  const auto columns = static_cast<std::size_t>(operands.x().shape[operands.x().shape.rank() - 1]);
  return [columns, beta = operands.op.beta, x = operands.in_span<float>(0), y = operands.out_span<float>()] {
    for (std::size_t row = 0; row < y.size(); row += columns) {
      const float top =
          *std::max_element(x.begin() + static_cast<std::ptrdiff_t>(row), x.begin() + static_cast<std::ptrdiff_t>(row + columns));
      float sum = 0;
      for (std::size_t i = row; i < row + columns; ++i) sum += y[i] = std::exp(beta * (x[i] - top));
      for (std::size_t i = row; i < row + columns; ++i) y[i] /= sum;
    }
  };
}

Step make_relu(const Operands& operands, Activation activation) {
  return [range = range_of(activation), x = operands.in_span<float>(0), y = operands.out_span<float>()] {
    std::transform(x.begin(), x.end(), y.begin(), [&](float value) { return std::clamp(value, range.min, range.max); });
  };
}

Step make_add(const Operands& operands) {
  return [range = range_of(operands.op.activation), a = operands.in_span<float>(0), b = operands.in_span<float>(1),
          y = operands.out_span<float>()] {
    for (std::size_t i = 0; i < y.size(); ++i) y[i] = std::clamp(a[i % a.size()] + b[i % b.size()], range.min, range.max);
  };
}

}  // namespace

Step make_float_step(const Operands& operands) {
  switch (operands.op.kind) {
    case OperatorKind::conv2d:
    case OperatorKind::depthwise_conv2d: return make_convolution(operands);
    case OperatorKind::fully_connected: return make_fully_connected(operands);
    case OperatorKind::max_pool2d:
    case OperatorKind::average_pool2d: return make_pool(operands);
    case OperatorKind::softmax: return make_softmax(operands);
    case OperatorKind::relu: return make_relu(operands, Activation::relu);
    case OperatorKind::relu6: return make_relu(operands, Activation::relu6);
    case OperatorKind::relu_n1_to_1: return make_relu(operands, Activation::relu_n1_to_1);
    case OperatorKind::add: return make_add(operands);
    case OperatorKind::reshape:
    case OperatorKind::quantize:
    case OperatorKind::dequantize: break;
  }
  check(false, "an operator with a kernel of its own in single precision");
  return {};
}

}  // namespace m1bench
