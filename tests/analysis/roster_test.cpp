// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <functional>

#include "analysis/comparison.hpp"
#include "analysis/gate_runs.hpp"

// What keeps a case on a target from being compared.
namespace m1bench {
namespace {

using Record = m1bench::Run;  // testing::Test has a Run of its own

// Every change that was decided without looking at times, a line each.
std::string told(const Comparison& comparison) {
  std::string text;
  for (const Change& change : comparison.changes) {
    if (change.decision != Decision::missing && change.decision != Decision::wrong) continue;
    text += change.case_name + " on " + change.target + " " + std::string(name_of(change.decision)) + ": " + change.cause + "\n";
  }
  for (const std::string& name : comparison.only_in_head) text += "new: " + name + "\n";
  return text;
}

void drop_case(Record& run, const std::string& name) {
  std::erase_if(run.cases, [&](const Case& item) { return item.name == name; });
  std::erase_if(run.verifications, [&](const Verification& check) { return check.case_name == name; });
  std::erase_if(run.blocks, [&](const Block& block) { return block.case_name == name; });
}

void drop_slots(Record& run, const std::string& target) {
  for (Block& block : run.blocks) std::erase_if(block.targets, [&](const TargetBlock& entry) { return entry.target == target; });
}

void drop_target(Record& run, const std::string& name) {
  std::erase_if(run.targets, [&](const Target& target) { return target.name == name; });
  std::erase_if(run.verifications, [&](const Verification& check) { return check.target == name; });
  drop_slots(run, name);
}

void lose(Record& run, std::size_t verification, CheckStatus status, const std::string& cause) {
  run.verifications[verification].status = status;
  run.verifications[verification].cause = cause;
  run.verifications[verification].remedy = "do something";
}

struct Row {
  const char* name;
  std::function<void(Record&)> change;
  std::string want;
};

const Row kLost[] = {
    {"all there", [](Record&) {}, ""},
    {"no case", [](Record& run) { drop_case(run, kGateAdd); },
     "elementwise/add on x86_64-v2/native missing: the case is not in the file\n"},
    {"skipped", [](Record& run) { lose(run, 1, CheckStatus::skipped, "about 70 s a loop"); },
     "matmul/f32/256 on x86_64-v2/native missing: about 70 s a loop\n"},
    {"failed", [](Record& run) { lose(run, 1, CheckStatus::failed, "SIGILL"); },
     "matmul/f32/256 on x86_64-v2/native missing: SIGILL\n"},
    {"died later",
     [](Record& run) {
       run.failures = {{kGateMatmul, kGateOther, "SIGSEGV in slot 3", ""}};
     },
     "matmul/f32/256 on x86_64-v2/native missing: SIGSEGV in slot 3\n"},
    {"never measured",
     [](Record& run) {
       std::erase_if(run.blocks, [](const Block& block) { return block.case_name == kGateAdd; });
       run.session.stop_reason = "budget";
     },
     "elementwise/add on x86_64-v2/native missing: the time budget was used up before its turn\n"},
    {"only repeated blocks",
     [](Record& run) {
       for (Block& block : run.blocks) block.superseded = block.case_name == kGateAdd;
     },
     "elementwise/add on x86_64-v2/native missing: the run did not come to its turn\n"},
    {"no baseline", [](Record& run) { lose(run, 0, CheckStatus::failed, "SIGILL"); },
     "matmul/f32/256 on x86_64-v2/native missing: x86_64-v3/native, which it is compared with, was not measured: SIGILL\n"},
    {"no target", [](Record& run) { drop_target(run, kGateOther); },
     "matmul/f32/256 on x86_64-v2/native missing: the target is not in the file\n"
     "elementwise/add on x86_64-v2/native missing: the target is not in the file\n"
     "softmax/32x1000 on x86_64-v2/native missing: the target is not in the file\n"},
    {"a target that was lost as a whole, after one of its cases",
     [](Record& run) {
       drop_slots(run, kGateOther);
       run.failures = {{"", kGateOther, "its worker changed", ""}};
       lose(run, 1, CheckStatus::failed, "SIGILL");
     },
     "matmul/f32/256 on x86_64-v2/native missing: SIGILL\n"
     "elementwise/add on x86_64-v2/native missing: its worker changed\n"
     "softmax/32x1000 on x86_64-v2/native missing: its worker changed\n"},
    {"what another case died of",
     [](Record& run) {
       drop_slots(run, kGateOther);
       run.failures = {{kGateMatmul, kGateOther, "SIGSEGV", ""}};
     },
     "matmul/f32/256 on x86_64-v2/native missing: SIGSEGV\n"
     "elementwise/add on x86_64-v2/native missing: the run did not come to its turn\n"
     "softmax/32x1000 on x86_64-v2/native missing: the run did not come to its turn\n"},
    {"a target that cannot run",
     [](Record& run) {
       drop_case(run, kGateAdd);
       drop_case(run, kGateSoftmax);
       run.targets[1].available = false;
       run.targets[1].cause = "qemu is not installed";
     },
     "matmul/f32/256 on x86_64-v2/native missing: qemu is not installed\n"
     "elementwise/add on x86_64-v2/native missing: the case is not in the file\n"
     "softmax/32x1000 on x86_64-v2/native missing: the case is not in the file\n"},
    {"a new case", [](Record& run) { add_case(run, "new", {}); }, "new: new\n"},
};

TEST(Roster, NothingThatBaseHasGoesMissingInSilence) {
  const Record base = usual_run("base", {});
  for (const Row& row : kLost) {
    Record head = usual_run("head", {.seed = 2});
    row.change(head);
    EXPECT_EQ(told(compare_runs(base, head, {})), row.want) << row.name;
  }
}

TEST(Roster, WhatBaseHasNotMeasuredIsNewInHead) {
  const Row kRows[] = {
      {"failed", [](Record& run) { lose(run, 1, CheckStatus::failed, "SIGILL"); }, "new: matmul/f32/256 on x86_64-v2/native\n"},
      {"no baseline", [](Record& run) { lose(run, 0, CheckStatus::failed, "SIGILL"); },
       "new: matmul/f32/256 on x86_64-v3/native\nnew: matmul/f32/256 on x86_64-v2/native\n"},
      {"no target", [](Record& run) { drop_target(run, kGateOther); }, "new: every case on x86_64-v2/native\n"},
      {"a target that cannot run",
       [](Record& run) {
         drop_slots(run, kGateOther);
         run.targets[1].available = false;
       },
       "new: every case on x86_64-v2/native\n"},
  };
  const Record head = usual_run("head", {.seed = 2});
  for (const Row& row : kRows) {
    Record base = usual_run("base", {});
    row.change(base);
    EXPECT_EQ(told(compare_runs(base, head, {})), row.want) << row.name;
  }
}

TEST(Roster, NothingInCommonIsNoChange) {
  Record base = usual_run("base", {}), head = usual_run("head", {.seed = 2});
  drop_target(base, kGateOther);
  drop_target(head, kGateOther);
  const Comparison comparison = compare_runs(base, head, {});
  EXPECT_TRUE(comparison.unlike.empty());
  EXPECT_TRUE(comparison.changes.empty()) << "the baseline alone says nothing";
}

TEST(Roster, WrongAnswersAreToldWhoseverTheyAre) {
  const auto spoil = [](std::size_t block, std::size_t target) {
    return [=](Record& run) { run.blocks[block].targets[target].checksum = "bad"; };
  };
  const std::string changed = "its answer changed from 9d1f03c2a7b84e65 (verified) to bad in round 0\n";
  const Row kRows[] = {
      {"a target's", spoil(0, 1), "matmul/f32/256 on x86_64-v2/native wrong: head: " + changed},
      {"the baseline's", spoil(0, 0),
       "matmul/f32/256 on x86_64-v3/native wrong: head: " + changed +
           "matmul/f32/256 on x86_64-v2/native missing: x86_64-v3/native, which it is compared with, was not measured: " + changed},
      {"found by verification", [](Record& run) { lose(run, 1, CheckStatus::wrong, "element 7"); },
       "matmul/f32/256 on x86_64-v2/native wrong: head: element 7\n"},
      {"found in a block",
       [](Record& run) {
         run.failures = {{kGateMatmul, kGateOther, "wrong answer: changed", ""}};
       },
       "matmul/f32/256 on x86_64-v2/native wrong: head: changed\n"},
      {"of a new case",
       [](Record& run) {
         add_case(run, "new", {{kGateOther, 1e-3}});
         lose(run, run.verifications.size() - 1, CheckStatus::wrong, "element 7");
       },
       "new on x86_64-v2/native wrong: element 7\nnew: new\n"},
  };
  const Record base = usual_run("base", {});
  for (const Row& row : kRows) {
    Record head = usual_run("head", {.seed = 2});
    row.change(head);
    EXPECT_EQ(told(compare_runs(base, head, {})), row.want) << row.name;
  }
  Record wrong_base = usual_run("base", {});
  spoil(0, 1)(wrong_base);
  EXPECT_EQ(told(compare_runs(wrong_base, usual_run("head", {.seed = 2}), {})),
            "matmul/f32/256 on x86_64-v2/native wrong: base: " + changed);
  EXPECT_EQ(told(compare_runs(wrong_base, wrong_base, {})), "matmul/f32/256 on x86_64-v2/native wrong: head: " + changed)
      << "a run is no better for being compared with itself";
}

}  // namespace
}  // namespace m1bench
