// SPDX-License-Identifier: Apache-2.0
#include "result/validate.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <span>

#include "support/data_error.hpp"

namespace m1bench {
namespace {

Target target(const std::string& name, const std::string& side = "") {
  Target result;
  result.name = side.empty() ? name : side + ":" + name;
  result.side = side;
  return result;
}

// One block of two slots a target, their order known; a control, and both sides of an `ab`.
Run good_run() {
  Run run;
  run.session.baseline = "a/native";
  run.session.shard = "2/3";
  run.machine.before.thermal_c = {{"cpu", 55.5}};
  run.targets = {target("a/native"), target("b/native"), target("a/native", "control"), target("c/native", "base"),
                 target("c/native", "head")};
  run.targets[1].slowdown = {{"x", 1.05}};
  run.cases.emplace_back().name = "x";
  run.cases.emplace_back().name = "y";
  Block block;
  block.case_name = "x";
  block.turns = {0, 1, 1, 0};
  for (const char* name : {"a/native", "b/native"}) {
    TargetBlock entry;
    entry.target = name;
    entry.loops = 1;
    entry.wall_s = entry.cpu_s = {1, 2};
    block.targets.push_back(entry);
  }
  run.blocks = {block};
  Verification check;
  check.case_name = "x";
  check.target = "a/native";
  run.verifications = {check};
  run.failures = {{"", "b/native", "cause", "remedy"}};
  return run;
}

struct Row {
  const char* name;
  void (*harm)(Run& run);
  const char* says;
};

void refused(std::span<const Row> rows) {
  for (const Row& row : rows) {
    Run run = good_run();
    row.harm(run);
    EXPECT_EQ(data_error_of([&] { validate(run); }), row.says) << row.name;
  }
}

void merge(Run& run) {
  run.session.shard.clear();
  run.session.merged.resize(2);
}

TEST(Validate, TakesWhatIsWhole) {
  EXPECT_NO_THROW(validate(good_run()));
  EXPECT_NO_THROW(validate(m1bench::Run()));
  m1bench::Run run = good_run();
  run.blocks[0].turns.clear();
  EXPECT_NO_THROW(validate(run)) << "the order of slots may be unknown";
  run.blocks[0].targets[0].wall_s = {0, 1e-12};
  run.blocks[0].targets[1].wall_s = {1e9, 1};
  EXPECT_NO_THROW(validate(run)) << "times at their bounds, and one too short for the clock";
  run.blocks[0].targets.pop_back();
  run.blocks[0].stage = 2;
  EXPECT_NO_THROW(validate(run));
  merge(run);
  EXPECT_NO_THROW(validate(run));
}

TEST(Validate, Names) {
  const Row rows[] = {
      {"repeated target", [](m1bench::Run& run) { run.targets[1].name = "a/native"; }, "targets[1].name repeats \"a/native\""},
      {"repeated case", [](m1bench::Run& run) { run.cases[1].name = "x"; }, "cases[1].name repeats \"x\""},
      {"nameless case", [](m1bench::Run& run) { run.cases[1].name = ""; }, "cases[1].name is empty"},
      {"too many targets", [](m1bench::Run& run) { run.targets.resize(101); }, "targets has more than 100 entries"},
      {"too many cases", [](m1bench::Run& run) { run.cases.resize(10'001); }, "cases has more than 10000 entries"},
      {"no baseline", [](m1bench::Run& run) { run.session.baseline = ""; },
       "session.baseline names \"\", which is no target of this run"},
      {"unknown baseline", [](m1bench::Run& run) { run.session.baseline = "z"; },
       "session.baseline names \"z\", which is no target of this run"},
      {"block of an unknown case", [](m1bench::Run& run) { run.blocks[0].case_name = "z"; },
       "blocks[0].case names \"z\", which is no case of this run"},
      {"block of an unknown target", [](m1bench::Run& run) { run.blocks[0].targets[1].target = "z"; },
       "blocks[0].targets[1].target names \"z\", which is no target of this run"},
      {"block with a target twice", [](m1bench::Run& run) { run.blocks[0].targets[1].target = "a/native"; },
       "blocks[0].targets[1].target repeats \"a/native\""},
      {"verification of an unknown case", [](m1bench::Run& run) { run.verifications[0].case_name = "z"; },
       "verifications[0].case names \"z\", which is no case of this run"},
      {"verification of an unknown target", [](m1bench::Run& run) { run.verifications[0].target = "z"; },
       "verifications[0].target names \"z\", which is no target of this run"},
      {"verified twice", [](m1bench::Run& run) { run.verifications.push_back(run.verifications[0]); },
       "verifications[1] repeats \"x\" on \"a/native\""},
      {"failure of an unknown case", [](m1bench::Run& run) { run.failures[0].case_name = "z"; },
       "failures[0].case names \"z\", which is no case of this run"},
      {"failure of an unknown target", [](m1bench::Run& run) { run.failures[0].target = "z"; },
       "failures[0].target names \"z\", which is no target of this run"},
  };
  refused(rows);
  m1bench::Run run = good_run();
  run.cases[1].name = run.cases[0].name = std::string(1 << 20, 'x');
  EXPECT_LT(data_error_of([&] { validate(run); }).size(), 100u) << "a name may be as long as the file";
}

TEST(Validate, Sides) {
  const Row rows[] = {
      {"unknown side", [](m1bench::Run& run) { run.targets[4].side = "tail"; },
       "targets[4].side is \"tail\" and not control, base, head or empty"},
      {"side without a name for it", [](m1bench::Run& run) { run.targets[1].side = "head"; },
       "targets[1].name is \"b/native\", which does not fit its side \"head\""},
      {"name without the side for it", [](m1bench::Run& run) { run.targets[4].side = ""; },
       "targets[4].name is \"head:c/native\", which does not fit its side \"\""},
      {"name of another side", [](m1bench::Run& run) { run.targets[4].side = "control"; },
       "targets[4].name is \"head:c/native\", which does not fit its side \"control\""},
      {"head without base", [](m1bench::Run& run) { run.targets.erase(run.targets.begin() + 3); },
       "targets[3] names \"base:c/native\", which is no target of this run"},
      {"control of nothing", [](m1bench::Run& run) { run.targets[2].name = "control:z"; },
       "targets[2] names \"z\", which is no target of this run"},
      {"slowdown of 0", [](m1bench::Run& run) { run.targets[1].slowdown["y"] = 0; }, "targets[1].slowdown of \"y\" is below 1"},
  };
  refused(rows);
}

TEST(Validate, Blocks) {
  const Row rows[] = {
      {"wall without cpu", [](m1bench::Run& run) { run.blocks[0].targets[0].cpu_s.pop_back(); },
       "blocks[0].targets[0] has not as many cpu_s as wall_s"},
      {"no loops", [](m1bench::Run& run) { run.blocks[0].targets[0].loops = 0; }, "blocks[0].targets[0].loops is 0"},
      {"loops too short for anything", [](m1bench::Run& run) { run.blocks[0].targets[0].wall_s[1] = 0.9e-12; },
       "blocks[0].targets[0].wall_s[1] is less than 1e-12 s or more than 1e9 s for a loop"},
      {"too many loops for the time", [](m1bench::Run& run) { run.blocks[0].targets[1].loops = ~0ULL; },
       "blocks[0].targets[1].wall_s[0] is less than 1e-12 s or more than 1e9 s for a loop"},
      {"loops too long for anybody", [](m1bench::Run& run) { run.blocks[0].targets[0].wall_s[0] = 1.1e9; },
       "blocks[0].targets[0].wall_s[0] is less than 1e-12 s or more than 1e9 s for a loop"},
      {"position", [](m1bench::Run& run) { run.blocks[0].targets[1].position = 5; },
       "blocks[0].targets[1].position is beyond the number of targets"},
      {"counters of no loop", [](m1bench::Run& run) { run.blocks[0].targets[1].counters.emplace(); },
       "blocks[0].targets[1].counters.loops is 0"},
      {"more than all on performance cores",
       [](m1bench::Run& run) { run.blocks[0].targets[0].counters = Counters{1, 1, {}, {}, {}, 1.01, {}}; },
       "blocks[0].targets[0].counters.performance_core_share is above 1"},
      {"stage 0", [](m1bench::Run& run) { run.blocks[0].stage = 0; }, "blocks[0].stage is neither 1 nor 2"},
      {"stage 3", [](m1bench::Run& run) { run.blocks[0].stage = 3; }, "blocks[0].stage is neither 1 nor 2"},
      {"turn of nobody", [](m1bench::Run& run) { run.blocks[0].turns[2] = 2; },
       "blocks[0].turns[2] is beyond the block's targets"},
      {"turns in a block without targets", [](m1bench::Run& run) { run.blocks[0].targets.clear(); },
       "blocks[0].turns[0] is beyond the block's targets"},
      {"more turns than slots", [](m1bench::Run& run) { run.blocks[0].turns.push_back(1); },
       "blocks[0].turns has not as many turns of \"b/native\" as it has slots"},
      {"fewer turns than slots", [](m1bench::Run& run) { run.blocks[0].turns.pop_back(); },
       "blocks[0].turns has not as many turns of \"a/native\" as it has slots"},
      {"another's turns", [](m1bench::Run& run) { run.blocks[0].turns[0] = 1; },
       "blocks[0].turns has not as many turns of \"a/native\" as it has slots"},
  };
  refused(rows);
}

TEST(Validate, SessionAndMachine) {
  const Row rows[] = {
      {"shard 0", [](m1bench::Run& run) { run.session.shard = "0/3"; }, "session.shard is not I/N with 1 <= I <= N but \"0/3\""},
      {"shard beyond", [](m1bench::Run& run) { run.session.shard = "4/3"; },
       "session.shard is not I/N with 1 <= I <= N but \"4/3\""},
      {"merged and a shard", [](m1bench::Run& run) { run.session.merged.resize(1); }, "session.shard is \"2/3\" of a merged run"},
      {"no CPU at all", [](m1bench::Run& run) { run.machine.cpu_limit = 0; }, "machine.cpu_limit is 0"},
      {"too hot", [](m1bench::Run& run) { run.machine.before.thermal_c["cpu"] = 1e9; },
       "machine.before.thermal_c has no temperature for \"cpu\""},
      {"too cold", [](m1bench::Run& run) { run.machine.after.thermal_c["cpu"] = -274; },
       "machine.after.thermal_c has no temperature for \"cpu\""},
      {"no number", [](m1bench::Run& run) { run.machine.after.thermal_c["cpu"] = std::nan(""); },
       "machine.after.thermal_c has no temperature for \"cpu\""},
      {"too hot in a shard",
       [](m1bench::Run& run) {
         merge(run);
         run.session.merged[1].machine.after.thermal_c["cpu"] = 1e9;
       },
       "session.merged[1].machine.after.thermal_c has no temperature for \"cpu\""},
  };
  refused(rows);
}

}  // namespace
}  // namespace m1bench
