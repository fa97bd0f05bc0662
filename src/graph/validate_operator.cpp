// SPDX-License-Identifier: Apache-2.0
#include <cmath>

#include "graph/geometry.hpp"
#include "graph/require.hpp"

namespace m1bench {
namespace {

// One operator with its tensors, and what must hold of them.
class OperatorCheck {
 public:
  OperatorCheck(const Graph& graph, std::size_t index)
      : graph_(graph), op_(graph.operators[index]), require_(place_of(graph, index)) {}

  void run() const {
    switch (op_.kind) {
      case OperatorKind::conv2d: return convolution(false);
      case OperatorKind::depthwise_conv2d: return convolution(true);
      case OperatorKind::fully_connected: return fully_connected();
      case OperatorKind::max_pool2d:
      case OperatorKind::average_pool2d: return pool();
      case OperatorKind::reshape: return reshape();
      case OperatorKind::softmax: return softmax();
      case OperatorKind::relu:
      case OperatorKind::relu6:
      case OperatorKind::relu_n1_to_1: return relu();
      case OperatorKind::add: return add();
      case OperatorKind::quantize: return quantize();
      case OperatorKind::dequantize: return dequantize();
    }
  }

 private:
  const GraphTensor& tensor(int index) const { return graph_.tensors[static_cast<std::size_t>(index)]; }
  const GraphTensor& x() const { return tensor(op_.inputs[0]); }
  const GraphTensor& y() const { return tensor(op_.output); }

  void inputs(std::size_t least, std::size_t most) const {
    require_(op_.inputs.size() >= least && op_.inputs.size() <= most, "has " + std::to_string(op_.inputs.size()) + " inputs");
  }
  void types(DType in, DType out) const {
    require_(x().dtype == in && y().dtype == out, "takes " + std::string(name_of(x().dtype)) + " and gives " +
                                                      std::string(name_of(y().dtype)) + ", which is not supported");
    if (in == DType::i8) one_scale(x());
    if (out == DType::i8) one_scale(y());
  }
  // f32 to f32, or int8 to int8.
  void one_type() const {
    types(x().dtype == DType::i8 ? DType::i8 : DType::f32, x().dtype == DType::i8 ? DType::i8 : DType::f32);
  }
  void one_scale(const GraphTensor& t) const {
    require_(t.scales.size() == 1,
             "has an int8 tensor (" + t.name + ") with " + std::to_string(t.scales.size()) + " scales where one was expected");
  }
  void shape(const Shape& wanted) const {
    require_(y().shape == wanted,
             "gives the shape " + y().shape.to_string() + " where " + wanted.to_string() + " follows from its inputs");
  }
  void factor(double value) const {
    require_(has_fixed_point(value), "has scales whose ratio is beyond what 32-bit fixed point can hold");
  }
  void same_quantisation() const {
    if (x().dtype != DType::i8) return;
    require_(std::abs(x().scales[0] - y().scales[0]) <= 1e-6f && x().zero_point == y().zero_point,
             "has an input and an output that are quantised differently");
  }

  // A constant filter of `channels` outputs, and a constant bias if there is one.
  void weights(std::int64_t channels, int axis) const {
    const GraphTensor& w = tensor(op_.inputs[1]);
    require_(!w.constant.empty(), "has weights that are not constant");
    require_(w.dtype == x().dtype,
             "has weights of " + std::string(name_of(w.dtype)) + " for inputs of " + std::string(name_of(x().dtype)));
    if (op_.inputs.size() > 2 && op_.inputs[2] != kNoTensor) {
      const GraphTensor& bias = tensor(op_.inputs[2]);
      require_(!bias.constant.empty(), "has a bias that is not constant");
      require_(bias.dtype == (x().dtype == DType::i8 ? DType::i32 : DType::f32),
               "has a bias of " + std::string(name_of(bias.dtype)));
      require_(bias.shape.elements() == channels,
               "has a bias of " + bias.shape.to_string() + " for " + std::to_string(channels) + " output channels");
    }
    if (x().dtype != DType::i8) return;
    require_(w.zero_point == 0, "has weights whose zero point is not 0");
    require_(
        w.scales.size() == 1 || (w.scales.size() == static_cast<std::size_t>(channels) && w.channel_axis == axis),
        "has weights with " + std::to_string(w.scales.size()) + " scales for " + std::to_string(channels) + " output channels");
    for (std::int64_t k = 0; k < channels; ++k) factor(output_factor(graph_, op_, k));
  }

  void sliding() const {
    constexpr std::int64_t kMostSteps = 1 << 16;
    const auto sound = [](std::int64_t value) { return value >= 1 && value <= kMostSteps; };
    require_(sound(op_.stride_h) && sound(op_.stride_w) && sound(op_.dilation_h) && sound(op_.dilation_w) &&
                 sound(op_.window_h) && sound(op_.window_w),
             "has a stride, a dilation or a window that is not between 1 and 65536");
    const Windows windows = windows_of(graph_, op_);
    require_(windows.height.out() >= 1 && windows.width.out() >= 1, "has a window that is larger than the image");
  }

