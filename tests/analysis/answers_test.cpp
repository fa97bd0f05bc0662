// SPDX-License-Identifier: Apache-2.0
#include "analysis/answers.hpp"

#include <gtest/gtest.h>

#include <functional>

#include "analysis/gate_runs.hpp"

namespace m1bench {
namespace {

using Record = m1bench::Run;  // testing::Test has a Run of its own

TEST(WrongAnswers, AreFoundWhereverTheRecordShowsThem) {
  const struct {
    const char* name;
    std::function<void(Record&)> spoil;
    std::string want;  // of the first one: the beginning of its cause
  } kRows[] = {
      {"nothing", [](Record&) {}, ""},
      {"a verification that found one",
       [](Record& run) {
         run.verifications[1].status = CheckStatus::wrong;
         run.verifications[1].cause = "element 7 is off";
       },
       "element 7 is off"},
      {"a block that found one",
       [](Record& run) {
         run.failures = {{kGateMatmul, kGateOther, "wrong answer: its output changed", "report it"}};
       },
       "its output changed"},
      {"a death",
       [](Record& run) {
         run.failures = {{kGateMatmul, kGateOther, "the worker died of SIGSEGV", ""}};
       },
       ""},
      {"a block that found none though it should have", [](Record& run) { run.blocks[5].targets[1].checksum = "bad"; },
       "its answer changed from 9d1f03c2a7b84e65 (verified) to bad in round 5"},
      {"a repeated block all the same",
       [](Record& run) {
         run.blocks[5].targets[1].checksum = "bad";
         run.blocks[5].superseded = true;
       },
       "its answer changed"},
      {"a block without a checksum", [](Record& run) { run.blocks[5].targets[1].checksum = ""; }, ""},
      {"a verification without a checksum", [](Record& run) { run.verifications[1].output_checksum = ""; }, ""},
      {"other inputs than the baseline's", [](Record& run) { run.verifications[1].input_checksum = "bad"; },
       "its inputs (bad) are not those of x86_64-v3/native (03f5a1b2c3d4e5f6)"},
      {"inputs that nobody recorded", [](Record& run) { run.verifications[1].input_checksum = ""; }, ""},
  };
  for (const auto& row : kRows) {
    Record run = usual_run("a", {});
    row.spoil(run);
    const std::vector<WrongAnswer> found = wrong_answers(run);
    ASSERT_EQ(found.size(), row.want.empty() ? 0u : 1u) << row.name;
    if (found.empty()) continue;
    EXPECT_EQ(found[0].case_name, kGateMatmul) << row.name;
    EXPECT_EQ(found[0].target, kGateOther) << row.name;
    EXPECT_EQ(found[0].cause.substr(0, row.want.size()), row.want) << row.name;
  }
}

TEST(WrongAnswers, AreToldOnceEachInTheRunsOrder) {
  Record run = usual_run("a", {});
  for (Block& block : run.blocks) {
    for (TargetBlock& entry : block.targets) entry.checksum = "bad";
  }
  std::reverse(run.blocks.begin(), run.blocks.end());
  const std::vector<WrongAnswer> found = wrong_answers(run);
  ASSERT_EQ(found.size(), 6u);
  EXPECT_EQ(found[0].case_name, kGateMatmul);
  EXPECT_EQ(found[0].target, kGateBaseline);
  EXPECT_EQ(found[5].case_name, kGateSoftmax);
  EXPECT_EQ(found[5].target, kGateOther);
}

}  // namespace
}  // namespace m1bench
