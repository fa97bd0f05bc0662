// SPDX-License-Identifier: Apache-2.0
#include "stats/robust.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <vector>

#include "m1bench/core/error.hpp"
#include "m1bench/core/rng.hpp"

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

TEST(Robust, NothingTrimmed) {
  EXPECT_DOUBLE_EQ(mean(Values{2, 4, 4, 4, 5, 5, 7, 9}), 5);
  EXPECT_DOUBLE_EQ(standard_deviation(Values{2, 4, 4, 4, 5, 5, 7, 9}), std::sqrt(32.0 / 7));
  EXPECT_EQ(standard_deviation(Values{3}), 0);
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
    EXPECT_EQ(mean(mirrored), -mean(values)) << size;
    EXPECT_EQ(standard_deviation(mirrored), standard_deviation(values)) << size;
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

}  // namespace
}  // namespace m1bench
