// SPDX-License-Identifier: Apache-2.0
#include <utility>

#include "graph/geometry.hpp"
#include "graph/steps.hpp"
#include "m1bench/core/check.hpp"

namespace m1bench {
namespace {

// What becomes of the sums of each output channel, and the memory of their factors.
template <class Output, class Factor>
struct OwnedOutput {
  std::vector<Factor> factors;
  Output output;

  OwnedOutput(const Operands& operands, std::int64_t channels, Factor (*made)(double factor))
      : output{operands.x().zero_point, operands.in<std::int32_t>(2), {}, operands.y().zero_point,
               range_of(operands.op.activation, operands.y())} {
    for (std::int64_t k = 0; k < channels; ++k) factors.push_back(made(output_factor(operands.graph, operands.op, k)));
  }
  Output view() const {
    Output whole = output;
    whole.factors = factors;
    return whole;
  }
};

Step make_convolution(const Operands& operands) {
  const bool depthwise = operands.op.kind == OperatorKind::depthwise_conv2d;
  const std::int64_t channels = operands.y().shape[3];
  return [windows = windows_of(operands.graph, operands.op), depthwise, channels,
          owned = OwnedOutput<QuantizedOutput, FixedPoint>(operands, channels, fixed_point), x = operands.in<std::int8_t>(0),
          w = operands.in<std::int8_t>(1), y = operands.out<std::int8_t>()] {
    if (depthwise) return depthwise_conv2d(windows, channels / windows.c, owned.view(), x, w, y);
    conv2d(windows, channels, owned.view(), x, w, y);
  };
}

Step make_fully_connected(const Operands& operands) {
  const DenseShape shape = dense_of(operands.graph, operands.op);
  const auto as_it_is = [](double factor) { return factor; };
  return [shape, owned = OwnedOutput<RealOutput, double>(operands, shape.out, as_it_is), x = operands.in<std::int8_t>(0),
          w = operands.in<std::int8_t>(1), y = operands.out<std::int8_t>()] { fully_connected(shape, owned.view(), x, w, y); };
}

Step make_pool(const Operands& operands) {
  using Kernel = void (*)(const Windows&, Range8, const std::int8_t*, std::int8_t*);
  constexpr Kernel kMax = max_pool, kAverage = average_pool;
  const Kernel kernel = operands.op.kind == OperatorKind::max_pool2d ? kMax : kAverage;
  return [kernel, windows = windows_of(operands.graph, operands.op), range = range_of(operands.op.activation, operands.y()),
          x = operands.in<std::int8_t>(0), y = operands.out<std::int8_t>()] { kernel(windows, range, x, y); };
}

Step make_softmax(const Operands& operands) {
  QuantizedSoftmax how = quantized_softmax(operands.x().scales[0], operands.op.beta);
  how.y_scale = operands.y().scales[0];
  how.y_zero = operands.y().zero_point;
  return [how, x = operands.in_span<std::int8_t>(0), y = operands.out_span<std::int8_t>(),
          columns = operands.x().shape[operands.x().shape.rank() - 1]] { softmax(how, x, y, columns); };
}

// A requantisation, with what is left by a rectifier.
Step make_requantize(const Operands& operands, double factor, Activation activation) {
  const Requantize how{.factor = fixed_point(factor), .x_zero = operands.x().zero_point, .y_zero = operands.y().zero_point,
                       .range = range_of(activation, operands.y())};
  return [how, x = operands.in_span<std::int8_t>(0), y = operands.out_span<std::int8_t>()] { requantize(how, x, y); };
}

Step make_add(const Operands& operands) {
  QuantizedAdd how = quantized_add(operands.x().scales[0], operands.input(1).scales[0], operands.y().scales[0]);
  how.a_zero = operands.x().zero_point;
  how.b_zero = operands.input(1).zero_point;
  how.y_zero = operands.y().zero_point;
  how.range = range_of(operands.op.activation, operands.y());
  return [how, a = operands.in_span<std::int8_t>(0), b = operands.in_span<std::int8_t>(1),
          y = operands.out_span<std::int8_t>()] { add(how, a, b, y); };
}

}  // namespace

Step make_quantized_step(const Graph& graph, const Operator& op, const TensorData& data) {
  const Operands operands{graph, op, data};
  const float x_scale = operands.x().scales[0], y_scale = operands.y().scales[0];
  switch (op.kind) {
    case OperatorKind::conv2d:
    case OperatorKind::depthwise_conv2d: return make_convolution(operands);
    case OperatorKind::fully_connected: return make_fully_connected(operands);
    case OperatorKind::max_pool2d:
    case OperatorKind::average_pool2d: return make_pool(operands);
    case OperatorKind::softmax: return make_softmax(operands);
    // TensorFlow Lite divides in single precision for a rectifier, in double precision for QUANTIZE.
    case OperatorKind::relu: return make_requantize(operands, x_scale / y_scale, Activation::relu);
    case OperatorKind::relu6: return make_requantize(operands, x_scale / y_scale, Activation::relu6);
    case OperatorKind::relu_n1_to_1: return make_requantize(operands, x_scale / y_scale, Activation::relu_n1_to_1);
    case OperatorKind::quantize: return make_requantize(operands, static_cast<double>(x_scale) / y_scale, Activation::none);
    case OperatorKind::add: return make_add(operands);
    case OperatorKind::reshape:
    case OperatorKind::dequantize: break;
  }
  check(false, "an operator with an int8 kernel of its own");
  return {};
}

}  // namespace m1bench
