// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <string>

#include "m1bench/core/error.hpp"
#include "m1bench/kernels/pool.hpp"
#include "m1bench/nn/layers.hpp"

namespace m1bench {

Shape MaxPool2d::output_shape(const Shape& input) const {
  if (input.rank() != 3 || input[0] < 2 || input[1] < 2) {
    throw Error(ErrorKind::internal, "max_pool2d takes images of at least 2x2 pixels, height x width x channels, but gets " +
                                         input.to_string());
  }
  return {input[0] / 2, input[1] / 2, input[2]};
}

void MaxPool2d::forward(const Tensor<float>& x, Tensor<float>& y, Parallel& parallel) {
  max_pool_2x2(x.shape(), x.data(), y.data(), parallel);
}

void MaxPool2d::backward(const Tensor<float>& x, const Tensor<float>&, const Tensor<float>& d_y, Tensor<float>* d_x,
                         Parallel& parallel) {
  if (d_x) max_pool_2x2_backward(x.shape(), x.data(), d_y.data(), d_x->data(), parallel);
}

// Where each maximum was is found again in x.
OperationCost MaxPool2d::backward_cost(const Shape& x, const BackwardWork& work) const {
  if (!work.input_gradient) return {};
  return {.bytes = static_cast<double>(2 * x.elements() + with_batch(x[0], output_shape(without_batch(x))).elements()) * sizeof(float)};
}

OperationCost Flatten::backward_cost(const Shape& x, const BackwardWork& work) const {
  return {.bytes = work.input_gradient ? static_cast<double>(2 * x.elements()) * sizeof(float) : 0};
}

void Flatten::forward(const Tensor<float>& x, Tensor<float>& y, Parallel&) { std::copy_n(x.data(), x.size(), y.data()); }

void Flatten::backward(const Tensor<float>&, const Tensor<float>&, const Tensor<float>& d_y, Tensor<float>* d_x, Parallel&) {
  if (d_x) std::copy_n(d_y.data(), d_y.size(), d_x->data());
}

}  // namespace m1bench
