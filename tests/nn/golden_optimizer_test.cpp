// SPDX-License-Identifier: Apache-2.0
// Several steps of every optimizer, against Keras and PyTorch.
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "m1bench/nn/optimizer.hpp"
#include "nn/oracle_check.hpp"

namespace m1bench {
namespace {

constexpr double kAdamRate = 1e-3, kSgdRate = 0.01;

// How far one step moves a value at most, given the largest gradient so far, and by how many units of that it may be off.
//
// Adam's step is rate * m / sqrt(v), both corrected for their bias, which makes them means of the gradients g and of their
// squares with weights w and z. By Cauchy and Schwarz |m| <= sqrt(sum w^2/z) sqrt(v): at most 1.02 sqrt(v) in six steps. With
// G the largest |g|, every step adds at most 0.4u G + u |m| to the error of the uncorrected m, 11u G in all once corrected,
// and sqrt(v) >= G sqrt(z) with z near 1/6: 27u of m / sqrt(v). Half of 4u a step for the root of v and a unit each for alpha,
// root, sum, product and quotient leave it below 64u.
struct Kind {
  const char* name;
  std::function<std::unique_ptr<Optimizer>()> make;
  double (*greatest_step)(double gradient);
  double units;
};
const Kind kKinds[] = {
    {"sgd", [] { return std::make_unique<Sgd>(); }, [](double gradient) { return kSgdRate * gradient; }, 2},
    {"adam", [] { return std::make_unique<Adam>(); }, [](double) { return 1.02 * kAdamRate; }, 64},
};

// Each step is off by its own units, and its subtraction rounds the value, which has come this far from its start.
void expect_agrees(const OracleCase& item, const Kind& kind) {
  Parameter parameter{"p", item.tensor("value"), {}};
  Parameter* const list[] = {&parameter};
  const Tensor<float> gradients = item.tensor("gradients");
  const OracleArray& values = item.array("values");
  ASSERT_EQ(values.shape, gradients.shape());
  ASSERT_EQ(values.shape[0], 6);
  const std::size_t size = parameter.value.size();
  const double start = greatest(item.array("value")), step = kind.greatest_step(greatest(item.array("gradients")));
  const auto optimizer = kind.make();
  Parallel parallel;
  parameter.gradient.resize(parameter.value.shape());
  for (std::size_t t = 0; t < gradients.size() / size; ++t) {
    std::ranges::copy(gradients.span().subspan(t * size, size), parameter.gradient.data());
    optimizer->step(list, parallel);
    const auto row = values.values.begin() + static_cast<std::ptrdiff_t>(t * size);
    const OracleArray want{parameter.value.shape(), {row, row + static_cast<std::ptrdiff_t>(size)}};
    const double steps = static_cast<double>(t + 1);
    const double bound = steps * kUnitRoundoffF32 * (start + steps * step + kind.units * step);
    expect_close("after step " + std::to_string(t + 1), parameter.value, want, same_for_all(want, bound));
  }
}

class GoldenOptimizers : public testing::TestWithParam<const char*> {};
TEST_P(GoldenOptimizers, StepsAreTheOracles) {
  const std::vector<OracleCase> cases = oracle_cases(GetParam());
  for (const Kind& kind : kKinds) {
    const std::vector<std::string> names = names_of(cases, {kind.name});
    EXPECT_FALSE(names.empty()) << kind.name;
    for (const std::string& name : names) {
      SCOPED_TRACE(name);
      expect_agrees(oracle_case(cases, name), kind);
    }
  }
}
INSTANTIATE_TEST_SUITE_P(Oracles, GoldenOptimizers, testing::ValuesIn(kOracles),
                         [](const auto& row) { return std::string(row.param); });

}  // namespace
}  // namespace m1bench
