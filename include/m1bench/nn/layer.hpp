// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "m1bench/core/observer.hpp"
#include "m1bench/kernels/parallel.hpp"
#include "m1bench/tensor/tensor.hpp"

namespace m1bench {

// A tensor that training changes. `gradient` is empty until the first backward pass, and afterwards that of the last one.
struct Parameter {
  std::string name;
  Tensor<float> value, gradient;
  // Set while the optimizer's step is known to be value -= plain_rate * gradient and nothing else: then a layer's backward pass
  // may take that step itself, which saves writing the gradient and reading it again, and leaves the gradient empty.
  std::optional<float> plain_rate;
};

// What a backward pass is asked for beside the parameters' gradients.
struct BackwardWork {
  bool input_gradient = true;
  bool plain_step = false;  // parameters have a plain rate
};

// One step of a network, in f32. Activations are (batch, ...) row-major, images NHWC; a shape "per sample" leaves the batch
// out. Layers hold their parameters and scratch memory, never activations: those belong to the caller, who gives `y` and
// `d_x` their shapes beforehand. No tensor of one call may alias another.
class Layer {
 public:
  virtual ~Layer() = default;

  virtual std::string_view name() const = 0;

  // The output's shape per sample, from the input's. Throws Error(internal) if the layer cannot take that input.
  virtual Shape output_shape(const Shape& input) const = 0;

  virtual void forward(const Tensor<float>& x, Tensor<float>& y, Parallel& parallel) = 0;

  // From the gradient of the loss by y: overwrites the gradients of the parameters (or moves them, see
  // Parameter::plain_rate), and d_x unless that is null. x and y are
  // those of the forward pass.
  virtual void backward(const Tensor<float>& x, const Tensor<float>& y, const Tensor<float>& d_y, Tensor<float>* d_x,
                        Parallel& parallel) = 0;

  // What the passes over a batch cost; `x` is the batch's shape. By default those of an element-wise function whose derivative
  // follows from its output: a pass reads what it needs and writes its result, and multiplies nothing.
  virtual OperationCost forward_cost(const Shape& x) const;
  virtual OperationCost backward_cost(const Shape& x, const BackwardWork& work) const;

  // How many elements of its parameters its backward pass moves itself, given a plain rate.
  virtual std::int64_t moved_elements() const { return 0; }

  // In Keras order: kernel, then bias. The pointers live as long as the layer.
  virtual std::vector<Parameter*> parameters() { return {}; }

  // Sets the parameters to their random start; takes one stream for each random tensor, counting `stream` up.
  virtual void initialize(std::uint64_t /*seed*/, std::uint64_t& /*stream*/) {}
};

// The elements of a layer's parameters.
std::int64_t parameter_elements(Layer& layer);

// (batch, shape...) for a shape of at most three axes, and the way back.
Shape with_batch(std::int64_t batch, const Shape& per_sample);
Shape without_batch(const Shape& shape);

}  // namespace m1bench
