// SPDX-License-Identifier: Apache-2.0
#include "session/measure.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <string>

#include "session/precision.hpp"
#include "session/session_fixture.hpp"

namespace m1bench {
namespace {

TEST(MeasureCases, StopsWhenEveryIntervalIsNarrowEnough) {
  FakeSession session({kV4, kV3});
  session.add_case("matmul/a", 1e-3);
  session.add_case("matmul/b", 2e-3);
  EXPECT_EQ(session.verify_and_measure(), PhaseEnd::done);
  EXPECT_EQ(session.run.session.stop_reason, "precision");
  EXPECT_EQ(session.saved, static_cast<int>(session.run.blocks.size()));
  for (const char* name : {"matmul/a", "matmul/b"}) {
    const auto blocks = session.blocks(name, kV3);
    EXPECT_GE(blocks.size(), 12u);
    EXPECT_LT(blocks.size(), 40u);
    EXPECT_LE(ratio_so_far(session.run, name, kV3)->half_width.value(), 0.01);
    EXPECT_NEAR(std::exp(ratio_so_far(session.run, name, kV3)->log_ratio), 1.1, 0.02);
    for (const TargetBlock& block : blocks) {
      EXPECT_EQ(block.wall_s.size(), 6u);
      EXPECT_EQ(block.cpu_s.size(), 6u);
      EXPECT_FALSE(block.checksum.empty());
    }
  }
}

TEST(MeasureCases, GivesUpOnPrecisionAfterTheMostBlocks) {
  FakeSession session({kV4, kV3});
  session.limits.precision = 1e-9;
  session.add_case("matmul/a", 1e-3);
  EXPECT_EQ(session.verify_and_measure(), PhaseEnd::done);
  EXPECT_EQ(session.run.session.stop_reason, "blocks");
  EXPECT_EQ(session.run.blocks.size(), 40u);
}

TEST(MeasureCases, QuickIsFiveBlocksOfFourSlots) {
  FakeSession session({kV4, kV3});
  session.limits = quick_limits();
  session.add_case("matmul/a", 1e-3);
  EXPECT_EQ(session.verify_and_measure(), PhaseEnd::done);
  EXPECT_EQ(session.blocks("matmul/a", kV4).size(), 5u);
  for (const TargetBlock& block : session.blocks("matmul/a", kV3)) {
    EXPECT_EQ(block.wall_s.size(), 4u);
    EXPECT_NEAR(static_cast<double>(block.loops), 10, 1) << "10 ms of 1.1 ms each";
  }
}

TEST(MeasureCases, KeepsItsBudgetAndSpendsItOnAllCases) {
  for (const double budget_s : {40.0, 100.0}) {
    FakeSession session({kV4, kV3});
    session.limits.budget_s = budget_s;
    session.limits.precision = 1e-9;
    for (int i = 0; i < 8; ++i) session.add_case("matmul/" + std::to_string(i), 1e-3 * (i + 1));
    EXPECT_EQ(session.verify_and_measure(), PhaseEnd::done);
    EXPECT_EQ(session.run.session.stop_reason, "budget");
    constexpr double kLastVisitMayTakeLonger = 1.02;
    EXPECT_LE(session.clock.now_s(), budget_s * kLastVisitMayTakeLonger);
    EXPECT_GE(session.clock.now_s(), budget_s * 0.9);
    for (const Case& item : session.run.cases) EXPECT_GE(session.blocks(item.name, kV3).size(), 1u) << item.name;
  }
}

TEST(MeasureCases, ASlowTargetTakesPartInAFewBlocksWithOneLoopEach) {
  FakeSession session({kV4, kV3, kQemu});
  session.add_case("matmul/a", 0.01);  // 0.9 s under qemu-user
  EXPECT_EQ(session.verify_and_measure(), PhaseEnd::done);
  const auto slow = session.blocks("matmul/a", kQemu);
  EXPECT_EQ(slow.size(), 3u);
  for (const TargetBlock& block : slow) {
    EXPECT_EQ(block.loops, 1u);
    EXPECT_EQ(block.wall_s.size(), 1u);
  }
  EXPECT_GE(session.blocks("matmul/a", kV3).size(), 12u);
  EXPECT_EQ(session.run.session.stop_reason, "precision") << "nobody waits for an interval that never gets narrow";
}

TEST(MeasureCases, OnlyRightAnswersAreTimed) {
  FakeSession session({kV4, kV3, kQemu}, "matmul/a@x86_64-v3/native");
  session.add_case("matmul/a", 1e-4);
  session.add_case("matmul/b", 1e-4);
  EXPECT_EQ(session.verify_and_measure(), PhaseEnd::done);
  EXPECT_TRUE(session.blocks("matmul/a", kV3).empty());
  EXPECT_GE(session.blocks("matmul/a", kQemu).size(), 12u);
  EXPECT_GE(session.blocks("matmul/b", kV3).size(), 12u);
}

TEST(MeasureCases, AWrongBaselineLeavesTheOthersTimedButNotForever) {
  FakeSession session({kV4, kV3, kQemu}, "matmul/a@x86_64-v4/native");
  session.add_case("matmul/a", 1e-4);
  EXPECT_EQ(session.verify_and_measure(), PhaseEnd::done);
  EXPECT_TRUE(session.blocks("matmul/a", kV4).empty());
  EXPECT_EQ(session.blocks("matmul/a", kV3).size(), 12u);
}

TEST(MeasureCases, AWorkerThatDiesIsAFailureAndTheOthersGoOn) {
  FakeSession session({kV4, kV3, kQemu});
  session.add_case("matmul/a", 1e-5);
  int verified = 0;
  session.tamper([&](const Target& target, int start, const Request& request, OrDeath<Reply>& answer) {
    if (request.verb == Verb::verify) verified = std::max(verified, start);
    // Each block starts three workers; in the fourth this one dies in its slots.
    if (target.name == kV3 && request.verb == Verb::run && request.want_checksum && start > verified + 9)
      answer = Death{"killed by SIGKILL", "memory", false};
  });
  EXPECT_EQ(session.verify_and_measure(), PhaseEnd::done);
  ASSERT_EQ(session.run.failures.size(), 1u);
  EXPECT_EQ(session.run.failures[0].case_name, "matmul/a");
  EXPECT_EQ(session.run.failures[0].target, kV3);
  EXPECT_EQ(session.run.failures[0].cause, "killed by SIGKILL");
  EXPECT_EQ(session.run.failures[0].remedy, "memory");
  EXPECT_EQ(session.blocks("matmul/a", kV3).size(), 3u) << "whole blocks are kept";
  EXPECT_GE(session.blocks("matmul/a", kV4).size(), 12u);
  EXPECT_GE(session.blocks("matmul/a", kQemu).size(), 12u);
  EXPECT_EQ(session.run.session.stop_reason, "precision");
}

TEST(MeasureCases, AnAnswerThatChangesIsAFailure) {
  FakeSession session({kV4, kV3});
  session.add_case("matmul/a", 1e-3);
  session.tamper([](const Target& target, int, const Request& request, OrDeath<Reply>& answer) {
    if (target.name == kV3 && request.want_checksum) std::get<Reply>(answer).output_checksum = "cc";
  });
  EXPECT_EQ(session.verify_and_measure(), PhaseEnd::done);
  ASSERT_EQ(session.run.failures.size(), 1u);
  EXPECT_EQ(session.run.failures[0].cause, "wrong answer: its output changed from 00000000000000bb (verified) to cc");
  EXPECT_TRUE(session.blocks("matmul/a", kV3).empty());
}

TEST(MeasureCases, AnInterruptKeepsWhatWasMeasured) {
  FakeSession session({kV4, kV3});
  session.add_case("matmul/a", 1e-3);
  int slots = 0;
  session.tamper([&](const Target&, int, const Request& request, OrDeath<Reply>& answer) {
    if (request.want_checksum && ++slots == 6) answer = Death{"interrupted", "", true};  // two to a block
  });
  EXPECT_EQ(session.verify_and_measure(), PhaseEnd::interrupted);
  EXPECT_EQ(session.run.session.stop_reason, "interrupted");
  EXPECT_EQ(session.run.blocks.size(), 2u) << "the block under way is not half kept";
  EXPECT_TRUE(session.run.failures.empty());
}

TEST(MeasureCases, TheOrderFollowsFromTheSeed) {
  const auto order_with = [](std::uint64_t seed) {
    FakeSession session({kV4, kV3});
    session.limits = quick_limits();
    session.run.session.seed = seed;
    for (int i = 0; i < 6; ++i) session.add_case("matmul/" + std::to_string(i), 1e-3);
    session.verify_and_measure();
    std::string order;
    for (const Block& block : session.run.blocks)
      order += block.case_name.back() + std::to_string(block.targets.front().position);
    return order;
  };
  EXPECT_EQ(order_with(1), order_with(1));
  EXPECT_NE(order_with(1), order_with(2));
}

TEST(MeasureCases, NothingRightIsNothingToDo) {
  FakeSession session({kV4}, "matmul/a@x86_64-v4/native");
  session.add_case("matmul/a", 1e-3);
  EXPECT_EQ(session.verify_and_measure(), PhaseEnd::done);
  EXPECT_TRUE(session.run.blocks.empty());
}

}  // namespace
}  // namespace m1bench
