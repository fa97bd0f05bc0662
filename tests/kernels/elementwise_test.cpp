// SPDX-License-Identifier: Apache-2.0
#include "m1bench/kernels/elementwise.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <numeric>
#include <string>
#include <vector>

#include "m1bench/core/error.hpp"
#include "m1bench/kernels/reference.hpp"
#include "m1bench/tensor/fill.hpp"

namespace m1bench {
namespace {

constexpr float kInfinity = std::numeric_limits<float>::infinity();
constexpr float kNan = std::numeric_limits<float>::quiet_NaN();
constexpr float kLeastNormal = std::numeric_limits<float>::min();
constexpr std::size_t kSizes[] = {0, 1, 3, 16, 17, 1023, 1024, 1025, 5000};

Tensor<float> normals(std::size_t size, std::uint64_t stream = 0) {
  Tensor<float> x(Shape{static_cast<std::int64_t>(size)});
  fill_normal(x.span(), 5, stream);
  return x;
}

struct Map {
  const char* name;
  void (*run)(std::span<const float> x, std::span<float> y, Parallel& parallel);
  double (*exact)(double x);
  double ulps;
};
const Map kMaps[] = {
    {"add_scalar", [](auto x, auto y, Parallel& p) { add_scalar(x, 0.7f, y, p); },
     [](double x) { return x + static_cast<double>(0.7f); }, 0.5},
    {"mul_scalar", [](auto x, auto y, Parallel& p) { mul_scalar(x, 0.7f, y, p); },
     [](double x) { return x * static_cast<double>(0.7f); }, 0.5},
    {"relu", relu, [](double x) { return x > 0 ? x : 0; }, 0},
    {"exp", [](auto x, auto y, Parallel& p) { m1bench::exp(x, y, p); }, [](double x) { return std::exp(x); }, 2},
    {"add_to_itself", [](auto x, auto y, Parallel& p) { add(x, x, y, p); }, [](double x) { return 2 * x; }, 0},
};

class Elementwise : public testing::TestWithParam<Map> {};

TEST_P(Elementwise, IsRightInPlaceAndOnEveryTeam) {
  for (const int threads : {1, 3}) {
    Parallel parallel(threads);
    for (const std::size_t size : kSizes) {
      SCOPED_TRACE(testing::Message() << size << " elements, " << threads << " threads");
      Tensor<float> x = normals(size);
      Tensor<float> y(x.shape());
      GetParam().run(x.span(), y.span(), parallel);
      const Deviation found = compare(view_of(y), reference_unary(x.span(), GetParam().exact, GetParam().ulps));
      EXPECT_TRUE(found.ok()) << found.wrong << " wrong, worst " << found.worst << ": " << found.got << " for " << found.want;
      GetParam().run(x.span(), x.span(), parallel);
      EXPECT_TRUE(std::ranges::equal(x.span(), y.span()));
    }
  }
}

TEST_P(Elementwise, RefusesArraysOfTwoLengths) {
  Parallel parallel;
  std::vector<float> x(2), y(3);
  EXPECT_THROW(GetParam().run(x, y, parallel), Error);
}

INSTANTIATE_TEST_SUITE_P(Maps, Elementwise, testing::ValuesIn(kMaps), [](const auto& row) { return row.param.name; });

TEST(ElementwiseAdd, AddsTwoArrays) {
  Parallel parallel(3);
  for (const std::size_t size : kSizes) {
    Tensor<float> a = normals(size), b = normals(size, 1), y(a.shape());
    add(a.span(), b.span(), y.span(), parallel);
    EXPECT_TRUE(compare(view_of(y), reference_binary(
                                        a.span(), b.span(), [](double s, double t) { return s + t; }, 0.5))
                    .ok())
        << size;
    add(a.span(), b.span(), b.span(), parallel);
    EXPECT_TRUE(std::ranges::equal(b.span(), y.span())) << size;
  }
  std::vector<float> three(3), two(2);
  EXPECT_THROW(add(three, two, three, parallel), Error);
  EXPECT_THROW(add(two, three, three, parallel), Error);
}

TEST(ElementwiseTriad, AddsAMultipleOfAnother) {
  Parallel parallel(3);
  for (const std::size_t size : kSizes) {
    std::vector<double> b(size), c(size), a(size + 1, kNan);
    fill_uniform(std::span(b), 5, 0, 1.0);
    fill_uniform(std::span(c), 5, 1, 1.0);
    triad(b, 3, c, std::span(a).first(size), parallel);
    for (std::size_t i = 0; i < size; ++i) ASSERT_EQ(a[i], b[i] + 3 * c[i]) << i << " of " << size;
    EXPECT_TRUE(std::isnan(a.back()));
  }
  std::vector<double> three(3), two(2);
  EXPECT_THROW(triad(three, 3, two, three, parallel), Error);
  EXPECT_THROW(triad(two, 3, three, three, parallel), Error);
}

// In every lane of a vector and in what is left over behind the last whole one.
template <class Run>
void expect_everywhere(float x, const Run& run, const std::function<bool(float)>& right) {
  Parallel parallel;
  std::vector<float> in(37, x), out(37);
  run(std::span<const float>(in), std::span<float>(out), parallel);
  for (std::size_t i = 0; i < out.size(); ++i) EXPECT_TRUE(right(out[i])) << "f(" << x << ") = " << out[i] << " at " << i;
}

TEST(ElementwiseRelu, KeepsWhatIsSpecial) {
  constexpr float kTiny = 1e-40f;  // below the smallest normal number
  for (const float x : {0.0f, -0.0f, -1.0f, -kInfinity, -kTiny}) expect_everywhere(x, relu, [](float y) { return y == 0; });
  for (const float x : {1.0f, kInfinity, kTiny, kLeastNormal}) expect_everywhere(x, relu, [x](float y) { return y == x; });
  expect_everywhere(kNan, relu, [](float y) { return std::isnan(y); });
}

TEST(ElementwiseExp, KeepsWhatIsSpecial) {
  const auto run = [](auto x, auto y, Parallel& p) { m1bench::exp(x, y, p); };
  for (const float x : {0.0f, -0.0f, 1e-40f, -1e-40f}) expect_everywhere(x, run, [](float y) { return y == 1; });
  for (const float x : {89.0f, 1e30f, kInfinity}) expect_everywhere(x, run, [](float y) { return y == kInfinity; });
  for (const float x : {-88.0f, -104.0f, -1e30f, -kInfinity}) {
    expect_everywhere(x, run, [](float y) { return y >= 0 && y < kLeastNormal; });
  }
  expect_everywhere(kNan, run, [](float y) { return std::isnan(y); });
}

TEST(ElementwiseExp, IsAsExactAsItsHeaderSays) {
  Parallel parallel;
  for (const auto& [limit, ulps] : {std::pair{60.0f, 2.0}, {87.0f, 3.0}}) {
    Tensor<float> x(Shape{100'000}), y(x.shape());
    fill_uniform(x.span(), 6, 0, limit);
    m1bench::exp(x.span(), y.span(), parallel);
    const Deviation found = compare(view_of(y), reference_unary(
                                                     x.span(), [](double v) { return std::exp(v); }, ulps));
    EXPECT_TRUE(found.ok()) << "within " << limit << ": " << found.worst_ratio * ulps << " units at " << x[found.worst];
  }
}

TEST(Sum, IsRightAndTheSameOnEveryTeam) {
  Parallel one, three(3);
  for (const std::size_t size : kSizes) {
    Tensor<float> x = normals(size);
    for (float& value : x.span()) value = std::abs(value);
    const float total = sum(x.span(), one);
    const Deviation found = compare({DType::f32, {1}, std::as_bytes(std::span(&total, 1))}, reference_sum(x.span()));
    EXPECT_TRUE(found.ok()) << size << " elements: " << found.got << " for " << found.want;
    EXPECT_EQ(sum(x.span(), three), total) << size;
  }
}

// In single precision throughout, the ones behind 2^24 would be lost one by one.
TEST(Sum, AddsItsBlocksInDouble) {
  Parallel parallel(2);
  Tensor<float> x(Shape{4 * kSumBlock});
  x[0] = 0x1p24f;
  for (const std::size_t block : {1, 2}) x[block * kSumBlock] = 1;
  EXPECT_EQ(sum(x.span(), parallel), 0x1p24f + 2);
}

// One element left out of a sum of ordinary numbers must not pass for rounding.
TEST(Sum, ABoundCatchesAMissingElement) {
  Tensor<float> x = normals(5000);
  for (float& value : x.span()) value = std::abs(value) + 0.1f;
  const Reference whole = reference_sum(x.span());
  EXPECT_LT(static_cast<double>(whole.bounds[0]), 0.1);
}

class SoftmaxRows : public testing::TestWithParam<float> {};  // the scale of the logits

TEST_P(SoftmaxRows, AreRightAndSumToOne) {
  for (const int threads : {1, 3}) {
    Parallel parallel(threads);
    for (const Shape shape : {Shape{1, 1}, {4, 3}, {7, 17}, {32, 1000}}) {
      SCOPED_TRACE(shape.to_string());
      Tensor<float> x(shape), y(shape);
      fill_normal(x.span(), 8, 0);
      for (float& value : x.span()) value *= GetParam();
      softmax(x.data(), y.data(), shape[0], shape[1], parallel);
      const Deviation found = compare(view_of(y), reference_softmax(x.data(), shape[0], shape[1]));
      EXPECT_TRUE(found.ok()) << found.wrong << " wrong, worst " << found.worst << ": " << found.got << " for " << found.want;
      for (std::int64_t row = 0; row < shape[0]; ++row) {
        const auto values = y.span().subspan(static_cast<std::size_t>(row * shape[1]), static_cast<std::size_t>(shape[1]));
        // Rounding of `columns` positive numbers whose sum is one.
        EXPECT_NEAR(std::accumulate(values.begin(), values.end(), 0.0), 1.0, rounding_bound(shape[1], 2 * kUnitRoundoffF32));
      }
      softmax(x.data(), x.data(), shape[0], shape[1], parallel);
      EXPECT_TRUE(std::ranges::equal(x.span(), y.span()));
    }
  }
}
INSTANTIATE_TEST_SUITE_P(Scales, SoftmaxRows, testing::Values(1e-3f, 1.0f, 30.0f, 1e4f, 1e37f),
                         [](const auto& row) { return "scale_" + std::to_string(row.index); });

TEST(Softmax, OfEqualLogitsIsEven) {
  Parallel parallel;
  for (const float logit : {0.0f, 3e38f, -3e38f}) {
    std::vector<float> x(8, logit), y(8);
    softmax(x.data(), y.data(), 2, 4, parallel);
    EXPECT_EQ(y, std::vector<float>(8, 0.25f)) << logit;
  }
  EXPECT_THROW(softmax(nullptr, nullptr, 1, 0, parallel), Error);
}

}  // namespace
}  // namespace m1bench
