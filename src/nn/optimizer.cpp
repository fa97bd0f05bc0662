// SPDX-License-Identifier: Apache-2.0
#include "m1bench/nn/optimizer.hpp"

#include <algorithm>
#include <cmath>

#include "m1bench/core/check.hpp"
#include "nn/panel_grain.hpp"

namespace m1bench {
namespace {

struct AdamStep {
  float alpha, gain1, gain2, epsilon;
};

void sgd_span(float rate, const float* __restrict gradient, float* __restrict value, std::int64_t n) {
  for (std::int64_t i = 0; i < n; ++i) value[i] -= rate * gradient[i];
}

// The build compiles this file with -fno-math-errno: a square root that may have to set errno keeps a loop scalar.
void adam_span(const AdamStep& s, const float* __restrict gradient, float* __restrict first, float* __restrict second,
               float* __restrict value, std::int64_t n) {
  const auto [alpha, gain1, gain2, epsilon] = s;
  for (std::int64_t i = 0; i < n; ++i) {
    const float g = gradient[i];
    const float m = first[i] + gain1 * (g - first[i]);
    const float v = second[i] + gain2 * (g * g - second[i]);
    first[i] = m;
    second[i] = v;
    value[i] -= alpha * m / (std::sqrt(v) + epsilon);
  }
}

std::int64_t checked_size(const Parameter& parameter) {
  check(parameter.gradient.size() == parameter.value.size(), "an optimizer's step comes after a backward pass");
  return static_cast<std::int64_t>(parameter.value.size());
}

}  // namespace

void Optimizer::step(std::span<Parameter* const> parameters, Parallel& parallel) {
  begin_step(parameters);
  for (std::size_t i = 0; i < parameters.size(); ++i) move(i, *parameters[i], parallel);
}

void Sgd::move(std::size_t, Parameter& p, Parallel& parallel) {
  if (p.plain_rate && p.gradient.size() == 0) return;
  parallel.for_panels(checked_size(p), kElementGrain, [&](std::int64_t begin, std::int64_t end) {
    sgd_span(rate_, p.gradient.data() + begin, p.value.data() + begin, end - begin);
  });
}

void Adam::begin_step(std::span<Parameter* const> parameters) {
  if (moments_.empty()) {
    for (const Parameter* p : parameters) moments_.push_back({Tensor<float>(p->value.shape()), Tensor<float>(p->value.shape())});
  }
  check(moments_.size() == parameters.size(), "Adam serves one network");
  beta1_power_ *= options_.beta1;
  beta2_power_ *= options_.beta2;
  alpha_ = static_cast<float>(options_.rate * std::sqrt(1 - beta2_power_) / (1 - beta1_power_));
}

void Adam::move(std::size_t index, Parameter& p, Parallel& parallel) {
  const AdamStep now{.alpha = alpha_,
                     .gain1 = static_cast<float>(1 - options_.beta1),
                     .gain2 = static_cast<float>(1 - options_.beta2),
                     .epsilon = static_cast<float>(options_.epsilon)};
  check(index < moments_.size() && moments_[index].first.shape() == p.value.shape(), "Adam serves one network");
  Moments& moments = moments_[index];
  parallel.for_panels(checked_size(p), kElementGrain, [&](std::int64_t begin, std::int64_t end) {
    adam_span(now, p.gradient.data() + begin, moments.first.data() + begin, moments.second.data() + begin, p.value.data() + begin,
              end - begin);
  });
}

void Adam::reset() {
  beta1_power_ = beta2_power_ = 1;
  for (Moments& moments : moments_) {
    std::ranges::fill(moments.first.span(), 0.0f);
    std::ranges::fill(moments.second.span(), 0.0f);
  }
}

}  // namespace m1bench
