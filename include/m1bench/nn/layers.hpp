// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "m1bench/kernels/conv2d.hpp"
#include "m1bench/nn/layer.hpp"

namespace m1bench {

// y = x W + b. x (batch, in), W (in, out), b (out), y (batch, out). 2*batch*in*out flop forward, and as much again for each
// of the two gradients.
class Dense final : public Layer {
 public:
  Dense(std::int64_t in, std::int64_t out);
  std::string_view name() const override { return "dense"; }
  Shape output_shape(const Shape& input) const override;
  void forward(const Tensor<float>& x, Tensor<float>& y, Parallel& parallel) override;
  void backward(const Tensor<float>& x, const Tensor<float>& y, const Tensor<float>& d_y, Tensor<float>* d_x,
                Parallel& parallel) override;
  OperationCost forward_cost(const Shape& x) const override;
  OperationCost backward_cost(const Shape& x, const BackwardWork& work) const override;
  std::int64_t moved_elements() const override { return in_ * out_; }
  std::vector<Parameter*> parameters() override { return {&kernel_, &bias_}; }
  void initialize(std::uint64_t seed, std::uint64_t& stream) override;

 private:
  std::int64_t in_, out_;
  Parameter kernel_, bias_;
};

// A convolution with stride 1 and a bias. x (batch, h, w, in), kernel (r, s, in, out), y (batch, out_h, out_w, out).
class Conv2d final : public Layer {
 public:
  // The filter is size x size.
  Conv2d(std::int64_t in_channels, std::int64_t out_channels, std::int64_t size, Padding padding);
  std::string_view name() const override { return "conv2d"; }
  Shape output_shape(const Shape& input) const override;
  void forward(const Tensor<float>& x, Tensor<float>& y, Parallel& parallel) override;
  void backward(const Tensor<float>& x, const Tensor<float>& y, const Tensor<float>& d_y, Tensor<float>* d_x,
                Parallel& parallel) override;
  OperationCost forward_cost(const Shape& x) const override;
  OperationCost backward_cost(const Shape& x, const BackwardWork& work) const override;
  std::vector<Parameter*> parameters() override { return {&kernel_, &bias_}; }
  void initialize(std::uint64_t seed, std::uint64_t& stream) override;

 private:
  Conv2dShape geometry(std::int64_t batch, std::int64_t height, std::int64_t width) const;

  Conv2dShape filter_;  // c, k, r, s and padding; the rest comes with the input
  Parameter kernel_, bias_;
};

// The maximum of each 2x2 window, stride 2; see kernels/pool.hpp. x (batch, h, w, c), y (batch, h/2, w/2, c).
class MaxPool2d final : public Layer {
 public:
  std::string_view name() const override { return "max_pool2d"; }
  Shape output_shape(const Shape& input) const override;
  void forward(const Tensor<float>& x, Tensor<float>& y, Parallel& parallel) override;
  void backward(const Tensor<float>& x, const Tensor<float>& y, const Tensor<float>& d_y, Tensor<float>* d_x,
                Parallel& parallel) override;
  OperationCost backward_cost(const Shape& x, const BackwardWork& work) const override;
};

// (batch, ...) to (batch, elements). A copy each way, which costs little beside the layers around it.
class Flatten final : public Layer {
 public:
  std::string_view name() const override { return "flatten"; }
  Shape output_shape(const Shape& input) const override { return {input.elements()}; }
  void forward(const Tensor<float>& x, Tensor<float>& y, Parallel& parallel) override;
  void backward(const Tensor<float>& x, const Tensor<float>& y, const Tensor<float>& d_y, Tensor<float>* d_x,
                Parallel& parallel) override;
  OperationCost backward_cost(const Shape& x, const BackwardWork& work) const override;
};

// max(x, 0); its derivative at 0 is 0.
class Relu final : public Layer {
 public:
  std::string_view name() const override { return "relu"; }
  Shape output_shape(const Shape& input) const override { return input; }
  void forward(const Tensor<float>& x, Tensor<float>& y, Parallel& parallel) override;
  void backward(const Tensor<float>& x, const Tensor<float>& y, const Tensor<float>& d_y, Tensor<float>* d_x,
                Parallel& parallel) override;
};

// 1 / (1 + exp(-x))
class Sigmoid final : public Layer {
 public:
  std::string_view name() const override { return "sigmoid"; }
  Shape output_shape(const Shape& input) const override { return input; }
  void forward(const Tensor<float>& x, Tensor<float>& y, Parallel& parallel) override;
  void backward(const Tensor<float>& x, const Tensor<float>& y, const Tensor<float>& d_y, Tensor<float>* d_x,
                Parallel& parallel) override;
};

// Softmax along the last axis, with its full Jacobian. Networks that train with a cross-entropy leave it out and give the
// loss their logits, which is better conditioned.
class Softmax final : public Layer {
 public:
  std::string_view name() const override { return "softmax"; }
  Shape output_shape(const Shape& input) const override;
  void forward(const Tensor<float>& x, Tensor<float>& y, Parallel& parallel) override;
  void backward(const Tensor<float>& x, const Tensor<float>& y, const Tensor<float>& d_y, Tensor<float>* d_x,
                Parallel& parallel) override;
};

}  // namespace m1bench
