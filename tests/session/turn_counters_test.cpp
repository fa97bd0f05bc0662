// SPDX-License-Identifier: Apache-2.0
#include "session/turn_counters.hpp"

#include <gtest/gtest.h>

#include "analysis/summary.hpp"
#include "session/session_fixture.hpp"

namespace m1bench {
namespace {

TEST(TurnCounts, LeavesOutTheFirstAndTheLast) {
  EXPECT_FALSE(turn_counts(0, 24));
  EXPECT_TRUE(turn_counts(1, 24));
  EXPECT_TRUE(turn_counts(22, 24));
  EXPECT_FALSE(turn_counts(23, 24));
  for (const int turns : {1, 2}) EXPECT_TRUE(turn_counts(turns - 1, turns)) << "there is no other";
}

ProcessCounters counted(std::optional<std::uint64_t> instructions, std::optional<double> energy_j = {}) {
  ProcessCounters counters;
  counters.instructions = instructions;
  counters.energy_j = energy_j;
  return counters;
}

TEST(TurnCounters, TakesAwayWhatRequestsTake) {
  TurnCounters counters;
  counters.add_turn(counted(1000 + 10 * 7, 0.5), 10, 0.25);
  counters.add_turn(counted(1000 + 10 * 7, 0.25), 10, 0.25);
  EXPECT_EQ(counters.result()->instructions, 2140u) << "as long as that is not known";
  counters.add_single(counted(1000 + 7));
  const Counters result = counters.result().value();
  EXPECT_EQ(result.instructions, 140u);
  EXPECT_EQ(result.loops, 20u);
  EXPECT_EQ(result.wall_s, 0.5);
  EXPECT_EQ(result.energy_j, 0.75);
  EXPECT_EQ(result.cycles, std::nullopt);
}

TEST(TurnCounters, TakesNothingAwayThatMakesNoSense) {
  struct Row {
    const char* name;
    std::uint64_t turn, loops, single, left;
  };
  const Row rows[] = {{"one loop a turn", 1000, 1, 900, 1000},
                      {"the single request took more than all", 1000, 10, 2000, 1000},
                      {"and less than a loop", 1000, 10, 1, 1000}};
  for (const Row& row : rows) {
    TurnCounters counters;
    counters.add_turn(counted(row.turn), row.loops, 1);
    counters.add_single(counted(row.single));
    EXPECT_EQ(counters.result()->instructions, row.left) << row.name;
  }
}

TEST(TurnCounters, ACountMissingOnceIsMissing) {
  EXPECT_FALSE(TurnCounters().result());
  for (const bool first : {true, false}) {
    TurnCounters counters;
    counters.add_turn(first ? counted({}, 1.0) : counted(5, 1.0), 1, 1);
    counters.add_turn(first ? counted(5, 1.0) : counted({}, 1.0), 1, 1);
    EXPECT_EQ(counters.result()->instructions, std::nullopt);
    EXPECT_EQ(counters.result()->energy_j, 2.0);
  }
  TurnCounters nothing;
  nothing.add_turn({}, 1, 1);
  EXPECT_FALSE(nothing.result());
}

TEST(TurnCounters, ShareOfPerformanceCores) {
  ProcessCounters turn;
  turn.cpu_s = 2;
  turn.performance_cpu_s = 1.5;
  TurnCounters counters;
  counters.add_turn(turn, 1, 1);
  EXPECT_EQ(counters.result()->performance_core_share, 0.75);
  turn.cpu_s = 0;
  turn.performance_cpu_s = 0;
  TurnCounters idle;
  idle.add_turn(turn, 1, 1);
  EXPECT_EQ(idle.result()->performance_core_share, std::nullopt);
}

constexpr const char *kArm = "arm64/native", *kRosetta = "x86_64-v2/rosetta2";  // 3 times the instructions, 1.6 times the time

TEST(MeasureCases, InstructionsOfALoopAreCounted) {
  FakeSession session({kArm, kRosetta}, "", true);
  session.add_case("matmul/a", 1e-3);
  session.add_case("matmul/long", 0.02);
  session.add_case("matmul/slow", 0.7);
  EXPECT_EQ(session.verify_and_measure(), PhaseEnd::done);
  const Summary summary = summarise(session.run);
  EXPECT_TRUE(summary.counts_instructions && summary.counts_energy);
  for (std::size_t i = 0; i < session.run.cases.size(); ++i) {
    const CaseSummary& row = summary.cases[i];
    const double own = session.run.cases[i].flop / 8 + 1000;
    EXPECT_NEAR(row.baseline.loop_instructions.value(), own, 1e-3 * own) << row.name << ": without what requests take";
    EXPECT_NEAR(row.others[0].instructions_ratio.value(), 3, 1e-6) << row.name;
    EXPECT_NEAR(row.others[0].energy_ratio.value(), 1.6, 0.02) << row.name;
    EXPECT_NEAR(row.others[0].performance_core_share.value(), 1, 1e-9);
    EXPECT_EQ(row.baseline.instructions_ratio, std::nullopt) << "the baseline against itself";
  }
}

TEST(MeasureCases, WhoIsNotCountedHasNoCounters) {
  FakeSession session({kArm});
  session.add_case("matmul/a", 1e-3);
  int singles = 0;
  session.tamper([&](const Target&, int, const Request& request, OrDeath<Reply>&) {
    singles += request.verb == Verb::run && request.loops == 1;
  });
  session.verify();
  singles = 0;  // calibration has them too
  SessionContext context = session.context();
  EXPECT_EQ(measure_cases(context, SlowBudget(0, session.limits)), PhaseEnd::done);
  EXPECT_FALSE(session.run.blocks.empty());
  for (const TargetBlock& entry : session.blocks("matmul/a", kArm)) EXPECT_FALSE(entry.counters);
  EXPECT_EQ(singles, 0) << "and is asked nothing more";
}

}  // namespace
}  // namespace m1bench
