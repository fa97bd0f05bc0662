// SPDX-License-Identifier: Apache-2.0
#include "stats/welch.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <vector>

#include "m1bench/core/error.hpp"

namespace m1bench {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity(), kNan = std::numeric_limits<double>::quiet_NaN();

TEST(Welch, KnownValues) {
  struct Row {
    const char* name;
    std::vector<ErrorTerm> terms;
    double standard_error, degrees;
  };
  const Row rows[] = {{"nothing", {}, 0, kInfinity},
                      {"no error", {{0, 7}, {0, 3}}, 0, kInfinity},
                      {"one", {{0.01, 7}}, 0.01, 7},
                      {"two alike: degrees add up", {{3, 7}, {3, 7}}, 4.242640687119285, 14},
                      {"three and four", {{3, 9}, {4, 16}}, 5, 25.0 * 25 / (9 + 16)},
                      {"one without error", {{0.01, 7}, {0, 3}}, 0.01, 7},
                      {"the second known beforehand", {{3, 9}, {4, kInfinity}}, 5, 625.0 / 9},
                      {"both known beforehand", {{3, kInfinity}, {4, kInfinity}}, 5, kInfinity},
                      {"fourth powers below the smallest double", {{3e-100, 9}, {4e-100, 16}}, 5e-100, 25},
                      // scipy.stats.ttest_ind(equal_var=False) of two samples of fifteen
                      {"SciPy", {{0.7242204347401681, 14}, {0.6795563445343038, 14}}, 0.9931223809239542, 27.88730398842012}};
  for (const Row& row : rows) {
    const ErrorTerm sum = sum_of_errors(row.terms);
    EXPECT_DOUBLE_EQ(sum.standard_error, row.standard_error) << row.name;
    if (row.degrees == kInfinity) {
      EXPECT_EQ(sum.degrees, kInfinity) << row.name;
    } else {
      EXPECT_NEAR(sum.degrees / row.degrees, 1, 1e-12) << row.name;
    }
  }
}

TEST(Welch, WhatIsNoErrorIsRefused) {
  const ErrorTerm rows[] = {{-1, 7}, {1, 0}, {kInfinity, 7}, {kNan, 7}, {1, kNan}};
  for (const ErrorTerm& row : rows) EXPECT_THROW(sum_of_errors(std::vector<ErrorTerm>{row}), Error) << row.standard_error;
}

}  // namespace
}  // namespace m1bench
