// SPDX-License-Identifier: Apache-2.0
#include "m1bench/core/error.hpp"
#include "m1bench/kernels/elementwise.hpp"
#include "m1bench/nn/layers.hpp"
#include "nn/panel_grain.hpp"

namespace m1bench {
namespace {

// d_x[i] = f(y[i], d_y[i])
template <class Function>
void backward_by_output(const Tensor<float>& y, const Tensor<float>& d_y, Tensor<float>* d_x, Parallel& parallel, Function f) {
  if (!d_x) return;
  parallel.for_panels(static_cast<std::int64_t>(y.size()), kElementGrain, [&](std::int64_t begin, std::int64_t end) {
    const float* __restrict out = y.data();
    const float* __restrict d_out = d_y.data();
    float* __restrict d_in = d_x->data();
    for (std::int64_t i = begin; i < end; ++i) d_in[i] = f(out[i], d_out[i]);
  });
}

}  // namespace

void Relu::forward(const Tensor<float>& x, Tensor<float>& y, Parallel& parallel) { relu(x.span(), y.span(), parallel); }

void Relu::backward(const Tensor<float>&, const Tensor<float>& y, const Tensor<float>& d_y, Tensor<float>* d_x,
                    Parallel& parallel) {
  backward_by_output(y, d_y, d_x, parallel, [](float out, float d_out) { return out > 0 ? d_out : 0.0f; });
}

void Sigmoid::forward(const Tensor<float>& x, Tensor<float>& y, Parallel& parallel) {
  mul_scalar(x.span(), -1.0f, y.span(), parallel);
  exp(y.span(), y.span(), parallel);
  parallel.for_panels(static_cast<std::int64_t>(y.size()), kElementGrain, [&](std::int64_t begin, std::int64_t end) {
    float* out = y.data();
    for (std::int64_t i = begin; i < end; ++i) out[i] = 1 / (1 + out[i]);
  });
}

void Sigmoid::backward(const Tensor<float>&, const Tensor<float>& y, const Tensor<float>& d_y, Tensor<float>* d_x,
                       Parallel& parallel) {
  backward_by_output(y, d_y, d_x, parallel, [](float out, float d_out) { return d_out * out * (1 - out); });
}

Shape Softmax::output_shape(const Shape& input) const {
  if (input.rank() < 1 || input.elements() < 1) {
    throw Error(ErrorKind::internal, "softmax needs an axis of classes: give it one after the batch axis");
  }
  return input;
}

void Softmax::forward(const Tensor<float>& x, Tensor<float>& y, Parallel& parallel) {
  const std::int64_t columns = x.shape()[x.shape().rank() - 1];
  softmax(x.data(), y.data(), x.shape().elements() / columns, columns, parallel);
}

// d_x[j] = y[j] * (d_y[j] - sum over k of y[k] d_y[k]), row by row.
void Softmax::backward(const Tensor<float>&, const Tensor<float>& y, const Tensor<float>& d_y, Tensor<float>* d_x,
                       Parallel& parallel) {
  if (!d_x) return;
  const std::int64_t columns = y.shape()[y.shape().rank() - 1];
  parallel.for_panels(y.shape().elements() / columns, item_grain(columns), [&](std::int64_t r0, std::int64_t r1) {
    for (std::int64_t r = r0; r < r1; ++r) {
      const float* __restrict out = y.data() + r * columns;
      const float* __restrict d_out = d_y.data() + r * columns;
      float* __restrict d_in = d_x->data() + r * columns;
      double dot = 0;
      for (std::int64_t c = 0; c < columns; ++c) dot += static_cast<double>(out[c]) * static_cast<double>(d_out[c]);
      const float mean = static_cast<float>(dot);
      for (std::int64_t c = 0; c < columns; ++c) d_in[c] = out[c] * (d_out[c] - mean);
    }
  });
}

}  // namespace m1bench
