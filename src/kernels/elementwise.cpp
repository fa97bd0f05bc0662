// SPDX-License-Identifier: Apache-2.0
#include "m1bench/kernels/elementwise.hpp"

#include <Eigen/Core>
#include <algorithm>
#include <vector>

#include "m1bench/core/check.hpp"

namespace m1bench {
namespace {

using Values = Eigen::Map<const Eigen::ArrayXf>;
using MutableValues = Eigen::Map<Eigen::ArrayXf>;
constexpr std::int64_t kGrain = 1024;

// y = f(x) panel by panel, where f maps an Eigen array expression to another.
template <class F>
void map(std::span<const float> x, std::span<float> y, Parallel& parallel, const F& f) {
  check(x.size() == y.size(), "element-wise arrays have one length");
  parallel.for_panels(static_cast<std::int64_t>(x.size()), kGrain, [&](std::int64_t begin, std::int64_t end) {
    MutableValues(y.data() + begin, end - begin) = f(Values(x.data() + begin, end - begin));
  });
}

}  // namespace

void add_scalar(std::span<const float> x, float scalar, std::span<float> y, Parallel& parallel) {
  map(x, y, parallel, [scalar](const auto& v) { return v + scalar; });
}

void mul_scalar(std::span<const float> x, float scalar, std::span<float> y, Parallel& parallel) {
  map(x, y, parallel, [scalar](const auto& v) { return v * scalar; });
}

void relu(std::span<const float> x, std::span<float> y, Parallel& parallel) {
  map(x, y, parallel, [](const auto& v) { return v.max(0.0f); });
}

void exp(std::span<const float> x, std::span<float> y, Parallel& parallel) {
  map(x, y, parallel, [](const auto& v) { return v.exp(); });
}

void add(std::span<const float> a, std::span<const float> b, std::span<float> y, Parallel& parallel) {
  check(a.size() == y.size() && b.size() == y.size(), "element-wise arrays have one length");
  parallel.for_panels(static_cast<std::int64_t>(y.size()), kGrain, [&](std::int64_t begin, std::int64_t end) {
    const std::int64_t length = end - begin;
    MutableValues(y.data() + begin, length) = Values(a.data() + begin, length) + Values(b.data() + begin, length);
  });
}

void triad(std::span<const double> b, double scalar, std::span<const double> c, std::span<double> a, Parallel& parallel) {
  check(b.size() == a.size() && c.size() == a.size(), "element-wise arrays have one length");
  using Doubles = Eigen::Map<const Eigen::ArrayXd>;
  parallel.for_panels(static_cast<std::int64_t>(a.size()), kGrain, [&](std::int64_t begin, std::int64_t end) {
    const std::int64_t length = end - begin;
    Eigen::Map<Eigen::ArrayXd>(a.data() + begin, length) = Doubles(b.data() + begin, length) + scalar * Doubles(c.data() + begin, length);
  });
}

float sum(std::span<const float> x, Parallel& parallel) {
  const auto n = static_cast<std::int64_t>(x.size());
  std::vector<double> partial(static_cast<std::size_t>((n + kSumBlock - 1) / kSumBlock));
  parallel.for_panels(static_cast<std::int64_t>(partial.size()), 1, [&](std::int64_t begin, std::int64_t end) {
    for (std::int64_t block = begin; block < end; ++block) {
      const std::int64_t first = block * kSumBlock;
      partial[static_cast<std::size_t>(block)] = static_cast<double>(Values(x.data() + first, std::min(kSumBlock, n - first)).sum());
    }
  });
  double total = 0;
  for (const double value : partial) total += value;
  return static_cast<float>(total);
}

void softmax(const float* x, float* y, std::int64_t rows, std::int64_t columns, Parallel& parallel) {
  check(columns > 0, "a softmax has something to share out");
  parallel.for_panels(rows, 1, [&](std::int64_t begin, std::int64_t end) {
    for (std::int64_t row = begin; row < end; ++row) {
      const Values in(x + row * columns, columns);
      MutableValues out(y + row * columns, columns);
      out = (in - in.maxCoeff()).exp();
      out *= 1.0f / out.sum();
    }
  });
}

}  // namespace m1bench
