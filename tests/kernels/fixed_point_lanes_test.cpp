// SPDX-License-Identifier: Apache-2.0
// The vector forms of multiply_by_quantized_multiplier must be it, bit for bit, for whatever they are given.
#include "kernels/fixed_point_lanes.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <vector>

#include "m1bench/core/rng.hpp"

namespace m1bench {
namespace {

template <class Sums, class Fixed>
struct Pair {
  using Lanes = Sums;
  using FixedPoints = Fixed;
};

// Every tier's that this slice's processors have.
using EveryPair = testing::Types<Pair<PlainI8Lanes, PlainFixedPoint>
#if defined(__SSE4_1__)
                                 ,
                                 Pair<Sse2I8Lanes, Sse4FixedPoint>
#endif
#if defined(__AVX2__)
                                 ,
                                 Pair<Avx2I8Lanes, Avx2FixedPoint>
#endif
#if defined(__AVX512BW__)
                                 ,
                                 Pair<Avx512I8Lanes, Avx512FixedPoint>
#endif
#if defined(__aarch64__)
                                 ,
                                 Pair<NeonI8Lanes, NeonFixedPoint>
#endif
                                 >;

template <class Both>
class FixedPointLanesOf : public testing::Test {
 protected:
  using Lanes = typename Both::Lanes;
  using FixedPoints = typename Both::FixedPoints;
  static constexpr std::size_t kLanes = Lanes::kLanes;

  // Each x by each factor; both lists are shifted against each other, so that every lane sees all kinds.
  void expect_the_scalar_function(const std::vector<std::int32_t>& x, const std::vector<FixedPoint>& factors) {
    for (std::size_t first = 0; first < factors.size(); first += kLanes) {
      FixedPoint some[kLanes];
      for (std::size_t lane = 0; lane < kLanes; ++lane) some[lane] = factors[(first + lane) % factors.size()];
      const auto loaded = FixedPoints::load(some);
      for (std::size_t i = 0; i < x.size(); ++i) {
        std::int32_t in[kLanes], out[kLanes];
        for (std::size_t lane = 0; lane < kLanes; ++lane) in[lane] = x[(i + lane * 7) % x.size()];
        Lanes::store(out, FixedPoints::scaled(Lanes::load(in), loaded));
        for (std::size_t lane = 0; lane < kLanes; ++lane) {
          ASSERT_EQ(out[lane], multiply_by_quantized_multiplier(in[lane], some[lane]))
              << in[lane] << " times " << some[lane].multiplier << " shifted by " << some[lane].shift;
        }
      }
    }
  }
};

TYPED_TEST_SUITE(FixedPointLanesOf, EveryPair);

constexpr std::int32_t kLowest = std::numeric_limits<std::int32_t>::min(), kHighest = std::numeric_limits<std::int32_t>::max();

// Powers of two, where ties are, with their neighbours, and the ends.
std::vector<std::int32_t> edges() {
  std::vector<std::int32_t> values{0, kLowest, kLowest + 1, kLowest + 2, kHighest, kHighest - 1};
  for (int bit = 0; bit < 31; ++bit) {
    for (std::int32_t near = -2; near <= 2; ++near) {
      const auto power = static_cast<std::int64_t>(1) << bit;
      for (const std::int64_t value : {power + near, -power + near, power + power / 2 + near, -power - power / 2 + near}) {
        if (value >= kLowest && value <= kHighest) values.push_back(static_cast<std::int32_t>(value));
      }
    }
  }
  return values;
}

TYPED_TEST(FixedPointLanesOf, ScaleEdgesByEveryShift) {
  std::vector<FixedPoint> factors{{}};
  for (int shift = -31; shift <= 30; ++shift) {
    for (const std::int32_t multiplier : {1 << 30, (1 << 30) + 1, 3 << 29, 1431655765, kHighest - 1, kHighest}) {
      factors.push_back({multiplier, shift});
    }
  }
  this->expect_the_scalar_function(edges(), factors);
}

TYPED_TEST(FixedPointLanesOf, ScaleRandomNumbers) {
  Rng rng(1, 0);
  std::vector<std::int32_t> x(2000);
  for (std::int32_t& value : x) value = static_cast<std::int32_t>(rng.next()) >> rng.below(32);
  std::vector<FixedPoint> factors(400);
  for (FixedPoint& factor : factors) {
    factor = {(1 << 30) + static_cast<std::int32_t>(rng.below(1 << 30)), static_cast<int>(rng.below(62)) - 31};
  }
  this->expect_the_scalar_function(x, factors);
}

TYPED_TEST(FixedPointLanesOf, CompareAndStoreBytes) {
  using Sums = typename TypeParam::Lanes;
  using Fixed = typename TypeParam::FixedPoints;
  std::int32_t in[Sums::kLanes];
  std::int8_t out[Sums::kLanes];
  for (int start = -128; start + Sums::kLanes <= 128; ++start) {
    for (int lane = 0; lane < Sums::kLanes; ++lane) in[lane] = start + lane;
    const auto clamped = Fixed::min(Fixed::max(Sums::load(in), Fixed::broadcast(-90)), Fixed::broadcast(77));
    Fixed::store(out, clamped);
    for (int lane = 0; lane < Sums::kLanes; ++lane) EXPECT_EQ(out[lane], std::clamp(start + lane, -90, 77));
  }
}

}  // namespace
}  // namespace m1bench
