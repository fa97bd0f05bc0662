// SPDX-License-Identifier: Apache-2.0
#include "session/launches.hpp"

#include <gtest/gtest.h>

#include <numeric>

#include "session/session_fixture.hpp"

namespace m1bench {
namespace {

constexpr double kLaunch_s = 0.004;  // of a fake worker

TEST(Launches, ALoopIsOneLaunch) {
  FakeSession session({kV4, kQemu});
  session.add_case("startup/noop", 0);
  session.limits.max_blocks = session.limits.min_blocks;
  EXPECT_EQ(session.verify_and_measure(), PhaseEnd::done);
  for (const char* target : {kV4, kQemu}) {
    const Verification& check = session.check("startup/noop", target);
    EXPECT_EQ(check.status, CheckStatus::right) << check.cause;
    EXPECT_EQ(check.loops, 2u) << "what fills 5 ms and a little more";
    EXPECT_NEAR(check.loop_s, kLaunch_s, 1e-9);
    const std::vector<TargetBlock> blocks = session.blocks("startup/noop", target);
    EXPECT_EQ(blocks.size(), static_cast<std::size_t>(session.limits.min_blocks));
    for (const TargetBlock& entry : blocks) {
      ASSERT_EQ(entry.wall_s.size(), static_cast<std::size_t>(session.limits.slots));
      for (const double wall_s : entry.wall_s) EXPECT_NEAR(wall_s, 2 * kLaunch_s, 1e-9);
      EXPECT_EQ(std::accumulate(entry.cpu_s.begin(), entry.cpu_s.end(), 0.0), 0) << "nobody knows";
      EXPECT_EQ(entry.max_rss_bytes, std::nullopt);
    }
  }
}

TEST(Launches, AreOfTheCaseThatAsksForThem) {
  FakeSession session({kV4});
  session.add_case("startup/noop", 0);
  session.add_case("matmul/a", 1e-3);
  SessionContext context = session.context();
  auto launcher = start_worker(context, session.run.targets[0], session.run.cases[0], {});
  auto worker = start_worker(context, session.run.targets[0], session.run.cases[1], {});
  const double before = session.clock.now_s();
  for (auto* started : {&launcher, &worker}) {
    Worker& asked = *std::get<std::unique_ptr<Worker>>(*started);
    EXPECT_EQ(asked.hello().slice, "x86_64-v4");
    asked.ask({.verb = Verb::prepare, .case_name = "matmul/a"}, 1);
    const double start = session.clock.now_s();
    const auto reply = asked.ask({.verb = Verb::run, .loops = 3, .warm_loops = 2, .slowdown = 2}, 1);
    const double all_s = session.clock.now_s() - start, loop_s = std::get<Reply>(reply).wall_s / 2 / 3;
    EXPECT_NEAR(loop_s, started == &launcher ? kLaunch_s : 1e-3, 1e-4);
    EXPECT_NEAR(all_s, 5 * loop_s, 1e-3) << "warm launches are not timed";
  }
  EXPECT_GT(session.clock.now_s(), before);
}

// Workers that start as often as they are told and then no more.
class Mortal final : public WorkerFactory {
 public:
  Mortal(FakeClock& clock, const Run& run, int starts) : fake_(clock, run), left_(starts) {}
  OrDeath<std::unique_ptr<Worker>> start(const Target& target, const std::vector<int>& cpus, double timeout_s) override {
    if (left_-- <= 0) return Death{"killed by SIGILL", "use a lower tier", false};
    return fake_.start(target, cpus, timeout_s);
  }

 private:
  FakeWorkerFactory fake_;
  int left_;
};

TEST(Launches, AFailedOneIsTheCasesFailure) {
  for (const int starts : {0, 1, 2, 3, 5, 20}) {
    FakeSession session({kV4});
    session.add_case("startup/noop", 0);
    Mortal mortal(session.clock, session.run, starts);
    SessionContext context = session.context();
    context.workers = &mortal;
    SlowBudget budget(0, session.limits);
    EXPECT_EQ(verify_cases(context, budget, true), PhaseEnd::done);
    if (session.check("startup/noop", kV4).status == CheckStatus::right) {
      EXPECT_EQ(measure_cases(context, budget), PhaseEnd::done);
      ASSERT_EQ(session.run.failures.size(), 1u) << starts;
      EXPECT_EQ(session.run.failures[0].cause, "killed by SIGILL");
    } else {
      EXPECT_EQ(session.check("startup/noop", kV4).status, CheckStatus::failed);
      EXPECT_NE(session.check("startup/noop", kV4).cause.find("killed by SIGILL"), std::string::npos);
    }
  }
}

}  // namespace
}  // namespace m1bench
