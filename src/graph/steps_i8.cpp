// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
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
      : output{operands.x().zero_point, operands.in<std::int32_t>(2), {}, operands.y().zero_point, range_left(operands)} {
    for (std::int64_t k = 0; k < channels; ++k) factors.push_back(made(output_factor(operands.graph, operands.op, k)));
  }
  Output view() const {
    Output whole = output;
    whole.factors = factors;
    return whole;
  }

 private:
  static Range8 range_left(const Operands& operands) {
    const Range8 range = range_of(operands.op.activation, operands.y());
    if (!operands.pool) return range;
    const auto& after_pool = operands.graph.tensors[static_cast<std::size_t>(operands.pool->output)];
    const Range8 after = range_of(operands.pool->activation, after_pool);  // one clamp for two
    return {std::clamp(range.min, after.min, after.max), std::clamp(range.max, after.min, after.max)};
  }
};

Step run_kernel(const Operands& operands, PreparedKernel<std::int8_t> kernel) {
  return [kernel = std::move(kernel), x = operands.in<std::int8_t>(0), y = operands.out<std::int8_t>()] { kernel(x, y); };
}

Step make_convolution(const Operands& operands) {
  const Windows windows = windows_of(operands.graph, operands.op);
  const bool depthwise = operands.op.kind == OperatorKind::depthwise_conv2d;
  const std::int64_t channels = operands.y().shape[3];
  const OwnedOutput<QuantizedOutput, FixedPoint> owned(operands, channels, fixed_point);
  const std::int8_t *x = operands.in<std::int8_t>(0), *w = operands.in<std::int8_t>(1);
  if (can_prepare(windows)) {
    return run_kernel(operands, depthwise ? prepare_depthwise_conv2d(windows, channels / windows.c, owned.view(), w)
                                          : prepare_conv2d(windows, channels, owned.view(), w, operands.joined()));
  }
  return [=, y = operands.out<std::int8_t>()] {
    if (depthwise) return depthwise_conv2d(windows, channels / windows.c, owned.view(), x, w, y);
    conv2d(windows, channels, owned.view(), x, w, y);
  };
}

Step make_fully_connected(const Operands& operands) {
  const DenseShape shape = dense_of(operands.graph, operands.op);
  const auto as_it_is = [](double factor) { return factor; };
  const OwnedOutput<RealOutput, double> owned(operands, shape.out, as_it_is);
  return run_kernel(operands, prepare_fully_connected(shape, owned.view(), operands.in<std::int8_t>(1)));
}

Step make_pool(const Operands& operands) {
  const Windows windows = windows_of(operands.graph, operands.op);
  const Range8 range = range_of(operands.op.activation, operands.y());
  const bool largest = operands.op.kind == OperatorKind::max_pool2d;
  return run_kernel(operands, largest ? prepare_max_pool(windows, range) : prepare_average_pool(windows, range));
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

Step make_quantized_step(const Operands& operands) {
  const float x_scale = operands.x().scales[0], y_scale = operands.y().scales[0];
  switch (operands.op.kind) {
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