  void convolution(bool depthwise) const {
    inputs(2, 3);
    one_type();
    const Shape &in = x().shape, &w = tensor(op_.inputs[1]).shape;
    require_(in.rank() == 4 && w.rank() == 4,
             "has an input of " + in.to_string() + " and weights of " + w.to_string() + " where both need four axes");
    if (depthwise) {
      require_(w[0] == 1 && w[3] % in[3] == 0,
               "has weights of " + w.to_string() + " for " + std::to_string(in[3]) + " input channels");
    } else {
      require_(w[3] == in[3], "has weights of " + w.to_string() + " for " + std::to_string(in[3]) +
                                  " input channels (grouped convolutions are not supported)");
    }
    const std::int64_t channels = depthwise ? w[3] : w[0];
    weights(channels, depthwise ? 3 : 0);
    sliding();
    const Windows windows = windows_of(graph_, op_);
    shape({in[0], windows.height.out(), windows.width.out(), channels});
  }

  void fully_connected() const {
    inputs(2, 3);
    one_type();
    const Shape& w = tensor(op_.inputs[1]).shape;
    require_(w.rank() == 2, "has weights of " + w.to_string() + " where two axes were expected");
    require_(x().shape.elements() % w[1] == 0, "has weights of " + w.to_string() + " for an input of " + x().shape.to_string());
    weights(w[0], 0);
    const DenseShape dense = dense_of(graph_, op_);
    require_(y().shape.elements() == dense.rows * dense.out, "gives the shape " + y().shape.to_string() + " where " +
                                                                 Shape{dense.rows, dense.out}.to_string() +
                                                                 " follows from its inputs");
  }

  void pool() const {
    inputs(1, 1);
    one_type();
    same_quantisation();
    const Shape& in = x().shape;
    require_(in.rank() == 4, "has an input of " + in.to_string() + " where four axes were expected");
    sliding();
    const Windows windows = windows_of(graph_, op_);
    shape({in[0], windows.height.out(), windows.width.out(), in[3]});
  }

  void reshape() const {
    inputs(1, 1);
    require_(x().dtype == y().dtype && bytes_of(x()) == bytes_of(y()),
             "gives the shape " + y().shape.to_string() + " for an input of " + x().shape.to_string());
  }

  void softmax() const {
    inputs(1, 1);
    one_type();
    shape(x().shape);
    require_(x().shape.rank() >= 1, "has an input without axes");
    require_(op_.beta > 0 && std::isfinite(op_.beta), "has a beta that is not a positive number");
    if (x().dtype != DType::i8) return;
    require_(std::isfinite(x().scales[0] * op_.beta), "has a beta that is too large for its scale");
    require_(std::abs(y().scales[0] - 1.0f / 256) <= 1.0f / 256 * 1e-3f && y().zero_point == -128,
             "has an output that is not quantised with the scale 1/256 and the zero point -128");
  }

  void relu() const {
    inputs(1, 1);
    one_type();
    shape(x().shape);
    if (x().dtype == DType::i8) factor(x().scales[0] / y().scales[0]);
  }

  void add() const {
    inputs(2, 2);
    one_type();
    const GraphTensor& b = tensor(op_.inputs[1]);
    require_(b.dtype == x().dtype, "adds " + std::string(name_of(x().dtype)) + " and " + std::string(name_of(b.dtype)));
    require_((x().shape == y().shape && repeats(b.shape)) || (b.shape == y().shape && repeats(x().shape)),
             "adds " + x().shape.to_string() + " and " + b.shape.to_string() + ", which is not supported");
    if (x().dtype != DType::i8) return;
    one_scale(b);
    const double y_factor = add_output_factor(x().scales[0], b.scales[0], y().scales[0]);
    require_(y_factor < 1, "has an output scale that is too small for its inputs' scales");
  }

  // Whether a summand of this shape is the last axes of y, repeated over the others.
  bool repeats(const Shape& summand) const {
    int leading = 0;
    while (leading < summand.rank() && summand[leading] == 1) ++leading;
    const int own = summand.rank() - leading;
    if (own > y().shape.rank()) return false;
    for (int axis = 0; axis < own; ++axis) {
      if (summand[leading + axis] != y().shape[y().shape.rank() - own + axis]) return false;
    }
    return true;
  }

  void quantize() const {
    inputs(1, 1);
    types(x().dtype == DType::i8 ? DType::i8 : DType::f32, DType::i8);
    shape(x().shape);
    if (x().dtype == DType::i8) factor(static_cast<double>(x().scales[0]) / y().scales[0]);
  }

  void dequantize() const {
    inputs(1, 1);
    types(DType::i8, DType::f32);
    shape(x().shape);
  }

  const Graph& graph_;
  const Operator& op_;
  const Require require_;
};

}  // namespace

void validate_operator(const Graph& graph, std::size_t index) { OperatorCheck(graph, index).run(); }

}  // namespace m1bench
