// SPDX-License-Identifier: Apache-2.0
// Cases bound by memory bandwidth or by the math library: element-wise maps, a sum, a softmax.
#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <vector>

#include "bench/families.hpp"
#include "m1bench/core/check.hpp"
#include "m1bench/kernels/elementwise.hpp"
#include "m1bench/kernels/reference.hpp"
#include "m1bench/tensor/fill.hpp"

namespace m1bench {
namespace {

constexpr float kScalar = 1.5f;
// Filling 2^24 elements at random would take longer than timing them; a random stretch of this length is repeated instead.
constexpr std::size_t kRandomStretch = 1 << 16;

void fill_repeated(std::span<float> values, std::uint64_t seed, std::uint64_t stream) {
  const std::size_t stretch = std::min(kRandomStretch, values.size());
  fill_normal(values.first(stretch), seed, stream);
  repeat_prefix(values, stretch);
}

// Arrays laid out one after another in memory that somebody lends; each in memory of its own where that is too little.
class Arrays {
 public:
  Arrays(std::span<std::byte> memory, std::int64_t elements, int count) : elements_(static_cast<std::size_t>(elements)) {
    if (memory.size() >= elements_ * sizeof(float) * static_cast<std::size_t>(count)) lent_ = reinterpret_cast<float*>(memory.data());
    for (int i = 0; i < count && !lent_; ++i) own_.emplace_back(Shape{elements}, Unfilled{});
  }
  std::span<float> operator[](std::size_t i) { return lent_ ? std::span(lent_ + i * elements_, elements_) : own_[i].span(); }
  ArrayView view(std::size_t i) { return {DType::f32, Shape{static_cast<std::int64_t>(elements_)}, std::as_bytes((*this)[i])}; }

 private:
  std::size_t elements_;
  float* lent_ = nullptr;
  std::vector<Tensor<float>> own_;
};

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
  // What another worker left in memory that both share must not pass for an answer of this one.
  void reset() override {
    constexpr std::size_t kStride = 1024;
    for (std::size_t i = 0; i < y_.size(); i += kStride) y_[i] = std::numeric_limits<float>::quiet_NaN();
  }
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
  Arrays arrays_;
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
  Arrays arrays_;
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
