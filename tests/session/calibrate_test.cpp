// SPDX-License-Identifier: Apache-2.0
#include "session/calibrate.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <vector>

#include "session/fake_workers.hpp"

namespace m1bench {
namespace {

// Takes `loop_s` a loop, and dies when asked for more than `most_loops`.
class SteadyWorker final : public Worker {
 public:
  explicit SteadyWorker(double loop_s, std::uint64_t most_loops = UINT64_MAX) : loop_s_(loop_s), most_loops_(most_loops) {}
  const Hello& hello() const override { return hello_; }
  void quit() override {}
  OrDeath<Reply> ask(const Request& request, double) override {
    asked.push_back(request.loops);
    if (request.loops > most_loops_) return Death{"died", "", false};
    Reply reply;
    reply.wall_s = loop_s_ * static_cast<double>(request.loops);
    if (clock) clock->advance(reply.wall_s + beside_s * static_cast<double>(request.loops));
    return reply;
  }
  std::vector<std::uint64_t> asked;
  FakeClock* clock = nullptr;  // advanced by `beside_s` for each loop, which the worker does not count
  double beside_s = 0;

 private:
  Hello hello_;
  double loop_s_;
  std::uint64_t most_loops_;
};

struct Calibration {
  explicit Calibration(double timer_tick_s = 1e-9) {
    context.run = &run;
    context.clock = &clock;
    context.timer_tick_s = timer_tick_s;
  }
  FakeClock clock;
  Run run;
  SessionContext context;
  Verification check;
};

TEST(Calibrate, LoopsThatMakeASlotLongEnoughButNoLonger) {
  struct Row {
    const char* name;
    double loop_s, tick_s;
    std::uint64_t want;
  };
  const Row rows[] = {
      {"one loop is long enough", 0.3, 1e-9, 1}, {"just long enough", 0.005, 1e-9, 1},
      {"just too short", 0.00499, 1e-9, 2},      {"half a millisecond: 16, cut back", 5e-4, 1e-9, 11},
      {"a coarse timer", 0.8e-3, 1e-4, 128},     {"a clock that stands still", 0, 1e-9, std::uint64_t{1} << 32},
  };
  for (const Row& row : rows) {
    Calibration calibration(row.tick_s);
    SteadyWorker worker(row.loop_s);
    EXPECT_FALSE(calibrate(worker, calibration.context, calibration.check).has_value()) << row.name;
    EXPECT_EQ(calibration.check.loops, row.want) << row.name;
    EXPECT_DOUBLE_EQ(calibration.check.loop_s, row.loop_s) << row.name;
    EXPECT_LE(worker.asked.size(), 33u) << row.name;
  }
}

TEST(Calibrate, ASlowTargetIsNotAskedAgain) {
  Calibration calibration;
  calibration.check.slow = true;
  calibration.check.loop_s = 7;
  SteadyWorker worker(7);
  EXPECT_FALSE(calibrate(worker, calibration.context, calibration.check).has_value());
  EXPECT_EQ(calibration.check.loops, 1u);
  EXPECT_EQ(calibration.check.loop_s, 7);
  EXPECT_TRUE(worker.asked.empty());
}

TEST(Calibrate, ADeathIsHandedOn) {
  Calibration calibration;
  SteadyWorker worker(1e-3, 2);
  const auto death = calibrate(worker, calibration.context, calibration.check);
  ASSERT_TRUE(death.has_value());
  EXPECT_EQ(death->cause, "died");
}

// A program's preparation may take far longer than the program.
TEST(Calibrate, EndsWhereTwiceAsManyLoopsWouldNotFitTheBudget) {
  Calibration calibration;
  calibration.context.limits.budget_s = 10;
  SteadyWorker worker(1e-3);
  worker.clock = &calibration.clock;
  worker.beside_s = 1;
  EXPECT_FALSE(calibrate(worker, calibration.context, calibration.check));
  EXPECT_EQ(worker.asked, (std::vector<std::uint64_t>{1, 2, 4}));
  EXPECT_LE(calibration.context.elapsed_s(), 10);
}

}  // namespace
}  // namespace m1bench
