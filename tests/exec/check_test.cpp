// SPDX-License-Identifier: Apache-2.0
#include "exec/check.hpp"

#include <gtest/gtest.h>

#include "analysis/answers.hpp"
#include "exec/fake_programs.hpp"
#include "exec/program_workers.hpp"
#include "session/measure.hpp"

namespace m1bench {
namespace {

// A session of made-up programs (exec/fake_programs.hpp).
class ProgramSession {
 public:
  explicit ProgramSession(const std::vector<std::vector<std::string>>& commands, RunProgram run = {})
      : executions_({}, run ? run : [this](const ProgramStart& start) { return fakes_.run(start); }), workers_(run_, executions_) {
    for (const auto& command : commands) {
      Target target;
      target.name = "t" + std::to_string(run_.targets.size());
      target.command = command;
      target.available = true;
      run_.targets.push_back(target);
    }
    run_.session.baseline = "t0";
    Case item;
    item.name = "exec/p";
    item.family = "exec";
    item.threads = 0;
    run_.cases.push_back(item);
    context.run = &run_;
    context.workers = &workers_;
    context.clock = &clock_;
    context.limits = program_limits(quick_limits());
  }
  PhaseEnd check() { return check_programs(context, executions_); }
  PhaseEnd measure() { return measure_cases(context, SlowBudget(0, context.limits)); }
  Run& run() { return run_; }
  void advance(double seconds) { clock_.advance(seconds); }
  const Verification& of(const std::string& target) { return *find_verification(run_, "exec/p", target); }

  SessionContext context;

