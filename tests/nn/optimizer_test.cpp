// SPDX-License-Identifier: Apache-2.0
#include "m1bench/nn/optimizer.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <memory>
#include <vector>

#include "m1bench/core/error.hpp"
#include "m1bench/tensor/compare.hpp"
#include "m1bench/tensor/fill.hpp"

namespace m1bench {
namespace {

constexpr int kSteps = 10;
constexpr double kRate = 0.01;

Parameter parameter_of(std::int64_t size, float limit) {
  Parameter parameter{"p", Tensor<float>({size}), Tensor<float>({size})};
  fill_uniform(parameter.value.span(), 1, 0, limit);
  return parameter;
}

// Gradients of step `step` with magnitudes in [scale/2, scale) and random signs: moments that never cancel to nothing, so
// that each element of a step has a relative rounding error of a few dozen units.
void fill_gradient(std::span<float> gradient, int step, float scale) {
  fill_uniform(gradient, 2, static_cast<std::uint64_t>(step), scale / 2);
  for (float& g : gradient) g += g < 0 ? -scale / 2 : scale / 2;
}

// The formulas of workloads.md for one scalar, in double precision.
struct ScalarSgd {
  double value;
  void step(double g, int) { value -= kRate * g; }
};
struct ScalarAdam {
  double value, m = 0, v = 0;
  void step(double g, int t) {
    m = 0.9 * m + 0.1 * g;
    v = 0.999 * v + 0.001 * g * g;
    const double alpha = kRate * std::sqrt(1 - std::pow(0.999, t)) / (1 - std::pow(0.9, t));
    value -= alpha * m / (std::sqrt(v) + 1e-7);
  }
};

// Steps are at most `greatest_step`; each adds a rounding of the value and an error of 64u of the step.
template <class Scalar>
void expect_matches(Optimizer& optimizer, std::int64_t size, float scale, double greatest_step) {
  constexpr float kLimit = 0.05f;
  Parameter parameter = parameter_of(size, kLimit);
  std::vector<Scalar> scalars;
  for (const float value : parameter.value.span()) scalars.push_back({double{value}});
  Parallel parallel(2);
  Parameter* const list[] = {&parameter};
  for (int t = 1; t <= kSteps; ++t) {
    fill_gradient(parameter.gradient.span(), t, scale);
    optimizer.step(list, parallel);
    const double reach = double{kLimit} + t * greatest_step;
    const double tolerance = t * kUnitRoundoffF32 * (reach + 64 * greatest_step);
    for (std::size_t i = 0; i < scalars.size(); ++i) {
      scalars[i].step(double{parameter.gradient[i]}, t);
      ASSERT_NEAR(double{parameter.value[i]}, scalars[i].value, tolerance) << "element " << i << " after step " << t;
    }
  }
}

// The smaller the gradients, the more the place of epsilon matters.
TEST(Optimizer, StepsMatchScalarsInDoublePrecision) {
  for (const std::int64_t size : {1, 7, 64, 40001}) {
    for (const float scale : {1.0f, 1e-3f, 1e-6f}) {
      SCOPED_TRACE(std::to_string(size) + " elements, gradients up to " + std::to_string(scale));
      Sgd sgd(kRate);
      expect_matches<ScalarSgd>(sgd, size, scale, kRate * double{scale});
      Adam adam({.rate = kRate});
      expect_matches<ScalarAdam>(adam, size, scale, 2 * kRate);
    }
  }
}

TEST(Optimizer, DefaultsAreThoseOfTheExperiments) {
  const Adam::Options adam;
  EXPECT_EQ(adam.rate, 1e-3);
  EXPECT_EQ(adam.beta1, 0.9);
  EXPECT_EQ(adam.beta2, 0.999);
  EXPECT_EQ(adam.epsilon, 1e-7);
  Parameter parameter = parameter_of(1, 0);
  parameter.gradient[0] = 1;
  Parameter* const list[] = {&parameter};
  Parallel parallel;
  Sgd().step(list, parallel);
  EXPECT_EQ(parameter.value[0], -0.01f);
}

std::vector<float> values_after_steps(Optimizer& optimizer, Parallel& parallel) {
  Parameter a = parameter_of(100003, 1), b = parameter_of(5, 1);
  Parameter* const list[] = {&a, &b};
  for (int t = 1; t <= 3; ++t) {
    fill_gradient(a.gradient.span(), t, 1);
    fill_gradient(b.gradient.span(), 100 + t, 1);
    optimizer.step(list, parallel);
  }
  std::vector<float> values(a.value.span().begin(), a.value.span().end());
  values.insert(values.end(), b.value.span().begin(), b.value.span().end());
  return values;
}

TEST(Optimizer, SameBitsForAnyNumberOfThreadsAndAfterReset) {
  const std::function<std::unique_ptr<Optimizer>()> makers[] = {[] { return std::make_unique<Sgd>(); },
                                                                [] { return std::make_unique<Adam>(); }};
  Parallel alone(1), team(3);
  for (const auto& make : makers) {
    const auto one = make(), other = make();
    const std::vector<float> values = values_after_steps(*one, alone);
    EXPECT_EQ(values_after_steps(*other, team), values);
    one->reset();
    EXPECT_EQ(values_after_steps(*one, alone), values);
  }
}

TEST(Optimizer, RefusesParametersWithoutGradientAndAnotherNetwork) {
  Parallel parallel;
  Parameter untouched{"p", Tensor<float>({3}), {}};
  Parameter* const without_gradient[] = {&untouched};
  EXPECT_THROW(Sgd().step(without_gradient, parallel), Error);
  Parameter a = parameter_of(3, 1), b = parameter_of(4, 1);
  Parameter* const network[] = {&a};
  Parameter* const other[] = {&b};
  Parameter* const larger[] = {&a, &b};
  Adam adam;
  adam.step(network, parallel);
  EXPECT_THROW(adam.step(other, parallel), Error);
  EXPECT_THROW(adam.step(larger, parallel), Error);
}

}  // namespace
}  // namespace m1bench
