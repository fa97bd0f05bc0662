// SPDX-License-Identifier: Apache-2.0
#include "stats/robust.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <vector>

#include "m1bench/core/error.hpp"
#include "m1bench/core/rng.hpp"
#include "stats/distributions.hpp"

namespace m1bench {
namespace {

using Values = std::vector<double>;

// Expected values from NumPy.
TEST(Robust, AgainstNumPy) {
  struct Row {
    const char* name;
    Values values;
    double median, trimmed, winsorised, hodges_lehmann;
  };
  const Row rows[] = {
      {"one", {0.5}, 0.5, 0.5, 0, 0.5},
      {"three", {0.4, 0.1, 0.2}, 0.2, 0.23333333333333336, 0.1527525231651947, 0.225},
      {"five, one of them wild", {0.9, 0.02, 0.01, 0.05, 0.03}, 0.03, 0.03333333333333333, 0.015165750888103102, 0.035},
      {"twelve, two of them wild", {0.64, 0.66, 0.65, 0.67, 0.63, 0.7, 0.66, 0.65, 2.0, 0.66, 0.64, 0.1},
       0.655, 0.65375, 0.012401124093721468, 0.655}};
  for (const Row& row : rows) {
    EXPECT_DOUBLE_EQ(median(row.values), row.median) << row.name;
    EXPECT_DOUBLE_EQ(trimmed_mean(row.values, 0.2), row.trimmed) << row.name;
    EXPECT_NEAR(winsorised_sd(row.values, 0.2), row.winsorised, 1e-15) << row.name;
    EXPECT_DOUBLE_EQ(hodges_lehmann(row.values), row.hodges_lehmann) << row.name;
  }
}

TEST(Robust, NegatingNegatesToTheLastBit) {
  Rng rng(3, 0);
  for (int size = 1; size <= 41; ++size) {
    Values values, mirrored;
    for (int i = 0; i < size; ++i) {
      values.push_back(std::log(1 + rng.next() / 4e9));
      mirrored.push_back(-values.back());
    }
    EXPECT_EQ(median(mirrored), -median(values)) << size;
    EXPECT_EQ(trimmed_mean(mirrored, 0.2), -trimmed_mean(values, 0.2)) << size;
    EXPECT_EQ(winsorised_sd(mirrored, 0.2), winsorised_sd(values, 0.2)) << size;
    EXPECT_EQ(hodges_lehmann(mirrored), -hodges_lehmann(values)) << size;
  }
}

TEST(Robust, EdgesOfTheDomain) {
  EXPECT_EQ(trimmed_each_end(4, 0.2), 0u);
  EXPECT_EQ(trimmed_each_end(5, 0.2), 1u);
  EXPECT_EQ(trimmed_each_end(40, 0.2), 8u);
  const double huge = std::numeric_limits<double>::max();
  EXPECT_EQ(median(Values{huge, huge}), huge);
  EXPECT_DOUBLE_EQ(geometric_mean(Values{0.5, 2, 8}), 2);
  EXPECT_THROW(median({}), Error);
  EXPECT_THROW(trimmed_mean(Values{1}, 0.5), Error);
}

// Two-sided 95 % points of the published tables.
TEST(Distributions, StudentT) {
  const std::pair<double, double> rows[] = {{1, 12.7062}, {2, 4.30265}, {7, 2.36462}, {23, 2.06866}, {1e6, 1.95997}};
  for (const auto& [degrees, quantile] : rows) EXPECT_NEAR(student_t_quantile(0.975, degrees), quantile, 5e-5) << degrees;
  EXPECT_DOUBLE_EQ(student_t_quantile(0.025, 7), -student_t_quantile(0.975, 7));
  EXPECT_THROW(student_t_quantile(1, 7), Error);
}

}  // namespace
}  // namespace m1bench
