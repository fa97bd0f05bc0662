// SPDX-License-Identifier: Apache-2.0
// Every loss and its gradient, against Keras and PyTorch.
#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

#include "m1bench/nn/loss.hpp"
#include "nn/oracle_check.hpp"

namespace m1bench {
namespace {

struct Kind {
  const char* name;
  LossKind kind;
};
constexpr Kind kKinds[] = {
    {"mean_squared_error", LossKind::mean_squared_error},
    {"sparse_categorical_crossentropy_from_logits", LossKind::sparse_categorical_crossentropy_from_logits},
    {"categorical_crossentropy_on_sigmoid", LossKind::categorical_crossentropy_on_sigmoid},
};

// Both sides compute in double precision, in another order: what rounds is a sum of `elements` terms whose sum of magnitudes
// is at most `scale`, and each of a few functions of such a sum. Only the gradient is then rounded to single precision.
void expect_agrees(const OracleCase& item, LossKind kind) {
  const OracleArray &y = item.array("y"), &gradient = item.array("d_y");
  const Tensor<float> outputs = item.tensor("y");
  std::vector<std::int64_t> labels;
  std::vector<float> values;
  if (item.arrays.contains("labels")) labels = item.labels("labels");
  if (item.arrays.contains("targets")) {
    const Tensor<float> targets = item.tensor("targets");
    values.assign(targets.span().begin(), targets.span().end());
  }
  Tensor<float> d_y(outputs.shape());
  const StepResult result = loss_and_gradient(kind, outputs, {labels, values}, d_y);

  const double rounding = rounding_bound(static_cast<std::int64_t>(y.values.size()), kUnitRoundoffF64);
  EXPECT_NEAR(result.loss, item.number("loss"), rounding * (item.number("loss") + greatest(y)));
  EXPECT_EQ(static_cast<double>(result.correct), item.number("correct"));
  std::vector<float> bounds = relative_to(gradient, kUnitRoundoffF32);
  for (float& bound : bounds) bound += static_cast<float>(rounding * greatest(gradient));
  expect_close("d_y", d_y, gradient, bounds);
}

class GoldenLosses : public testing::TestWithParam<const char*> {};
TEST_P(GoldenLosses, ValueGradientAndCorrectAreTheOracles) {
  const std::vector<OracleCase> cases = oracle_cases(GetParam());
  for (const Kind& kind : kKinds) {
    const std::vector<std::string> names = names_of(cases, {kind.name});
    EXPECT_GE(names.size(), 2u) << kind.name;
    for (const std::string& name : names) {
      SCOPED_TRACE(name);
      expect_agrees(oracle_case(cases, name), kind.kind);
    }
  }
}
INSTANTIATE_TEST_SUITE_P(Oracles, GoldenLosses, testing::ValuesIn(kOracles),
                         [](const auto& row) { return std::string(row.param); });

}  // namespace
}  // namespace m1bench
