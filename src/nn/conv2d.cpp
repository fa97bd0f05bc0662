// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <string>

#include "m1bench/core/error.hpp"
#include "m1bench/kernels/conv2d.hpp"
#include "m1bench/nn/initialize.hpp"
#include "m1bench/nn/layers.hpp"
#include "nn/bias.hpp"

namespace m1bench {

Conv2d::Conv2d(std::int64_t in_channels, std::int64_t out_channels, std::int64_t size, Padding padding)
    : filter_{.c = in_channels, .k = out_channels, .r = size, .s = size, .padding = padding},
      kernel_{"kernel", Tensor<float>(filter_.filter_shape()), {}},
      bias_{"bias", Tensor<float>({out_channels}), {}} {}

Conv2dShape Conv2d::geometry(std::int64_t batch, std::int64_t height, std::int64_t width) const {
  Conv2dShape shape = filter_;
  shape.n = batch;
  shape.h = height;
  shape.w = width;
  return shape;
}

Shape Conv2d::output_shape(const Shape& input) const {
  if (input.rank() != 3 || input[2] != filter_.c) {
    throw Error(ErrorKind::internal, "conv2d takes images of " + std::to_string(filter_.c) +
                                         " channels, height x width x channels, but gets " + input.to_string());
  }
  const Conv2dShape shape = geometry(1, input[0], input[1]);
  if (shape.out_h() < 1 || shape.out_w() < 1) {
    throw Error(ErrorKind::internal, "conv2d cannot fit its filter into " + input.to_string() + ": pad it or take a smaller one");
  }
  return {shape.out_h(), shape.out_w(), shape.k};
}

void Conv2d::forward(const Tensor<float>& x, Tensor<float>& y, Parallel& parallel) {
  const Conv2dShape shape = geometry(x.shape()[0], x.shape()[1], x.shape()[2]);
  conv2d(Conv2dVariant::direct, shape, x.data(), kernel_.value.data(), y.data(), parallel);
  add_bias(bias_.value.data(), shape.n * shape.out_h() * shape.out_w(), shape.k, y.data(), parallel);
}

void Conv2d::backward(const Tensor<float>& x, const Tensor<float>&, const Tensor<float>& d_y, Tensor<float>* d_x,
                      Parallel& parallel) {
  const Conv2dShape shape = geometry(x.shape()[0], x.shape()[1], x.shape()[2]);
  kernel_.gradient.resize(kernel_.value.shape());
  bias_.gradient.resize(bias_.value.shape());
  conv2d_backward_weights(shape, x.data(), d_y.data(), kernel_.gradient.data(), parallel);
  bias_gradient(d_y.data(), shape.n * shape.out_h() * shape.out_w(), shape.k, bias_.gradient.data(), parallel);
  if (!d_x) return;
  conv2d_backward_input(shape, kernel_.value.data(), d_y.data(), d_x->data(), parallel);
}

OperationCost Conv2d::forward_cost(const Shape& x) const {
  const Conv2dShape shape = geometry(x[0], x[1], x[2]);
  const std::int64_t filter = shape.filter_shape().elements() + shape.k;
  return {shape.flop(), static_cast<double>(x.elements() + filter + shape.output_shape().elements()) * sizeof(float)};
}

OperationCost Conv2d::backward_cost(const Shape& x, const BackwardWork& work) const {
  const Conv2dShape shape = geometry(x[0], x[1], x[2]);
  const std::int64_t filter = shape.filter_shape().elements();
  const std::int64_t weights = x.elements() + shape.output_shape().elements() + filter + shape.k;
  const std::int64_t input = work.input_gradient ? filter + x.elements() : 0;
  return {(work.input_gradient ? 2 : 1) * shape.flop(), static_cast<double>(weights + input) * sizeof(float)};
}

void Conv2d::initialize(std::uint64_t seed, std::uint64_t& stream) {
  const std::int64_t area = filter_.r * filter_.s;
  glorot_uniform(kernel_.value.span(), area * filter_.c, area * filter_.k, seed, stream++);
  std::ranges::fill(bias_.value.span(), 0.0f);
}

}  // namespace m1bench
