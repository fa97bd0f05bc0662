// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "m1bench/nn/layer.hpp"
#include "m1bench/tensor/compare.hpp"
#include "m1bench/tensor/fill.hpp"

namespace m1bench {

inline Tensor<float> random_tensor(const Shape& shape, std::uint64_t stream, float limit = 1) {
  Tensor<float> tensor(shape);
  fill_uniform(tensor.span(), 20200917, stream, limit);
  return tensor;
}

// How exact a layer's outputs and gradients are, which the tolerance of its check is computed from.
struct LayerAccuracy {
  double forward_error = 0;  // of one output, absolute
  double slope = 1;          // |derivative of one output by one variable| is at most this
  double third = 0;          // and its third derivative at most this: central differences are wrong by step^2/6 of it
};

// Checks the gradients of L = sum of weights[i] * y[i], by every input and every parameter, against central differences.
class GradientCheck {
 public:
  GradientCheck(Layer& layer, Tensor<float> x, float step, const LayerAccuracy& accuracy)
      : layer_(layer), x_(std::move(x)), step_(step), accuracy_(accuracy), y_(output_shape()) {
    weights_ = random_tensor(y_.shape(), 77);
  }

  void run() {
    const auto not_a_number = [](std::span<float> s) { std::ranges::fill(s, std::numeric_limits<float>::quiet_NaN()); };
    layer_.forward(x_, y_, parallel_);
    layer_.backward(x_, y_, weights_, nullptr, parallel_);
    // The second pass must overwrite everything.
    Tensor<float> d_x(x_.shape());
    not_a_number(d_x.span());
    for (Parameter* parameter : layer_.parameters()) not_a_number(parameter->gradient.span());
    layer_.backward(x_, y_, weights_, &d_x, parallel_);

    expect_gradient("x", x_.span(), d_x.span());
    for (Parameter* parameter : layer_.parameters()) {
      ASSERT_EQ(parameter->gradient.shape(), parameter->value.shape());
      expect_gradient(parameter->name, parameter->value.span(), parameter->gradient.span());
    }
  }

 private:
  Shape output_shape() const { return with_batch(x_.shape()[0], layer_.output_shape(without_batch(x_.shape()))); }

  std::vector<double> outputs() {
    layer_.forward(x_, y_, parallel_);
    return {y_.span().begin(), y_.span().end()};
  }

  void expect_gradient(const std::string& name, std::span<float> variables, std::span<const float> gradient) {
    for (std::size_t i = 0; i < variables.size(); ++i) {
      const float start = variables[i];
      const float up = start + step_, down = start - step_;
      variables[i] = up;
      const std::vector<double> above = outputs();
      variables[i] = down;
      const std::vector<double> below = outputs();
      variables[i] = start;

      double difference = 0, affected = 0;  // affected: the sum of |weight| over outputs that this variable moves
      for (std::size_t o = 0; o < above.size(); ++o) {
        difference += double{weights_[o]} * (above[o] - below[o]);
        if (above[o] != below[o]) affected += std::abs(double{weights_[o]});
      }
      const double step = double{step_};
      const double rounding = rounding_bound(static_cast<std::int64_t>(above.size()), kUnitRoundoffF32) * accuracy_.slope;
      const double tolerance =
          affected * (accuracy_.forward_error / step + accuracy_.third * step * step / 6 + rounding) + 1e-12;
      EXPECT_NEAR(double{gradient[i]}, difference / (double{up} - double{down}), tolerance) << name << "[" << i << "]";
    }
  }

  Layer& layer_;
  Tensor<float> x_;
  float step_;
  LayerAccuracy accuracy_;
  Tensor<float> y_, weights_;
  Parallel parallel_;
};

}  // namespace m1bench
