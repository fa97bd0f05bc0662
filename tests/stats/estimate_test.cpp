// SPDX-License-Identifier: Apache-2.0
#include "stats/estimate.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "m1bench/core/rng.hpp"
#include "stats/verdict.hpp"

namespace m1bench {
namespace {

using Values = std::vector<double>;

// Half-widths computed by hand with NumPy and tabled t quantiles.
TEST(Estimate, AgainstNumPy) {
  const Estimate three = estimate(Values{0.1, 0.2, 0.4});
  EXPECT_DOUBLE_EQ(three.log_ratio, 0.23333333333333336);
  EXPECT_NEAR(three.half_width.value(), 0.4249932997788202, 1e-9);
  EXPECT_EQ(three.blocks, 3);
  const Estimate five = estimate(Values{0.01, 0.02, 0.03, 0.05, 0.9});
  EXPECT_NEAR(five.half_width.value(), 0.05447308648516564, 1e-9);
  const Estimate twelve = estimate(Values{0.64, 0.66, 0.65, 0.67, 0.63, 0.70, 0.66, 0.65, 2.0, 0.66, 0.64, 0.10});
  EXPECT_NEAR(twelve.half_width.value(), 0.01422138361107751, 1e-9);
  EXPECT_DOUBLE_EQ(twelve.ratio(), std::exp(0.65375));
  EXPECT_LT(twelve.low(), twelve.ratio());
  EXPECT_GT(twelve.high(), twelve.ratio());
}

TEST(Estimate, FewBlocksHaveNoInterval) {
  EXPECT_FALSE(estimate(Values{0.5}).half_width);
  EXPECT_FALSE(estimate(Values{0.5, 0.6}).half_width);
  EXPECT_EQ(estimate(Values{0.5, 0.6}).blocks, 2);
  EXPECT_EQ(verdict_of(estimate(Values{0.5, 0.6})), Verdict::unsure);
}

TEST(Estimate, OfARunAgainstItselfIsExactlyOne) {
  const Estimate self = estimate(Values(12, 0.0));
  EXPECT_EQ(self.ratio(), 1);
  EXPECT_EQ(self.low(), 1);
  EXPECT_EQ(self.high(), 1);
  EXPECT_EQ(verdict_of(self), Verdict::same);
}

// A normal deviate from two uniform ones (Box-Muller); tests need not agree between machines to the last bit.
double normal(Rng& rng) {
  const double u = (rng.next() + 1.0) / 4294967296.0, v = rng.next() / 4294967296.0;
  return std::sqrt(-2 * std::log(u)) * std::cos(6.283185307179586 * v);
}

// The share of sessions whose interval holds the truth. A session looks after every block from `first` to `last` on and stops
// as soon as the half-width is at most `wanted`; neighbouring blocks correlate by `correlation`.
double coverage(std::size_t first, std::size_t last, double wanted, double correlation) {
  constexpr int kSessions = 4000;
  Rng rng(2024, 0);
  int held = 0;
  for (int session = 0; session < kSessions; ++session) {
    Values blocks;
    double state = normal(rng);
    Estimate now;
    while (blocks.size() < last) {
      blocks.push_back(0.01 * state);
      state = correlation * state + std::sqrt(1 - correlation * correlation) * normal(rng);
      if (blocks.size() < first) continue;
      now = estimate(blocks);
      if (*now.half_width <= wanted) break;
    }
    held += std::abs(now.log_ratio) <= *now.half_width;
  }
  return static_cast<double>(held) / kSessions;
}

TEST(Estimate, CoverageOfOneLook) {
  const double share = coverage(12, 12, 0, 0);  // the factor for looking repeatedly makes a single look conservative
  EXPECT_GT(share, 0.95);
  EXPECT_LT(share, 0.985);
}

TEST(Estimate, CoverageWhenStoppingAsSoonAsItIsNarrow) {
  const double share = coverage(12, 40, 0.006, 0);
  EXPECT_GT(share, 0.93);
  EXPECT_LT(share, 0.97);
}

TEST(Estimate, CorrelatedBlocksCostCoverage) {
  const double share = coverage(12, 40, 0.006, 0.3);
  EXPECT_GT(share, 0.80);
  EXPECT_LT(share, 0.92);
}

TEST(Verdict, Rule) {
  const auto of = [](double low, double high, double noise_floor) {
    return verdict_of({(std::log(low) + std::log(high)) / 2, (std::log(high) - std::log(low)) / 2, 12}, noise_floor);
  };
  struct Row {
    double low, high, floor;
    Verdict verdict;
  };
  const Row rows[] = {{1.90, 1.99, 0.005, Verdict::slower},   {1.006, 1.009, 0.005, Verdict::slower},
                      {1.004, 1.009, 0.005, Verdict::same},   {1.004, 1.02, 0.005, Verdict::unsure},
                      {0.50, 0.60, 0.005, Verdict::faster},   {0.994, 1.006, 0.005, Verdict::same},
                      {0.98, 1.02, 0.005, Verdict::unsure},   {0.98, 1.02, 0.03, Verdict::same},
                      {1.02, 1.04, 0.03, Verdict::unsure},    {1.04, 1.05, 0.03, Verdict::slower}};
  for (const Row& row : rows) {
    EXPECT_EQ(of(row.low, row.high, row.floor), row.verdict) << row.low << " " << row.high;
    const Verdict mirror = row.verdict == Verdict::slower   ? Verdict::faster
                           : row.verdict == Verdict::faster ? Verdict::slower
                                                            : row.verdict;
    EXPECT_EQ(of(1 / row.high, 1 / row.low, row.floor), mirror) << "labels swapped: " << row.low << " " << row.high;
  }
  EXPECT_EQ(name_of(Verdict::unsure), "unsure");
}

}  // namespace
}  // namespace m1bench
