// SPDX-License-Identifier: Apache-2.0
#include "m1bench/nn/loss.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <string>

#include "m1bench/core/check.hpp"
#include "m1bench/core/error.hpp"

namespace m1bench {
namespace {

// The losses of one sample: each returns the loss and writes `scale` times its gradient.

double squared_error(std::span<const float> y, std::span<const float> targets, double scale, std::span<float> d_y) {
  double sum = 0;
  for (std::size_t i = 0; i < y.size(); ++i) {
    const double error = static_cast<double>(y[i]) - static_cast<double>(targets[i]);
    sum += error * error;
    d_y[i] = static_cast<float>(2 * error * scale);
  }
  return sum;
}

// Logits are taken relative to the greatest, so that nothing overflows and at least one term of the sum is 1.
double crossentropy_from_logits(std::span<const float> y, std::size_t label, double scale, std::span<float> d_y) {
  const double greatest = static_cast<double>(*std::ranges::max_element(y));
  double sum = 0;
  for (const float logit : y) sum += std::exp(static_cast<double>(logit) - greatest);
  for (std::size_t i = 0; i < y.size(); ++i) {
    const double softmax = std::exp(static_cast<double>(y[i]) - greatest) / sum;
    d_y[i] = static_cast<float>((softmax - (i == label ? 1.0 : 0.0)) * scale);
  }
  return std::log(sum) + (greatest - static_cast<double>(y[label]));
}

// With p = y[label] / sum(y): d(-log p) / dy[i] = 1 / sum(y) - [i == label] / y[label].
double crossentropy_on_sigmoid(std::span<const float> y, std::size_t label, double scale, std::span<float> d_y) {
  constexpr double kLeast = 1e-7, kGreatest = 1 - 1e-7;
  const double sum = std::accumulate(y.begin(), y.end(), 0.0);
  const double p = static_cast<double>(y[label]) / sum;
  if (p < kLeast || p > kGreatest) {
    std::ranges::fill(d_y, 0.0f);
    return -std::log(std::clamp(p, kLeast, kGreatest));
  }
  std::ranges::fill(d_y, static_cast<float>(scale / sum));
  d_y[label] = static_cast<float>((1 / sum - 1 / static_cast<double>(y[label])) * scale);
  return -std::log(p);
}

std::size_t checked_label(std::int64_t label, std::size_t outputs) {
  if (label < 0 || label >= static_cast<std::int64_t>(outputs)) {
    throw Error(ErrorKind::data, "label " + std::to_string(label) + " is none of the network's " + std::to_string(outputs) +
                                     " classes: use data with labels 0 to " + std::to_string(outputs - 1));
  }
  return static_cast<std::size_t>(label);
}

}  // namespace

StepResult loss_and_gradient(LossKind kind, const Tensor<float>& y, const Targets& targets, Tensor<float>& d_y) {
  check(y.shape().rank() == 2 && y.size() > 0 && d_y.shape() == y.shape(), "a loss takes y and d_y as (batch, outputs)");
  const auto batch = static_cast<std::size_t>(y.shape()[0]), outputs = static_cast<std::size_t>(y.shape()[1]);
  const bool regression = kind == LossKind::mean_squared_error;
  check(regression ? targets.values.size() == y.size() : targets.labels.size() == batch, "every sample has its target");

  const double scale = 1 / static_cast<double>(regression ? y.size() : batch);
  StepResult result;
  for (std::size_t sample = 0; sample < batch; ++sample) {
    const auto row = y.span().subspan(sample * outputs, outputs);
    const auto d_row = d_y.span().subspan(sample * outputs, outputs);
    if (regression) {
      result.loss += squared_error(row, targets.values.subspan(sample * outputs, outputs), scale, d_row);
      continue;
    }
    const std::size_t label = checked_label(targets.labels[sample], outputs);
    const auto crossentropy =
        kind == LossKind::categorical_crossentropy_on_sigmoid ? crossentropy_on_sigmoid : crossentropy_from_logits;
    result.loss += crossentropy(row, label, scale, d_row);
    result.correct += std::ranges::max_element(row) - row.begin() == static_cast<std::ptrdiff_t>(label);
  }
  result.loss *= scale;
  return result;
}

}  // namespace m1bench
