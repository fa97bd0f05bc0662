// SPDX-License-Identifier: Apache-2.0
#include "session/measure.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <string>

#include "analysis/ratios.hpp"
#include "stats/estimate.hpp"
#include "session/session_fixture.hpp"

namespace m1bench {
namespace {

TEST(MeasureCases, BlocksKeepWhatALoopAllocated) {
  FakeSession session({kV4});
  session.add_case("memory/a", 1e-3);
  session.limits.max_blocks = session.limits.min_blocks = 1;
  session.tamper([](const Target&, int, const Request& request, OrDeath<Reply>& answer) {
    if (request.verb == Verb::run && request.loops > 0) std::get<Reply>(answer).allocated_bytes = 4096;
  });
  EXPECT_EQ(session.verify_and_measure(), PhaseEnd::done);
  EXPECT_EQ(session.check("memory/a", kV4).losses.size(), session.limits.steps) << "compared as training is";
  for (const TargetBlock& entry : session.blocks("memory/a", kV4)) EXPECT_EQ(entry.allocated_bytes, 4096u);
  EXPECT_EQ(session.run.blocks.size(), 1u);
}

TEST(MeasureCases, ThreadsThatFetchDataHaveCpusOfTheirOwn) {
  for (const bool helped : {false, true}) {
    FakeSession session({kV4});
    session.add_case("pipeline/a", 1e-3);
    if (helped) session.run.cases[0].parameters["helper_threads"] = "1";
    session.limits.max_blocks = session.limits.min_blocks = 1;
    SessionContext context = session.context();
    context.allowed_cpus = {0, 1, 2, 3};
    SlowBudget budget(0, session.limits);
    EXPECT_EQ(verify_cases(context, budget, true), PhaseEnd::done);
    EXPECT_EQ(measure_cases(context, budget), PhaseEnd::done);
    EXPECT_EQ(session.run.blocks.at(0).cpus.size(), helped ? 2u : 1u);
  }
}

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
    const Estimate ratio = estimate(log_ratios(blocks_of_case(session.run, name), kV3, kV4));
    EXPECT_LE(ratio.half_width.value(), 0.01);
    EXPECT_NEAR(ratio.ratio(), 1.1, 0.02);
    for (const TargetBlock& block : blocks) {
      EXPECT_EQ(block.wall_s.size(), 24u);
      EXPECT_EQ(block.cpu_s.size(), 24u);
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

TEST(MeasureCases, QuickIsFiveBlocksOfEightSlots) {
  FakeSession session({kV4, kV3});
  session.limits = quick_limits();
  session.add_case("matmul/a", 1e-3);
  EXPECT_EQ(session.verify_and_measure(), PhaseEnd::done);
  EXPECT_EQ(session.blocks("matmul/a", kV4).size(), 5u);
  for (const TargetBlock& block : session.blocks("matmul/a", kV3)) {
    EXPECT_EQ(block.wall_s.size(), 8u);
    EXPECT_EQ(block.loops, 5u) << "5 ms of 1.1 ms each";
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
    if (target.name == kV3 && request.verb == Verb::run && request.verb == Verb::run && request.want_checksum && start > verified + 9)
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
    if (target.name == kV3 && request.verb == Verb::run && request.want_checksum) std::get<Reply>(answer).output_checksum = "cc";
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
    if (request.verb == Verb::run && request.want_checksum && ++slots == 6) answer = Death{"interrupted", "", true};  // two to a block
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

// A canary that tells what it is given, then 5 ms for ever.
std::function<std::optional<double>(const std::vector<int>&)> canary_of(std::vector<double> seconds) {
  return [seconds, next = std::size_t{0}](const std::vector<int>&) mutable -> std::optional<double> {
    return next < seconds.size() ? seconds[next++] : 5e-3;
  };
}

TEST(MeasureCases, ABlockThatMetADriftingMachineIsMeasuredAgainAndKept) {
  FakeSession session({kV4, kV3});
  session.add_case("matmul/a", 1e-3);
  std::vector<double> canaries(15, 5e-3);
  canaries[11] = 6e-3;  // the twelfth block, when ten per cent have become one
  session.canary = canary_of(canaries);
  EXPECT_EQ(session.verify_and_measure(), PhaseEnd::done);
  ASSERT_GE(session.run.blocks.size(), 13u);
  for (std::size_t i = 0; i < session.run.blocks.size(); ++i) EXPECT_EQ(session.run.blocks[i].superseded, i == 11) << i;
  EXPECT_EQ(session.run.blocks[11].round, session.run.blocks[12].round) << "the repeat takes its place";
  EXPECT_DOUBLE_EQ(session.run.blocks[11].canary_s.value(), 6e-3);
  EXPECT_EQ(blocks_of_case(session.run, "matmul/a").size(), session.run.blocks.size() - 1);
}

TEST(MeasureCases, ARepeatThatIsInterruptedStandsInForNothing) {
  FakeSession session({kV4, kV3});
  session.add_case("matmul/a", 1e-3);
  std::vector<double> canaries(12, 5e-3);
  canaries[11] = 6e-3;
  session.canary = canary_of(canaries);
  int starts = 0;
  session.tamper([&](const Target&, int start, const Request& request, OrDeath<Reply>& answer) {
    starts = start;
    // Two workers to a block; the first two starts were for the checks.
    if (start > 2 + 2 * 12 && request.verb == Verb::run) answer = Death{"interrupted", "", true};
  });
  EXPECT_EQ(session.verify_and_measure(), PhaseEnd::interrupted);
  ASSERT_EQ(session.run.blocks.size(), 12u);
  EXPECT_GT(starts, 2 + 2 * 12) << "the repeat had begun";
  EXPECT_FALSE(session.run.blocks.back().superseded);
}

// Whoever always prepares last would always have the faster memory pages.
TEST(MeasureCases, NobodyIsAlwaysLastInWhatComesBeforeTheSlots) {
  FakeSession session({kV4, kV3});
  session.add_case("matmul/a", 1e-3);
  std::map<Verb, std::vector<std::string>> askers;
  session.tamper([&](const Target& target, int start, const Request& request, OrDeath<Reply>&) {
    const bool warming = request.verb == Verb::run && request.loops == 0;
    if (start > 2 && (request.verb == Verb::prepare || warming)) askers[request.verb].push_back(target.name);
  });
  session.verify_and_measure();
  for (const auto& [verb, names] : askers) {
    std::map<std::string, int> last;
    for (std::size_t i = 1; i < names.size(); i += 2) ++last[names[i]];
    EXPECT_GE(last[kV4], 2) << static_cast<int>(verb);
    EXPECT_GE(last[kV3], 2) << static_cast<int>(verb);
  }
  EXPECT_EQ(askers.size(), 2u);
}

TEST(MeasureCases, TurnsSayWhoseSlotItWas) {
  FakeSession session({kV4, kV3});
  session.add_case("matmul/a", 1e-3);
  session.limits = quick_limits();
  session.verify_and_measure();
  for (const Block& block : session.run.blocks) {
    EXPECT_EQ(block.turns.size(), 16u);
    EXPECT_EQ(std::count(block.turns.begin(), block.turns.end(), 0), 8);
    EXPECT_EQ(std::count(block.turns.begin(), block.turns.end(), 1), 8);
  }
}

TEST(MeasureCases, AControlIsMeasuredAsATargetOfItsOwnAndNotCheckedAgain) {
  FakeSession session({kV4, kV3, std::string("control:") + kV4});
  session.run.targets.back().side = "control";
  session.add_case("matmul/a", 1e-3);
  int checks = 0;
  session.tamper([&](const Target& target, int, const Request& request, OrDeath<Reply>&) {
    checks += target.side == "control" && request.verb == Verb::verify;
  });
  EXPECT_EQ(session.verify_and_measure(), PhaseEnd::done);
  EXPECT_EQ(checks, 0);
  EXPECT_EQ(session.check("matmul/a", "control:x86_64-v4/native").loops, session.check("matmul/a", kV4).loops);
  const CaseBlocks blocks = blocks_of_case(session.run, "matmul/a");
  EXPECT_EQ(log_ratios(blocks, "control:x86_64-v4/native", kV4).size(), blocks.size());
}

// The same target of two builds.
class TwoBuilds : public FakeSession {
 public:
  TwoBuilds() : FakeSession({"base:x86_64-v4/native", "head:x86_64-v4/native"}) {
    for (Target& target : run.targets) target.side = target.name.substr(0, 4);
  }
};

TEST(MeasureCases, HeadDoesAsManyLoopsAsBase) {
  TwoBuilds session;
  session.add_case("matmul/a", 1e-3);
  session.run.targets[1].slowdown["matmul/a"] = 3;
  session.limits = quick_limits();
  EXPECT_EQ(session.verify_and_measure(), PhaseEnd::done);
  const auto base = session.blocks("matmul/a", "base:x86_64-v4/native"), head = session.blocks("matmul/a", "head:x86_64-v4/native");
  ASSERT_EQ(base.size(), head.size());
  for (std::size_t i = 0; i < base.size(); ++i) EXPECT_EQ(base[i].loops, head[i].loops);
  EXPECT_NEAR(head[0].wall_s[0] / base[0].wall_s[0], 3, 0.1) << "the slowdown reached the worker";
}

TEST(ConfirmCases, ASecondSampleHasItsOwnSixteenBlocksOfTheDoubtfulCasesAlone) {
  TwoBuilds session;
  session.add_case("matmul/a", 1e-3);
  session.add_case("matmul/b", 1e-3);
  session.verify_and_measure();
  const std::size_t first = session.run.blocks.size();
  session.limits = confirmation_limits(session.limits);
  SessionContext context = session.context();
  EXPECT_EQ(confirm_cases(context, SlowBudget(0, session.limits), {"matmul/b"}), PhaseEnd::done);
  EXPECT_EQ(session.run.blocks.size(), first + 16);
  EXPECT_EQ(blocks_of_case(session.run, "matmul/b", 2).size(), 16u);
  EXPECT_TRUE(blocks_of_case(session.run, "matmul/a", 2).empty());
}

}  // namespace
}  // namespace m1bench
