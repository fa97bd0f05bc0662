// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <string>

#include "m1bench/core/error.hpp"
#include "m1bench/kernels/matmul.hpp"
#include "m1bench/nn/initialize.hpp"
#include "m1bench/nn/layers.hpp"
#include "nn/bias.hpp"

namespace m1bench {

Dense::Dense(std::int64_t in, std::int64_t out)
    : in_(in), out_(out), kernel_{"kernel", Tensor<float>({in, out}), {}}, bias_{"bias", Tensor<float>({out}), {}} {}

Shape Dense::output_shape(const Shape& input) const {
  if (input != Shape{in_}) {
    throw Error(ErrorKind::internal, "dense takes " + std::to_string(in_) + " features but gets " + input.to_string() +
                                         ": give it that size, or flatten first");
  }
  return {out_};
}

void Dense::forward(const Tensor<float>& x, Tensor<float>& y, Parallel& parallel) {
  const std::int64_t batch = x.shape()[0];
  // The product is accumulated onto the bias, which saves a pass over y.
  broadcast_bias(bias_.value.data(), batch, out_, y.data(), parallel);
  gemm(Gemm<float>{.m = batch, .n = out_, .k = in_, .a = x.data(), .b = kernel_.value.data(), .c = y.data(), .accumulate = true},
       parallel);
}

void Dense::backward(const Tensor<float>& x, const Tensor<float>&, const Tensor<float>& d_y, Tensor<float>* d_x,
                     Parallel& parallel) {
  const std::int64_t batch = x.shape()[0];
  if (d_x) {
    gemm(Gemm<float>{.m = batch, .n = in_, .k = out_, .a = d_y.data(), .b = kernel_.value.data(), .c = d_x->data(),
                     .transpose_b = true},
         parallel);
  }
  bias_.gradient.resize(bias_.value.shape());
  bias_gradient(d_y.data(), batch, out_, bias_.gradient.data(), parallel);
  Gemm<float> product{.m = in_, .n = out_, .k = batch, .a = x.data(), .b = d_y.data(), .transpose_a = true};
  if (kernel_.plain_rate) {
    kernel_.gradient = {};
    product.c = kernel_.value.data();
    product.accumulate = true;
    product.alpha = -*kernel_.plain_rate;
  } else {
    kernel_.gradient.resize(kernel_.value.shape());
    product.c = kernel_.gradient.data();
  }
  gemm(product, parallel);
}

OperationCost Dense::forward_cost(const Shape& x) const {
  const std::int64_t batch = x[0];
  return {2.0 * static_cast<double>(batch * in_ * out_),
          static_cast<double>(batch * in_ + in_ * out_ + out_ + batch * out_) * sizeof(float)};
}

// The kernel is read for the gradient of x, and read and written by a plain step, which leaves out its gradient.
OperationCost Dense::backward_cost(const Shape& x, const BackwardWork& work) const {
  const std::int64_t batch = x[0], kernel = in_ * out_;
  const std::int64_t products = work.input_gradient ? 2 : 1;
  const std::int64_t kernel_reads = work.input_gradient || work.plain_step ? kernel : 0;
  const std::int64_t input_gradient = work.input_gradient ? batch * in_ : 0;
  return {2.0 * static_cast<double>(products * batch * kernel),
          static_cast<double>(batch * in_ + batch * out_ + kernel_reads + kernel + out_ + input_gradient) * sizeof(float)};
}

void Dense::initialize(std::uint64_t seed, std::uint64_t& stream) {
  glorot_uniform(kernel_.value.span(), in_, out_, seed, stream++);
  std::ranges::fill(bias_.value.span(), 0.0f);
}

}  // namespace m1bench
