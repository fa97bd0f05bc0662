// SPDX-License-Identifier: Apache-2.0
// Cases bound by memory bandwidth or by the math library: element-wise maps, a sum, a softmax.
#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "bench/arrays.hpp"
#include "bench/families.hpp"
#include "m1bench/core/check.hpp"
#include "m1bench/kernels/elementwise.hpp"
#include "m1bench/kernels/reference.hpp"

namespace m1bench {
namespace {

constexpr float kScalar = 1.5f;

void fill_repeated(std::span<float> values, std::uint64_t seed, std::uint64_t stream) {
  const std::size_t stretch = std::min(kRandomStretch, values.size());
  fill_normal(values.first(stretch), seed, stream);
  repeat_prefix(values, stretch);
}

// y = f(a) or f(a, b). Correctly rounded operations are within half a unit in the last place; Eigen's exp of numbers this small within two.
struct Operation {
  const char* name;
  bool binary;
  double ulps;
  void (*run)(std::span<const float> a, std::span<const float> b, std::span<float> y, Parallel& parallel);
  double (*exact)(double a, double b);
};
constexpr std::array<Operation, 5> kOperations{{
    {"add-scalar", false, 0.5, [](auto a, auto, auto y, Parallel& p) { add_scalar(a, kScalar, y, p); }, [](double a, double) { return a + kScalar; }},
    {"mul-scalar", false, 0.5, [](auto a, auto, auto y, Parallel& p) { mul_scalar(a, kScalar, y, p); }, [](double a, double) { return a * kScalar; }},
    {"add", true, 0.5, [](auto a, auto b, auto y, Parallel& p) { add(a, b, y, p); }, [](double a, double b) { return a + b; }},
    {"relu", false, 0, [](auto a, auto, auto y, Parallel& p) { relu(a, y, p); }, [](double a, double) { return std::max(a, 0.0); }},
    {"exp", false, 2, [](auto a, auto, auto y, Parallel& p) { m1bench::exp(a, y, p); }, [](double a, double) { return std::exp(a); }},
}};

const Operation& operation_named(const std::string& name) {
  const auto found = std::find_if(kOperations.begin(), kOperations.end(), [&](const Operation& row) { return name == row.name; });
  check(found != kOperations.end(), "a known element-wise operation");
  return *found;
}

class Elementwise final : public Workload {
 public:
  Elementwise(const CaseSpec& spec, const WorkloadOptions& options)
      : operation_(operation_named(text_parameter(spec, "operation"))),
        parallel_(*options.parallel),
        arrays_(options.memory, parameter(spec, "elements"), operation_.binary ? 3 : 2),
        y_(arrays_[0]),
        a_(arrays_[1]) {
    std::fill(y_.begin(), y_.end(), 0.0f);
    fill_repeated(a_, options.seed, 0);
    if (!operation_.binary) return;
    b_ = arrays_[2];
    fill_repeated(b_, options.seed, 1);
  }
  void reset() override { spoil(y_); }
  void loop() override { operation_.run(a_, b_, y_, parallel_); }
  std::vector<NamedArray> inputs() override {
    std::vector<NamedArray> arrays{{"a", arrays_.view(1)}};
    if (operation_.binary) arrays.push_back({"b", arrays_.view(2)});
    return arrays;
  }
  NamedArray answer() override { return {"y", arrays_.view(0)}; }
  std::optional<Reference> reference() override {
    if (operation_.binary) return reference_binary(a_, b_, operation_.exact, operation_.ulps);
    return reference_unary(a_, [&](double a) { return operation_.exact(a, 0); }, operation_.ulps);
  }

 private:
  const Operation& operation_;
  Parallel& parallel_;
  Arrays<float> arrays_;
  std::span<float> y_, a_, b_;
};

class Reduce final : public Workload {
 public:
  Reduce(const CaseSpec& spec, const WorkloadOptions& options) : parallel_(*options.parallel), arrays_(options.memory, parameter(spec, "elements"), 1), x_(arrays_[0]), y_(Shape{1}) {
    fill_repeated(x_, options.seed, 0);
    // All of one sign: a sum that cancels would make any bound on its error meaningless.
    for (float& value : x_) value = std::abs(value);
  }
  void loop() override { y_[0] = sum(x_, parallel_); }
  std::vector<NamedArray> inputs() override { return {{"a", arrays_.view(0)}}; }
  NamedArray answer() override { return {"y", view_of(y_)}; }
  std::optional<Reference> reference() override { return reference_sum(x_); }

 private:
  Parallel& parallel_;
  Arrays<float> arrays_;
  std::span<float> x_;
  Tensor<float> y_;
};

class SoftmaxRows final : public Workload {
 public:
  SoftmaxRows(const CaseSpec& spec, const WorkloadOptions& options)
      : parallel_(*options.parallel), x_(Shape{parameter(spec, "rows"), parameter(spec, "columns")}), y_(x_.shape()) {
    fill_normal(x_.span(), options.seed, 0);
  }
  void loop() override { softmax(x_.data(), y_.data(), x_.shape()[0], x_.shape()[1], parallel_); }
  std::vector<NamedArray> inputs() override { return {{"a", view_of(x_)}}; }
  NamedArray answer() override { return {"y", view_of(y_)}; }
  std::optional<Reference> reference() override { return reference_softmax(x_.data(), x_.shape()[0], x_.shape()[1]); }

 private:
  Parallel& parallel_;
  Tensor<float> x_, y_;
};

}  // namespace

std::unique_ptr<Workload> make_elementwise(const CaseSpec& spec, const WorkloadOptions& options) {
  return std::make_unique<Elementwise>(spec, options);
}
std::unique_ptr<Workload> make_reduce(const CaseSpec& spec, const WorkloadOptions& options) {
  return std::make_unique<Reduce>(spec, options);
}
std::unique_ptr<Workload> make_softmax(const CaseSpec& spec, const WorkloadOptions& options) {
  return std::make_unique<SoftmaxRows>(spec, options);
}

}  // namespace m1bench
