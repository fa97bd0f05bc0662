// SPDX-License-Identifier: Apache-2.0
#include "stats/diagnostics.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "m1bench/core/error.hpp"
#include "m1bench/core/rng.hpp"
#include "stats/simulation.hpp"

namespace m1bench {
namespace {

using Values = std::vector<double>;

const Values kDigits = {3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8};

Values negated(Values values) {
  for (double& value : values) value = -value;
  return values;
}

// `upper` of `count` values stand `distance` standard deviations above the others; shuffled, as rounds would.
Values two_kinds(std::size_t count, std::size_t upper, double distance, Rng& rng) {
  Values values;
  for (std::size_t i = 0; i < count; ++i) values.push_back(normal_deviate(rng) + (i < upper ? distance : 0));
  shuffle(values, rng);
  return values;
}

TEST(Lag1, KnownValues) {
  EXPECT_NEAR(lag1_autocorrelation(kDigits), -0.07704402515723274, 1e-15);  // statsmodels' acf
  EXPECT_DOUBLE_EQ(lag1_autocorrelation(Values{1, 2, 3}), 0);
  EXPECT_DOUBLE_EQ(lag1_autocorrelation(Values{1, -1, 1, -1}), -0.75);
  EXPECT_EQ(lag1_autocorrelation(Values{2, 2, 2}), 0);
  EXPECT_EQ(lag1_autocorrelation(Values{2}), 0);
  EXPECT_THROW(lag1_autocorrelation({}), Error);
}

// The p-values were computed from the formula with SciPy's normal distribution.
TEST(Trend, KnownValues) {
  struct Row {
    const char* name;
    Values values;
    long score;
    double p_value;
  };
  const Row rows[] = {{"nothing", {}, 0, 1},
                      {"one", {5}, 0, 1},
                      {"two", {2, 1}, -1, 1},
                      {"all equal", {4, 4, 4, 4}, 0, 1},
                      {"rising", {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}, 66, 8.303107353564718e-06},
                      {"ties", {23, 24, 29, 6, 29, 24, 24, 29, 23}, 3, 0.8269210217567053},
                      {"digits", kDigits, 25, 0.09529283802345664}};
  for (const Row& row : rows) {
    EXPECT_EQ(trend(row.values).score, row.score) << row.name;
    EXPECT_NEAR(trend(row.values).p_value, row.p_value, 1e-12) << row.name;
    Values reversed(row.values.rbegin(), row.values.rend());
    EXPECT_EQ(trend(reversed).score, -row.score) << row.name;
    EXPECT_EQ(trend(reversed).p_value, trend(row.values).p_value) << row.name;
  }
}

// scipy.stats.iqr over the median.
TEST(InterquartileShare, KnownValues) {
  EXPECT_DOUBLE_EQ(interquartile_share(Values{13, 10, 12, 11}), 0.13043478260869565);
  EXPECT_DOUBLE_EQ(interquartile_share(Values{1, 2, 3, 4, 100}), 2.0 / 3);
  EXPECT_NEAR(interquartile_share(Values{20.1, 20.4, 20.2, 21, 25, 20.3}), 0.030712530712530883, 1e-14);
  EXPECT_EQ(interquartile_share(Values{7}), 0);
  EXPECT_THROW(interquartile_share(Values{1, 0, 2}), Error);
  EXPECT_THROW(interquartile_share({}), Error);
}

TEST(TwoClusters, ByHand) {
  const Values values = {1, 11, 2, 12, 3, 13, 1, 11, 2, 12, 3, 13};
  const TwoClusters clusters = two_clusters(values).value();
  EXPECT_EQ(clusters.lower, 6u);
  EXPECT_DOUBLE_EQ(clusters.distance, 10);
  EXPECT_DOUBLE_EQ(clusters.separation, 10 / std::sqrt(0.8));  // eight squares of 1 over ten degrees of freedom
  EXPECT_TRUE(bimodal(values));
  EXPECT_FALSE(two_clusters(Values(11, 1.0)));
  EXPECT_FALSE(bimodal(Values{1, 1, 1, 9, 9, 9}));
  EXPECT_EQ(two_clusters(Values(12, 1.0)).value().separation, 0);
  EXPECT_FALSE(bimodal(Values(12, 1.0)));
  const Values exact = {0, 0, 0, 0, 0, 0, 0, 0, 0.5, 0.5, 0.5, 0.5};
  EXPECT_EQ(two_clusters(exact).value().separation, std::numeric_limits<double>::infinity());
  EXPECT_TRUE(bimodal(exact));
  EXPECT_FALSE(bimodal(Values{0, .1, .2, .3, .4, .5, .6, .7, .8, .9, 50, 51})) << "two outliers are no second kind of block";
}

double lognormal(Rng& rng) { return std::exp(normal_deviate(rng)); }
double normal(Rng& rng) { return deviate(Noise::normal, rng); }
double heavy(Rng& rng) { return deviate(Noise::heavy, rng); }
double outliers(Rng& rng) { return deviate(Noise::outliers, rng); }
double uniform(Rng& rng) { return rng.next() / 4294967296.0; }

TEST(TwoClusters, OneKindOfBlockIsAlmostNeverTakenForTwo) {
  const std::pair<const char*, double (*)(Rng&)> rows[] = {
      {"normal", normal}, {"t3", heavy}, {"outliers", outliers}, {"lognormal", lognormal}, {"uniform", uniform}};
  constexpr int kSamples = 2000;
  for (const auto& [name, draw] : rows) {
    for (const std::size_t count : {std::size_t{12}, std::size_t{15}, std::size_t{20}, std::size_t{40}}) {
      Rng rng(11, count);
      int found = 0;
      for (int sample = 0; sample < kSamples; ++sample) {
        Values values(count);
        for (double& value : values) value = draw(rng);
        found += bimodal(values);
      }
      EXPECT_LE(found, kSamples / 100) << name << " " << count;
    }
  }
}

TEST(TwoClusters, TwoKindsAreFound) {
  struct Row {
    std::size_t count, upper;
    double distance;
  };
  const Row rows[] = {{12, 6, 12}, {12, 4, 12}, {20, 10, 9}, {20, 6, 9}, {40, 20, 7}, {40, 12, 7}};
  constexpr int kSamples = 500;
  for (const Row& row : rows) {
    Rng rng(12, row.count);
    int found = 0;
    for (int sample = 0; sample < kSamples; ++sample) found += bimodal(two_kinds(row.count, row.upper, row.distance, rng));
    EXPECT_GE(found, kSamples * 9 / 10) << row.upper << " of " << row.count << " are " << row.distance << " away";
  }
}

TEST(GroupEffect, KnownValues) {
  // scipy.stats.ttest_ind(equal_var=False)
  const GroupEffect effect = group_effect(Values{.1, .2, .4}, Values{.5, .55, .61, .62, .9}).value();
  EXPECT_NEAR(effect.difference, -0.4026666666666666, 1e-15);
  EXPECT_NEAR(effect.p_value, 0.01956621087725711, 1e-12);
  EXPECT_FALSE(group_effect(Values{1}, Values{1, 2, 3}));
  EXPECT_FALSE(group_effect(Values{1, 2, 3}, {}));
  EXPECT_EQ(group_effect(Values{2, 2}, Values{2, 2, 2}).value().p_value, 1);
  EXPECT_EQ(group_effect(Values{2, 2}, Values{3, 3, 3}).value().p_value, 0);
  EXPECT_EQ(group_effect(Values{2, 2}, Values{3, 3, 3}).value().difference, -1);
}

TEST(Diagnostics, NegatingNegatesToTheLastBit) {
  Rng rng(13, 0);
  for (std::size_t count = 12; count <= 40; ++count) {
    const Values values = two_kinds(count, count / 3, 3, rng), mirrored = negated(values);
    EXPECT_EQ(lag1_autocorrelation(mirrored), lag1_autocorrelation(values));
    EXPECT_EQ(trend(mirrored).score, -trend(values).score);
    EXPECT_EQ(trend(mirrored).p_value, trend(values).p_value);
    EXPECT_EQ(two_clusters(mirrored)->separation, two_clusters(values)->separation);
    EXPECT_EQ(two_clusters(mirrored)->distance, two_clusters(values)->distance);
    EXPECT_EQ(two_clusters(mirrored)->lower, count - two_clusters(values)->lower);
    const std::span<const double> all(values), other(mirrored);
    const GroupEffect one = group_effect(all.first(5), all.subspan(5)).value();
    const GroupEffect two = group_effect(other.first(5), other.subspan(5)).value();
    EXPECT_EQ(two.difference, -one.difference);
    EXPECT_EQ(two.p_value, one.p_value);
  }
}

}  // namespace
}  // namespace m1bench
