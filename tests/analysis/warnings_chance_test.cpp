// SPDX-License-Identifier: Apache-2.0
#include "analysis/warnings_chance.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "analysis/warnings_evidence.hpp"

namespace m1bench {
namespace {

TEST(Chance, BinomialTails) {
  EXPECT_TRUE(more_than_chance(1, 1, 0.02, 0.021));
  EXPECT_FALSE(more_than_chance(1, 1, 0.02, 0.019));
  EXPECT_FALSE(more_than_chance(0, 10, 0.02, 1));
  // P(X >= 2), n = 22, p = 0.02: 1 - 0.98^22 - 22 * 0.02 * 0.98^21 = 0.0709.
  EXPECT_TRUE(more_than_chance(2, 22, 0.02, 0.071));
  EXPECT_FALSE(more_than_chance(2, 22, 0.02, 0.070));
}

TEST(Chance, FindsOneClearCaseOrManyUnlikelyOnes) {
  const auto tests = [](std::vector<double> p_values) {
    std::vector<Suspicion> all;
    for (std::size_t i = 0; i < p_values.size(); ++i)
      all.push_back({{"case " + std::to_string(i / 2), "target " + std::to_string(i % 2), ""}, p_values[i]});
    return beyond_chance(all);
  };
  EXPECT_TRUE(tests({}).empty());
  EXPECT_TRUE(tests({0.5, 0.002, 0.6, 0.9}).empty()) << "one in two cases of two targets: 0.002 * 2 * 2 > 0.005";
  const Findings clear = tests({0.5, 0.001, 0.6, 0.9});
  ASSERT_EQ(clear.size(), 1u);
  EXPECT_EQ(clear[0].target, "target 1");
  EXPECT_EQ(tests({0.01, 1, 0.01, 1, 0.01, 1, 1, 0.5}).size(), 3u) << "three of four are beyond chance together";
  EXPECT_TRUE(tests({0.01, 1, 1, 1, 1, 1, 1, 0.5}).empty());
}

TEST(Evidence, SecondsBetween) {
  EXPECT_EQ(seconds_between("2024-02-28T23:59:59Z", "2024-03-01T00:00:00Z"), 86401);
  EXPECT_EQ(seconds_between("2025-03-04T10:00:10Z", "2025-03-04T10:00:00Z"), -10);
  for (const char* bad :
       {"", "2025-03-04", "2025-13-04T10:00:00Z", "2025-02-29T10:00:00Z", "2025-03-04T1x:00:00Z", "2025-03-04T10:00:00+"}) {
    EXPECT_FALSE(seconds_between(bad, "2025-03-04T10:00:00Z")) << bad;
  }
}

}  // namespace
}  // namespace m1bench
