// SPDX-License-Identifier: Apache-2.0
#include "analysis/session_spread.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "analysis/comparison.hpp"
#include "analysis/gate_runs.hpp"
#include "analysis/history_runs.hpp"
#include "m1bench/core/rng.hpp"

namespace m1bench {
namespace {

using Record = m1bench::Run;  // testing::Test has a Run of its own

// What the made-up records were measured like.
Record like(const std::string& id = "base") {
  Record run;
  run.session.id = id;
  run.machine.cpu = "Xeon";
  return run;
}

std::vector<double> spread_out(std::size_t count, double sigma, std::uint64_t seed) {
  Rng rng(seed, 0);
  std::vector<double> values(count);
  for (double& value : values) {
    const double one = (rng.next() + 0.5) / 4294967296.0, two = (rng.next() + 0.5) / 4294967296.0;
    value = 0.5 + sigma * std::sqrt(-2 * std::log(one)) * std::cos(2 * std::numbers::pi * two);
  }
  return values;
}

TEST(SessionSpread, IsWhatWasPutIn) {
  const LearnedSpread learned = learn_spread(history_runs(spread_out(200, 0.008, 1)), like(), like());
  const SessionSpread* spread = spread_for(learned, kHistoryCase, kHistoryTarget);
  ASSERT_NE(spread, nullptr);
  EXPECT_EQ(spread->sessions, 200);
  EXPECT_NEAR(spread->error.standard_error, 0.008, 0.0008);
  EXPECT_NEAR(spread->error.degrees, 199, 15);
  EXPECT_EQ(spread_for(learned, "another", kHistoryTarget), &*learned.pooled);
}

// Two groups of three, by hand: S^2 = (2e-4 + 2e-4) / 4 = 1e-4, v = 1e-6.
TEST(SessionSpread, FollowsTheFormula) {
  std::vector<RecordedRun> runs = history_runs({0.50, 0.51, 0.49, 0.50, 0.51, 0.49, 0.50, 0.51, 0.49, 0.50, 0.51, 0.49});
  for (std::size_t i = 0; i < runs.size(); ++i) runs[i].build_id = std::to_string(i / 3);
  const SessionSpread spread = learn_spread(runs, like(), like()).pooled.value();
  EXPECT_EQ(spread.sessions, 12);
  EXPECT_NEAR(spread.error.standard_error, std::sqrt(1e-4 - 1e-6), 1e-12);
  const double doubt = 1e-8 / 8 + 1e-12 / (12 * 7);
  EXPECT_NEAR(spread.error.degrees, (1e-4 - 1e-6) * (1e-4 - 1e-6) / doubt, 1e-9);
}

TEST(SessionSpread, DoesNotCountWhatIsNoSpread) {
  std::vector<double> steady = spread_out(24, 0.003, 2);
  const double before = learn_spread(history_runs(steady), like(), like()).pooled->error.standard_error;
  for (std::size_t i = 12; i < steady.size(); ++i) steady[i] += 0.2;
  EXPECT_NEAR(learn_spread(history_runs(steady), like(), like()).pooled->error.standard_error, before, 0.001) << "a change point";
  std::vector<RecordedRun> builds = history_runs(spread_out(24, 0.003, 2));
  for (std::size_t i = 0; i < builds.size(); i += 2) {
    builds[i].build_id = "b2";
    *builds[i].series[0].log_ratio += 0.2;
  }
  EXPECT_NEAR(learn_spread(builds, like(), like()).pooled->error.standard_error, before, 0.001) << "two builds in turns";
}

TEST(SessionSpread, NeverGoesBelowTheFloor) {
  const SessionSpread spread = learn_spread(history_runs(std::vector<double>(12, 0.5)), like(), like()).pooled.value();
  EXPECT_EQ(spread.error.standard_error, kLeastSessionError);
  EXPECT_GT(spread.error.degrees, 0);
}

TEST(SessionSpread, LearnsFromEnoughRunsLikeTheseAlone) {
  std::vector<RecordedRun> runs = history_runs(spread_out(12, 0.005, 4));
  EXPECT_TRUE(learn_spread(runs, like(), like()).pooled);
  EXPECT_EQ(learn_spread(runs, like("s100"), like("s101")).sessions, 10) << "those compared have no part in it";
  Record quick = like();
  quick.session.quick = true;
  EXPECT_EQ(learn_spread(runs, quick, quick).sessions, 0);
  Record elsewhere = like();
  elsewhere.machine.cpu = "EPYC";
  EXPECT_EQ(learn_spread(runs, elsewhere, elsewhere).sessions, 0);
  EXPECT_FALSE(learn_spread(runs, elsewhere, elsewhere).pooled);
  runs.resize(9);
  EXPECT_EQ(learn_spread(runs, like(), like()).sessions, 9);
  EXPECT_FALSE(learn_spread(runs, like(), like()).pooled);
}

TEST(SessionSpread, PoolsCasesWithoutCountingASessionTwice) {
  std::vector<RecordedRun> runs = history_runs(spread_out(12, 0.005, 5));
  for (RecordedRun& run : runs) {
    run.series.push_back(run.series[0]);
    run.series.back().case_name = "softmax";  // moves exactly alike
  }
  const SessionSpread pooled = learn_spread(runs, like(), like()).pooled.value();
  EXPECT_EQ(pooled.sessions, 12);
  EXPECT_LE(pooled.error.degrees, 11);
}

TEST(Comparison, UsesTheSpreadThatWasLearned) {
  const Record base = usual_run("base", {}), head = usual_run("head", {.seed = 2}, {{kGateMatmul, 1.09}});
  const auto half_width = [&](const GateOptions& options) {
    return compare_runs(base, head, options).changes.at(0).half_width.value();
  };
  GateOptions options;
  const double assumed = half_width(options);
  options.learned = LearnedSpread{4, {}, std::nullopt};
  EXPECT_EQ(half_width(options), assumed);
  EXPECT_EQ(compare_runs(base, head, options).spread.value().learned_from, 0);
  options.learned = LearnedSpread{40, {}, SessionSpread{{0.02, 12}, 40}};
  EXPECT_GT(half_width(options), 2 * assumed);
  const SpreadUsed used = compare_runs(base, head, options).spread.value();
  EXPECT_EQ(used.learned_from, 40);
  EXPECT_TRUE(used.pooled);
  EXPECT_EQ(used.most, 0.02);
  options.learned->of_case[{kGateMatmul, kGateOther}] = {{0.002, 11}, 12};
  EXPECT_EQ(compare_runs(base, head, options).spread.value().least, 0.002);
  EXPECT_EQ(compare_runs(base, head, options).spread.value().learned_from, 12);
}

}  // namespace
}  // namespace m1bench
