// SPDX-License-Identifier: Apache-2.0
#include "stats/distributions.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "m1bench/core/error.hpp"

namespace m1bench {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity(), kNan = std::numeric_limits<double>::quiet_NaN();

// Two-sided 95 % points of the published tables.
TEST(Distributions, StudentTQuantile) {
  const std::pair<double, double> rows[] = {{1, 12.7062},  {2, 4.30265},   {7, 2.36462},
                                            {23, 2.06866}, {1e6, 1.95997}, {kInfinity, 1.95996}};
  for (const auto& [degrees, quantile] : rows) EXPECT_NEAR(student_t_quantile(0.975, degrees), quantile, 5e-5) << degrees;
  EXPECT_DOUBLE_EQ(student_t_quantile(0.025, 7), -student_t_quantile(0.975, 7));
  EXPECT_DOUBLE_EQ(student_t_quantile(0.9, kInfinity), normal_quantile(0.9));
}

// scipy.stats.t.sf and norm.sf of SciPy 1.17: relative errors, for tails are small.
TEST(Distributions, UpperTails) {
  struct Row {
    double t, degrees, tail;
  };
  const Row rows[] = {{0, 5, 0.5},
                      {1.5, 3, 0.11529193262241147},
                      {2, 7, 0.042809664281488025},
                      {-1, 4, 0.8130495168499705},
                      {5, 23, 2.3321665771033836e-05},
                      {40, 7, 7.951089992425182e-10},
                      {1, kInfinity, 0.15865525393145707},
                      {-2, kInfinity, 0.9772498680518208},
                      {10, kInfinity, 7.61985302416047e-24}};
  for (const Row& row : rows) {
    EXPECT_NEAR(student_t_upper_tail(row.t, row.degrees) / row.tail, 1, 1e-12) << row.t << " " << row.degrees;
  }
  for (const double z : {-2.0, 0.0, 1.0, 10.0}) EXPECT_DOUBLE_EQ(normal_upper_tail(z), student_t_upper_tail(z, kInfinity)) << z;
  EXPECT_EQ(student_t_upper_tail(kInfinity, 7), 0);
  EXPECT_EQ(student_t_upper_tail(-kInfinity, kInfinity), 1);
  EXPECT_EQ(normal_upper_tail(kInfinity), 0);
}

TEST(Distributions, QuantileAndTailAreInverse) {
  for (const double degrees : {1.0, 2.5, 7.0, 23.0, 1e9, kInfinity}) {
    for (const double p : {1e-6, 0.05, 0.5, 0.8, 0.999}) {
      EXPECT_NEAR(student_t_upper_tail(student_t_quantile(1 - p, degrees), degrees), p, 1e-9 * p + 1e-14) << degrees << " " << p;
    }
  }
  EXPECT_DOUBLE_EQ(normal_quantile(0.975), 1.959963984540054);
  EXPECT_DOUBLE_EQ(normal_quantile(1e-10), -6.361340902404056);
  EXPECT_EQ(normal_quantile(0.5), 0);
}

// scipy.stats.binomtest(...).proportion_ci(method="exact"); the ends at no and at all successes are (alpha / 2)^(1 / n) away.
TEST(Distributions, ClopperPearson) {
  struct Row {
    std::uint64_t successes, trials;
    double confidence, low, high;
  };
  const Row rows[] = {{0, 10, 0.95, 0, 0.30849710781876294},
                      {0, 50, 0.95, 0, 1 - std::pow(0.025, 1.0 / 50)},
                      {10, 10, 0.95, std::pow(0.025, 0.1), 1},
                      {3, 20, 0.95, 0.03207093718554477, 0.37892682654529564},
                      {1, 50, 0.95, 0.0005062279831152354, 0.10646954571150097},
                      {4750, 5000, 0.99, 0.9415221283441749, 0.9576073370176974}};
  for (const Row& row : rows) {
    const Interval share = clopper_pearson(row.successes, row.trials, row.confidence);
    EXPECT_NEAR(share.low, row.low, 1e-12) << row.successes << " of " << row.trials;
    EXPECT_NEAR(share.high, row.high, 1e-12) << row.successes << " of " << row.trials;
  }
}

TEST(Distributions, OutsideTheDomain) {
  EXPECT_THROW(student_t_quantile(1, 7), Error);
  EXPECT_THROW(student_t_quantile(0.5, 0), Error);
  EXPECT_THROW(student_t_quantile(kNan, 7), Error);
  EXPECT_THROW(student_t_upper_tail(kNan, 7), Error);
  EXPECT_THROW(student_t_upper_tail(1, -1), Error);
  EXPECT_THROW(normal_quantile(0), Error);
  EXPECT_THROW(normal_upper_tail(kNan), Error);
  EXPECT_THROW(clopper_pearson(0, 0, 0.95), Error);
  EXPECT_THROW(clopper_pearson(3, 2, 0.95), Error);
  EXPECT_THROW(clopper_pearson(1, 2, 1), Error);
}

}  // namespace
}  // namespace m1bench
