// SPDX-License-Identifier: Apache-2.0
#include "stats/verdict.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "m1bench/core/rng.hpp"
#include "stats/simulation.hpp"

namespace m1bench {
namespace {

Verdict swapped(Verdict verdict) {
  if (verdict == Verdict::slower) return Verdict::faster;
  return verdict == Verdict::faster ? Verdict::slower : verdict;
}

TEST(Verdict, Rule) {
  const auto of = [](double low, double high, double noise_floor) {
    return verdict_of({(std::log(low) + std::log(high)) / 2, (std::log(high) - std::log(low)) / 2, 12}, noise_floor);
  };
  struct Row {
    double low, high, floor;
    Verdict verdict;
  };
  const Row rows[] = {{1.90, 1.99, 0.005, Verdict::slower}, {1.006, 1.009, 0.005, Verdict::slower},
                      {1.004, 1.009, 0.005, Verdict::same}, {1.004, 1.02, 0.005, Verdict::unsure},
                      {0.50, 0.60, 0.005, Verdict::faster}, {0.994, 1.006, 0.005, Verdict::same},
                      {0.98, 1.02, 0.005, Verdict::unsure}, {0.98, 1.02, 0.03, Verdict::same},
                      {1.02, 1.04, 0.03, Verdict::unsure},  {1.04, 1.05, 0.03, Verdict::slower}};
  for (const Row& row : rows) {
    EXPECT_EQ(of(row.low, row.high, row.floor), row.verdict) << row.low << " " << row.high;
    EXPECT_EQ(of(1 / row.high, 1 / row.low, row.floor), swapped(row.verdict)) << "swapped: " << row.low << " " << row.high;
  }
  EXPECT_EQ(name_of(Verdict::unsure), "unsure");
}

TEST(Verdict, WithoutScatterOrWithoutAnInterval) {
  EXPECT_EQ(verdict_of(estimate(std::vector<double>(12, 0.0))), Verdict::same);
  EXPECT_EQ(verdict_of(estimate(std::vector<double>(12, 0.01))), Verdict::slower);
  EXPECT_EQ(verdict_of(estimate(std::vector<double>{0.5, 0.6})), Verdict::unsure);
}

TEST(Verdict, SwappingTheLabelsSwapsTheVerdictAndNothingElse) {
  Rng rng(21, 0);
  std::vector<int> seen(4);
  for (int round = 0; round < 2000; ++round) {
    const Source source{.sigma = 0.01, .truth = 0.03 * normal_deviate(rng)};
    std::vector<double> blocks = simulated_blocks(source, 12 + rng.below(29), rng);
    const Estimate one = estimate(blocks);
    for (double& block : blocks) block = -block;
    const Estimate other = estimate(blocks);
    EXPECT_EQ(other.log_ratio, -one.log_ratio);
    EXPECT_EQ(*other.half_width, *one.half_width);
    EXPECT_EQ(verdict_of(other), swapped(verdict_of(one)));
    ++seen[static_cast<std::size_t>(verdict_of(one))];
  }
  for (const int count : seen) EXPECT_GT(count, 20) << "each verdict should occur";
}

}  // namespace
}  // namespace m1bench