 private:
  Run run_;
  FakeClock clock_;
  FakePrograms fakes_{clock_, 1};
  Executions executions_;
  ProgramWorkers workers_;
};

TEST(ProgramCheck, FindsRightWrongAndFailed) {
  ProgramSession session({{"./p"}, {"qemu-x", "./p"}, {"qemu-x", "wrong"}, {"qemu-x", "fail"}});
  EXPECT_EQ(session.check(), PhaseEnd::done);
  EXPECT_EQ(session.of("t0").status, CheckStatus::right);
  EXPECT_EQ(session.of("t1").status, CheckStatus::right);
  EXPECT_EQ(session.of("t2").status, CheckStatus::wrong);
  EXPECT_EQ(session.of("t2").cause, "what it prints differs from t0 in line 2 (byte 14): '43', not '42'");
  EXPECT_EQ(session.of("t3").status, CheckStatus::failed);
  EXPECT_EQ(session.of("t0").loops, 1u);
  EXPECT_EQ(session.run().cases[0].threads, 1);
}

TEST(ProgramCheck, ComparesWithTheNextWhereTheBaselineFails) {
  ProgramSession session({{"./p", "fail"}, {"qemu-x", "./p"}, {"qemu-x", "./p"}});
  session.check();
  EXPECT_EQ(session.of("t0").status, CheckStatus::failed);
  EXPECT_EQ(session.of("t1").status, CheckStatus::right);
  EXPECT_EQ(session.of("t2").status, CheckStatus::right);
}

TEST(ProgramCheck, EndsOnAnInterrupt) {
  ProgramSession session({{"./p"}, {"./q"}}, [](const ProgramStart&) {
    ProgramEnd end;
    end.interrupted = true;
    return end;
  });
  EXPECT_EQ(session.check(), PhaseEnd::interrupted);
}

TEST(ProgramCheck, GivesAProgramOfManyThreadsAllCpus) {
  ProgramSession session({{"./p"}, {"./q"}}, [](const ProgramStart&) {
    ProgramEnd end;
    end.exit.exit_code = 0;
    end.wall_s = 1;
    end.cpu_s = 1.9;
    return end;
  });
  session.context.allowed_cpus = {0, 1, 2, 3};
  session.check();
  EXPECT_EQ(session.run().cases[0].threads, 4);
}

TEST(ProgramBlocks, AlternateAndKeepWhatWasMeasured) {
  ProgramSession session({{"./p"}, {"qemu-x", "./p"}});
  session.check();
  EXPECT_EQ(session.measure(), PhaseEnd::done);
  ASSERT_EQ(session.run().blocks.size(), 5u);
  const Block& block = session.run().blocks[0];
  ASSERT_EQ(block.targets.size(), 2u);
  EXPECT_EQ(block.targets[0].wall_s.size(), 8u);
  EXPECT_EQ(block.targets[1].wall_s.size(), 7u);  // four times as long: as many as fit
  EXPECT_NEAR(block.targets[1].wall_s[0], 0.04, 0.001);
  EXPECT_EQ(block.targets[0].max_rss_bytes, std::uint64_t{8} << 20);
  EXPECT_EQ(block.targets[0].checksum, session.of("t0").output_checksum);
}

TEST(ProgramBlocks, EndForATargetThatPrintsSomethingElse) {
  int runs = 0;
  ProgramSession session({{"./p"}, {"./q"}}, [&runs](const ProgramStart& start) {
    ProgramEnd end;
    end.exit.exit_code = 0;
    end.wall_s = end.cpu_s = 0.2;
    start.on_output(start.command[0] == "./q" && ++runs > 3 ? "b" : "a");
    return end;
  });
  session.check();
  session.measure();
  ASSERT_EQ(session.run().failures.size(), 1u);
  EXPECT_EQ(session.run().failures[0].target, "t1");
  EXPECT_TRUE(is_wrong_answer(session.run().failures[0]));
  EXPECT_EQ(wrong_answers(session.run())[0].cause, "what it prints changed between two executions");
}

// Nothing is left over that could be less than nothing.
TEST(ProgramSessions, CountEverySecondOnce) {
  ProgramSession session({{"./p"}, {"qemu-x", "./p"}});
  session.check();
  {
    const TimeAccount spawning(session.context, "calibration");
    const TimeAccount within(session.context, "saving");
    session.advance(100);
  }
  session.measure();
  double sum_s = 0;
  for (const auto& [kind, seconds] : session.run().session.time_spent_s) {
    EXPECT_GE(seconds, 0) << kind;
    sum_s += seconds;
  }
  EXPECT_EQ(session.run().session.time_spent_s.at("saving"), 100);
  EXPECT_NEAR(sum_s, session.context.elapsed_s(), 1e-9);
}

// The most memory of any execution, whichever came last; and energy over what ran, preparations left out.
TEST(ProgramBlocks, KeepTheMostMemoryAndTheTimeThatCounted) {
  int runs = 0;
  ProgramSession session({{"./p"}, {"./q"}}, [&runs](const ProgramStart&) {
    ProgramEnd end;
    end.exit.exit_code = 0;
    end.wall_s = end.cpu_s = 0.2;
    end.max_rss_bytes = ++runs == 8 ? 1000 : 10;  // after two checks and four to warm up
    end.counted.energy_j = 3;
    return end;
  });
  session.check();
  session.measure();
  std::uint64_t most = 0;
  for (const Block& block : session.run().blocks) {
    for (const TargetBlock& entry : block.targets) {
      most = std::max(most, entry.max_rss_bytes.value_or(0));
      ASSERT_TRUE(entry.counters);
      EXPECT_DOUBLE_EQ(entry.counters->wall_s, 0.2 * static_cast<double>(entry.counters->loops));
      EXPECT_DOUBLE_EQ(entry.counters->energy_j.value(), 3.0 * static_cast<double>(entry.counters->loops));
    }
  }
  EXPECT_EQ(most, 1000u);
}

TEST(ProgramCheck, DoesNotBlameATranslatorForAProgramThatChanges) {
  int runs = 0;
  ProgramSession session({{"./p"}, {"./q"}}, [&runs](const ProgramStart& start) {
    ProgramEnd end;
    end.exit.exit_code = 0;
    end.wall_s = end.cpu_s = 0.2;
    start.on_output(start.command[0] == "./q" ? std::to_string(++runs) : "a");
    return end;
  });
  session.check();
  EXPECT_TRUE(session.of("t1").cause.starts_with("t1 itself does not print the same twice")) << session.of("t1").cause;
  EXPECT_NE(session.of("t1").remedy.find("--ignore-output"), std::string::npos);
  EXPECT_EQ(session.of("t1").remedy.find("translator"), std::string::npos);
}

// Short programs are executed once more to calibrate, and may print something else only then.
TEST(ProgramCheck, TellsOfAnAnswerThatChangesWhileItCalibrates) {
  int runs = 0;
  ProgramSession session({{"./p"}, {"./q"}}, [&runs](const ProgramStart& start) {
    ProgramEnd end;
    end.exit.exit_code = 0;
    end.wall_s = end.cpu_s = 0.001;
    start.on_output(start.command[0] == "./q" && ++runs > 2 ? "b" : "a");
    return end;
  });
  session.check();
  EXPECT_EQ(session.of("t1").status, CheckStatus::wrong);
  EXPECT_EQ(session.of("t1").cause, "what it prints changed between two executions");
}

TEST(ProgramCheck, SaysThatAProgramEndsInAnotherWayEachTime) {
  int runs = 0;
  const Executions executions({.ignore_failure = true}, [&runs](const ProgramStart& start) {
    ProgramEnd end;
    // The output of the second differs, its exit code only when it is executed again.
    end.exit.exit_code = start.command[0] == "./q" && ++runs > 1 ? 3 : 0;
    end.wall_s = end.cpu_s = 0.2;
    start.on_output(start.command[0] == "./q" ? "b" : "a");
    return end;
  });
  ProgramSession session({{"./p"}, {"./q"}});
  check_programs(session.context, executions);
  EXPECT_EQ(session.of("t1").cause, "t1 itself does not end the same twice: with exit code 0, then with 3");
  EXPECT_EQ(session.of("t1").remedy, kMustEndAlike);
}

// Programs of a fifth of a second: a case is checked in 0.4 s and has blocks of 1.2 s.
class ProgramBudget : public testing::Test {
 protected:
  ProgramBudget() : session({{"./p"}, {"./q"}}, [this](const ProgramStart&) {
      ProgramEnd end;
      end.exit.exit_code = 0;
      end.wall_s = end.cpu_s = 0.2;
      session.advance(end.wall_s);
      return end;
    }) {
    const Case first = session.run().cases[0];
    for (int i = 1; i < 21; ++i) {
      session.run().cases.push_back(first);
      session.run().cases.back().name += "/" + std::to_string(i);
    }
  }
  int measured() { return static_cast<int>(session.run().blocks.size()); }
  ProgramSession session;
};

TEST_F(ProgramBudget, HoldsForChecksAndFirstBlocks) {
  session.context.limits.budget_s = 4.2;
  std::vector<Progress> told;
  session.context.on_progress = [&told](const Progress& progress) { told.push_back(progress); };
  session.check();
  EXPECT_EQ(session.of("t0").status, CheckStatus::right);
  const Verification& last = *find_verification(session.run(), "exec/p/20", "t1");
  EXPECT_EQ(last.status, CheckStatus::skipped);
  EXPECT_EQ(last.cause, "the time budget was used up before its turn");
  ASSERT_FALSE(told.empty());
  EXPECT_EQ(told.back().all, 21);
  EXPECT_EQ(told.back().done, 2);
  EXPECT_TRUE(told.back().at_most && told.back().left_s);
  EXPECT_NEAR(session.context.elapsed_s(), 1.2, 1e-9);
  session.measure();
  EXPECT_EQ(measured(), 2);
  EXPECT_LE(session.context.elapsed_s(), 4.2);
}

TEST_F(ProgramBudget, TooSmallForABlockMeasuresNone) {
  session.context.limits.budget_s = 1;
  session.check();
  session.measure();
  EXPECT_EQ(measured(), 0);
  EXPECT_EQ(session.run().session.stop_reason, "budget");
  EXPECT_LE(session.context.elapsed_s(), 1);
}

TEST(SpawnCost, IsKnownWhereThereIsAnEmptyProgram) {
  double wall_s = 0;
  const auto run = [&wall_s](const ProgramStart&) {
    ProgramEnd end;
    end.exit.exit_code = 0;
    end.wall_s = wall_s += 0.001;
    return end;
  };
  EXPECT_DOUBLE_EQ(spawn_seconds(run).value(), 0.011);
  EXPECT_FALSE(spawn_seconds([](const ProgramStart&) {
    ProgramEnd end;
    end.exit.exit_code = 1;
    return end;
  }));
}

}  // namespace
}  // namespace m1bench
