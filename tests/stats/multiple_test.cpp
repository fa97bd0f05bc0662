// SPDX-License-Identifier: Apache-2.0
#include "stats/multiple.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "m1bench/core/error.hpp"
#include "m1bench/core/rng.hpp"

namespace m1bench {
namespace {

using Values = std::vector<double>;

// The fifteen p-values of Benjamini and Hochberg (1995), section 3.2, of which their procedure rejects four at 5 % and
// Bonferroni's three.
const Values kPublished = {0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344,
                           0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0000};

void expect_near(const Values& is, const Values& expected, const char* what) {
  ASSERT_EQ(is.size(), expected.size()) << what;
  for (std::size_t i = 0; i < is.size(); ++i) EXPECT_NEAR(is[i], expected[i], 1e-14) << what << " " << i;
}

// By hand, or from multipletests of statsmodels 0.15.
TEST(Multiple, KnownValues) {
  struct Row {
    const char* name;
    Values p, holm, benjamini_hochberg;
  };
  const Row rows[] = {{"none", {}, {}, {}},
                      {"one", {0.03}, {0.03}, {0.03}},
                      {"four, by hand", {0.01, 0.04, 0.03, 0.005}, {0.03, 0.06, 0.06, 0.02}, {0.02, 0.04, 0.04, 0.02}},
                      {"ties", {0.02, 0.02, 0.02}, {0.06, 0.06, 0.06}, {0.02, 0.02, 0.02}},
                      {"never above one", {0.6, 0.9}, {1, 1}, {0.9, 0.9}},
                      {"ends of the range", {0, 1}, {0, 1}, {0, 1}},
                      {"published",
                       kPublished,
                       {0.0015, 0.0056, 0.0247, 0.114, 0.2211, 0.278, 0.278, 0.278, 0.3213, 1, 1, 1, 1, 1, 1},
                       {0.0015, 0.003, 0.0095, 0.035625, 0.0603, 0.4470 / 7, 0.4470 / 7, 0.0645, 0.0765, 0.486, 6.393 / 11,
                        0.714875, 9.792 / 13, 11.385 / 14, 1}}};
  for (const Row& row : rows) {
    expect_near(holm(row.p), row.holm, row.name);
    expect_near(benjamini_hochberg(row.p), row.benjamini_hochberg, row.name);
  }
}

TEST(Multiple, OrderDoesNotMatter) {
  Rng rng(5, 0);
  std::vector<std::size_t> order(kPublished.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  for (int round = 0; round < 20; ++round) {
    shuffle(order, rng);
    Values p, holms, hochbergs;
    for (const std::size_t i : order) {
      p.push_back(kPublished[i]);
      holms.push_back(holm(kPublished)[i]);
      hochbergs.push_back(benjamini_hochberg(kPublished)[i]);
    }
    EXPECT_EQ(holm(p), holms);
    EXPECT_EQ(benjamini_hochberg(p), hochbergs);
  }
}

TEST(Multiple, AdjustedValuesKeepTheOrderAndHolmIsTheStricter) {
  Rng rng(6, 0);
  for (int round = 0; round < 200; ++round) {
    Values p;
    for (std::uint32_t i = 0; i < 1 + rng.below(30); ++i) p.push_back(rng.below(20) / 400.0);  // with many ties
    const Values strict = holm(p), lenient = benjamini_hochberg(p);
    for (std::size_t i = 0; i < p.size(); ++i) {
      EXPECT_LE(p[i], lenient[i]);
      EXPECT_LE(lenient[i], strict[i] + 1e-15);
      EXPECT_LE(strict[i], 1);
      for (std::size_t j = 0; j < p.size(); ++j) {
        if (p[i] > p[j]) continue;
        EXPECT_LE(strict[i], strict[j]);
        EXPECT_LE(lenient[i], lenient[j]);
      }
    }
  }
}

TEST(Multiple, WhatIsNoProbabilityIsRefused) {
  for (const double bad : {-0.01, 1.01, std::numeric_limits<double>::quiet_NaN()}) {
    EXPECT_THROW(holm(Values{0.5, bad}), Error) << bad;
    EXPECT_THROW(benjamini_hochberg(Values{bad, 0.5}), Error) << bad;
  }
}

}  // namespace
}  // namespace m1bench
