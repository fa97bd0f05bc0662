// SPDX-License-Identifier: Apache-2.0
// Every layer, forward and backward, against Keras and PyTorch.
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <limits>
#include <memory>
#include <string>
#include <vector>

#include "m1bench/nn/layers.hpp"
#include "nn/oracle_check.hpp"

namespace m1bench {
namespace {

constexpr double kUnit = kUnitRoundoffF32;

// How far each result may be from the oracle's.
struct Bounds {
  std::vector<float> y, d_x;
  std::vector<float> d_kernel = {}, d_bias = {};  // of layers that have them
};

// A sum of `terms` products whose factors are at most a and b.
double bound_of_products(std::int64_t terms, double a, double b) {
  return rounding_bound(terms, kUnit) * static_cast<double>(terms) * a * b;
}

// Dense layers and convolutions. The kernel is (..., in, out); a filter's taps count as inputs and as outputs. A bias is one
// more product, with 1, forward, and the sum over all positions of y backward.
Bounds bounds_of_products(const OracleCase& item) {
  const OracleArray &y = item.array("y"), &kernel = item.array("kernel");
  const double x = greatest(item.array("x")), w = greatest(kernel), b = greatest(item.array("bias")),
               d_y = greatest(item.array("d_y"));
  const int last = kernel.shape.rank() - 1;
  const std::int64_t out = kernel.shape[last], in = kernel.shape[last - 1], taps = kernel.shape.elements() / (in * out);
  const std::int64_t positions = y.shape.elements() / out;
  return {.y = same_for_all(y, bound_of_products(taps * in + 1, std::max(x, 1.0), std::max(w, b))),
          .d_x = same_for_all(item.array("x"), bound_of_products(taps * out, d_y, w)),
          .d_kernel = same_for_all(kernel, bound_of_products(positions, x, d_y)),
          .d_bias = same_for_all(item.array("bias"), bound_of_products(positions, 1, d_y))};
}

// Layers that only copy are right to the bit.
Bounds bounds_of_copies(const OracleCase& item) {
  return {.y = same_for_all(item.array("y"), 0), .d_x = same_for_all(item.array("x"), 0)};
}

// y = 1 / (1 + e): e is off by 4u of itself (two units in the last place), the sum and the quotient by u each, so y by at
// most 6u y. In d_y y (1-y), 1-y is then off by 6u y + u, and two more products round: at most 16u y d_y in all.
Bounds bounds_of_sigmoid(const OracleCase& item) {
  const OracleArray& y = item.array("y");
  return {.y = relative_to(y, 6 * kUnit), .d_x = relative_to(y, 16 * kUnit * greatest(item.array("d_y")))};
}

// An exponential of x - max is off by u |x - max| from its argument and 4u of its own; the sum of `columns` of them by as much
// and its own rounding, the quotient by u. With r the sum of these, d_x = y (d_y - sum of y d_y) is off by r y times the
// bracket, which is at most 2 max|d_y|; by r y max|d_y| for the sum; and by u for each of sum, difference and product.
Bounds bounds_of_softmax(const OracleCase& item) {
  const OracleArray& y = item.array("y");
  const std::int64_t columns = y.shape[y.shape.rank() - 1];
  const double range = 2 * greatest(item.array("x")), d_y = greatest(item.array("d_y"));
  const double r = 2 * (range + 4) * kUnit + rounding_bound(columns, kUnit) + kUnit;
  return {.y = relative_to(y, r), .d_x = relative_to(y, (3 * r + 5 * kUnit) * d_y)};
}

std::unique_ptr<Layer> convolution(const Shape& kernel, Padding padding) {
  return std::make_unique<Conv2d>(kernel[2], kernel[3], kernel[0], padding);
}
template <class L>
std::unique_ptr<Layer> plain(const Shape&) {
  return std::make_unique<L>();
}

struct Kind {
  std::string name;
  std::function<std::unique_ptr<Layer>(const Shape& kernel)> make;
  Bounds (*bounds)(const OracleCase&);
};
const Kind kKinds[] = {
    {"dense", [](const Shape& kernel) { return std::make_unique<Dense>(kernel[0], kernel[1]); }, bounds_of_products},
    {"conv2d_valid", [](const Shape& kernel) { return convolution(kernel, Padding::valid); }, bounds_of_products},
    {"conv2d_same", [](const Shape& kernel) { return convolution(kernel, Padding::same); }, bounds_of_products},
    {"max_pool2d", plain<MaxPool2d>, bounds_of_copies},
    {"flatten", plain<Flatten>, bounds_of_copies},
    {"relu", plain<Relu>, bounds_of_copies},
    {"sigmoid", plain<Sigmoid>, bounds_of_sigmoid},
    {"softmax", plain<Softmax>, bounds_of_softmax},
};

void expect_agrees(const OracleCase& item, const Kind& kind) {
  const Tensor<float> x = item.tensor("x"), d_y = item.tensor("d_y");
  const bool weighted = item.arrays.contains("kernel");
  const auto layer = kind.make(weighted ? item.array("kernel").shape : Shape{});
  const std::vector<Parameter*> parameters = layer->parameters();
  ASSERT_EQ(parameters.size(), weighted ? 2u : 0u);
  if (weighted) {
    parameters[0]->value = item.tensor("kernel");
    parameters[1]->value = item.tensor("bias");
  }
  Tensor<float> y(with_batch(x.shape()[0], layer->output_shape(without_batch(x.shape())))), d_x(x.shape());
  ASSERT_EQ(y.shape(), d_y.shape());
  for (Tensor<float>* result : {&y, &d_x}) std::ranges::fill(result->span(), std::numeric_limits<float>::quiet_NaN());
  Parallel parallel(2);
  layer->forward(x, y, parallel);
  layer->backward(x, y, d_y, &d_x, parallel);

  const Bounds bounds = kind.bounds(item);
  expect_close("y", y, item.array("y"), bounds.y);
  expect_close("d_x", d_x, item.array("d_x"), bounds.d_x);
  if (!weighted) return;
  expect_close("d_kernel", parameters[0]->gradient, item.array("d_kernel"), bounds.d_kernel);
  expect_close("d_bias", parameters[1]->gradient, item.array("d_bias"), bounds.d_bias);
}

class GoldenLayers : public testing::TestWithParam<const char*> {};
TEST_P(GoldenLayers, ForwardAndBackwardAreTheOracles) {
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
INSTANTIATE_TEST_SUITE_P(Oracles, GoldenLayers, testing::ValuesIn(kOracles),
                         [](const auto& row) { return std::string(row.param); });

}  // namespace
}  // namespace m1bench
