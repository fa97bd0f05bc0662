// SPDX-License-Identifier: Apache-2.0
#include "stats/estimate.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "stats/distributions.hpp"

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
  EXPECT_NEAR(twelve.standard_error.value(), 0.012401124093721468 / (8.0 / 12 * std::sqrt(12.0)), 1e-16);
  EXPECT_EQ(twelve.degrees, 7);
  EXPECT_EQ(three.degrees, 2);
  EXPECT_LT(twelve.low(), twelve.ratio());
  EXPECT_GT(twelve.high(), twelve.ratio());
}

TEST(Estimate, TheHalfWidthIsTheStandardErrorWidened) {
  Values values = {0.64, 0.66};
  for (int blocks = 3; blocks <= 40; ++blocks) {
    values.push_back(0.6 + 0.01 * (blocks * 7 % 11));
    const Estimate now = estimate(values);
    EXPECT_DOUBLE_EQ(*now.half_width, kLooking * student_t_quantile(0.975, now.degrees) * now.standard_error.value()) << blocks;
  }
}

TEST(Estimate, FewBlocksHaveNoInterval) {
  EXPECT_FALSE(estimate(Values{0.5}).half_width);
  EXPECT_FALSE(estimate(Values{0.5, 0.6}).half_width);
  EXPECT_FALSE(estimate(Values{0.5, 0.6}).standard_error);
  EXPECT_EQ(estimate(Values{0.5, 0.6}).degrees, 0);
  EXPECT_EQ(estimate(Values{0.5, 0.6}).blocks, 2);
}

TEST(Estimate, OfARunAgainstItselfIsExactlyOne) {
  const Estimate self = estimate(Values(12, 0.0));
  EXPECT_EQ(self.ratio(), 1);
  EXPECT_EQ(self.low(), 1);
  EXPECT_EQ(self.high(), 1);
}

}  // namespace
}  // namespace m1bench
