// SPDX-License-Identifier: Apache-2.0
#include "m1bench/graph/runner.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <vector>

#include "graph/small_graphs.hpp"
#include "m1bench/core/rng.hpp"

namespace m1bench {
namespace {

TEST(Arena, PlacesLargeOnesFirstAndSharesWhatIsFree) {
  struct Row {
    const char* name;
    std::vector<Lifetime> lifetimes;
    std::vector<std::size_t> offsets;
    std::size_t bytes;
  };
  const std::vector<Row> table{
      {"nothing", {}, {}, 0},
      {"one", {{1, 0, 0}}, {0}, 64},
      {"both alive", {{100, 0, 1}, {200, 1, 2}}, {256, 0}, 384},
      {"one after the other", {{100, 0, 1}, {200, 2, 3}}, {0, 0}, 256},
      {"a chain", {{64, 0, 1}, {64, 1, 2}, {64, 2, 3}}, {0, 64, 0}, 128},
      {"a gap is used", {{256, 0, 1}, {128, 0, 3}, {64, 2, 3}}, {0, 256, 0}, 384},
      {"a constant takes nothing", {{0, 0, 9}, {64, 0, 9}}, {0, 0}, 64},
  };
  for (const Row& row : table) {
    const ArenaPlan plan = plan_arena(row.lifetimes);
    EXPECT_EQ(plan.offsets, row.offsets) << row.name;
    EXPECT_EQ(plan.bytes, row.bytes) << row.name;
  }
}

TEST(Arena, NeverOverlapsWhatLivesTogether) {
  Rng rng(1, 0);
  for (int round = 0; round < 50; ++round) {
    std::vector<Lifetime> lifetimes(20);
    for (Lifetime& one : lifetimes) {
      one = {1 + rng.below(1000), static_cast<int>(rng.below(20)), 0};
      one.last = one.first + static_cast<int>(rng.below(6));
    }
    const ArenaPlan plan = plan_arena(lifetimes);
    for (std::size_t a = 0; a < lifetimes.size(); ++a) {
      EXPECT_EQ(plan.offsets[a] % 64, 0u);
      EXPECT_LE(plan.offsets[a] + lifetimes[a].bytes, plan.bytes);
      for (std::size_t b = 0; b < a; ++b) {
        const bool together = lifetimes[a].first <= lifetimes[b].last && lifetimes[b].first <= lifetimes[a].last;
        const bool apart =
            plan.offsets[a] + lifetimes[a].bytes <= plan.offsets[b] || plan.offsets[b] + lifetimes[b].bytes <= plan.offsets[a];
        EXPECT_TRUE(!together || apart) << round << ": " << a << " and " << b;
      }
    }
  }
}

std::vector<std::int8_t> run(GraphRunner& runner) {
  runner.run();
  std::vector<std::int8_t> y(runner.output().size());
  std::memcpy(y.data(), runner.output().data(), y.size());
  return y;
}

// The same network in real numbers.
std::vector<double> shares(const SmallGraph& small, const std::vector<std::int8_t>& x) {
  std::vector<double> flat, logits, all;
  for (std::size_t i = 0; i < 18; ++i) {
    const std::size_t k = i % 2, ox = i / 2 % 3, oy = i / 6;
    const double scale = k == 0 ? 0.125 : 0.25;
    double sum = scale * small.bias[k];
    for (std::size_t t = 0; t < 4; ++t) sum += scale * x[(oy + t / 2) * 4 + ox + t % 2] * small.filter[k * 4 + t];
    flat.push_back(2 * std::clamp(std::round(sum / 2), -128.0, 127.0));
  }
  for (std::size_t k = 0; k < 3; ++k) {
    double sum = 0;
    for (std::size_t i = 0; i < 18; ++i) sum += flat[i] * small.weights[k * 18 + i] / 8;
    logits.push_back(std::clamp(std::round(sum * 2), -128.0, 127.0) / 2);
  }
  const double top = *std::max_element(logits.begin(), logits.end());
  double total = 0;
  for (const double logit : logits) total += std::exp(logit - top);
  for (const double logit : logits) all.push_back(std::exp(logit - top) / total);
  return all;
}

TEST(GraphRunner, ComputesWhatTheRealNumbersSay) {
  SmallGraph small;
  validate(small.graph);
  GraphRunner runner(small.graph);
  EXPECT_LT(runner.arena_bytes(), 64u * 6);
  ASSERT_EQ(runner.input().size(), 16u);
  for (int round = 0; round < 20; ++round) {
    Rng rng(2, static_cast<std::uint64_t>(round));
    std::vector<std::int8_t> x(16);
    for (std::int8_t& value : x) value = static_cast<std::int8_t>(static_cast<int>(rng.below(9)) - 4);
    std::memcpy(runner.input().data(), x.data(), x.size());
    const std::vector<std::int8_t> y = run(runner);
    const std::vector<double> wanted = shares(small, x);
    for (std::size_t i = 0; i < 3; ++i) EXPECT_NEAR((y[i] + 128) / 256.0, wanted[i], 0.15) << round;
    EXPECT_EQ(run(runner), y) << "the input is kept";
  }
}

}  // namespace
}  // namespace m1bench
