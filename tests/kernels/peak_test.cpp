// SPDX-License-Identifier: Apache-2.0
#include "m1bench/kernels/peak.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <numeric>
#include <vector>

#include "m1bench/core/error.hpp"

namespace m1bench {
namespace {

constexpr std::int64_t kSteps[] = {0, 4, 8, 100, 32768};

// Starts of which no two are alike, so that a chain that took another's place is seen.
template <class T>
std::vector<T> starts() {
  std::vector<T> start(static_cast<std::size_t>(kPeakChains));
  std::iota(start.begin(), start.end(), T(-100));
  return start;
}

template <class T>
std::vector<T> room(int threads) {
  return std::vector<T>(static_cast<std::size_t>(threads * kPeakChains), T(-1));
}

template <class T>
class FloatChains : public testing::Test {};
using Floats = testing::Types<float, double>;
TYPED_TEST_SUITE(FloatChains, Floats);

// Exactly, whatever the tier fuses: a step too many or too few is a wrong count of flop.
TYPED_TEST(FloatChains, CountEveryStepExactly) {
  using T = TypeParam;
  const std::vector<T> start = starts<T>();
  for (const int threads : {1, 3}) {
    Parallel parallel(threads);
    for (const std::int64_t steps : kSteps) {
      for (const T factor : {T(1), T(2), T(0.25), T(-4)}) {
        std::vector<T> end = room<T>(threads);
        peak_chains(std::span(start), factor, T(3), steps, std::span(end), parallel);
        for (std::size_t i = 0; i < end.size(); ++i) {
          const T gain = T(steps / 2) * (factor + 1 / factor) * 3;
          ASSERT_EQ(end[i], start[i % start.size()] + gain) << "chain " << i << ", " << steps << " steps by " << factor;
        }
      }
    }
  }
}

TYPED_TEST(FloatChains, RefuseOtherSizes) {
  using T = TypeParam;
  Parallel parallel(2);
  std::vector<T> start = starts<T>(), end = room<T>(2), short_end = room<T>(1);
  const auto run = [&](std::span<const T> from, std::int64_t steps, std::span<T> to) {
    peak_chains(from, T(2), T(1), steps, to, parallel);
  };
  EXPECT_NO_THROW(run(start, 2, end));
  EXPECT_THROW(run(start, 3, end), Error);
  EXPECT_THROW(run(start, 2, short_end), Error);
  EXPECT_THROW(run(std::span<const T>(start).first(2687), 2, end), Error);
}

TEST(IntegerChains, CountEveryProductExactly) {
  const std::vector<std::int32_t> start = starts<std::int32_t>();
  struct Factors {
    std::int8_t a, b;
  };
  for (const int threads : {1, 3}) {
    Parallel parallel(threads);
    for (const std::int64_t products : kSteps) {
      for (const Factors& factors : {Factors{1, 1}, {-77, 113}, {127, 127}, {-128, -128}, {-128, 127}, {0, 5}}) {
        std::vector<std::int32_t> end = room<std::int32_t>(threads);
        peak_chains(std::span(start), factors.a, factors.b, products, std::span(end), parallel);
        for (std::size_t i = 0; i < end.size(); ++i) {
          ASSERT_EQ(end[i], start[i % start.size()] + products * factors.a * factors.b) << "chain " << i << ", " << products;
        }
      }
    }
  }
}

TEST(IntegerChains, RefuseOtherSizes) {
  Parallel parallel;
  std::vector<std::int32_t> start = starts<std::int32_t>(), end = room<std::int32_t>(1);
  EXPECT_THROW(peak_chains(std::span<const std::int32_t>(start), 1, 1, 6, std::span(end), parallel), Error);
  EXPECT_THROW(peak_chains(std::span<const std::int32_t>(start), 1, 1, 4, std::span(end).first(100), parallel), Error);
}

}  // namespace
}  // namespace m1bench
