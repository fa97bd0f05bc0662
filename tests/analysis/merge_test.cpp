// SPDX-License-Identifier: Apache-2.0
#include "analysis/merge.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "m1bench/core/error.hpp"
#include "result/run_json.hpp"
#include "result/validate.hpp"

namespace m1bench {
namespace {

const std::vector<std::string> kCases = {"a", "b", "c", "d", "e"};

Run shard(int index, int count = 3) {
  Run run;
  run.tool.build_id = "1234";
  run.session.id = "id-" + std::to_string(index);
  run.session.started = "2026-01-0" + std::to_string(9 - index) + "T00:00:00Z";
  run.session.ended = "2026-02-0" + std::to_string(index) + "T00:00:00Z";
  run.session.shard = std::to_string(index) + "/" + std::to_string(count);
  run.session.baseline = "x86_64-v2/native";
  run.session.budget_s = 100;
  run.session.stop_reason = "precision";
  run.session.time_spent_s = {{"slots", 1.0 * index}};
  run.machine.id = "salted";
  run.machine.cpu = "CPU " + std::to_string(index);
  for (const char* name : {"x86_64-v2/native", "arm64/qemu-user"}) {
    Target& target = run.targets.emplace_back();
    target.name = name;
    target.available = true;
    target.hello = Hello{.build_id = "1234"};
    target.command = {"/home/machine-" + std::to_string(index)};
  }
  run.targets[1].translator_version = "7.2";
  for (std::size_t i = static_cast<std::size_t>(index - 1); i < kCases.size(); i += static_cast<std::size_t>(count)) {
    run.cases.emplace_back().name = kCases[i];
    Verification& check = run.verifications.emplace_back();
    check.case_name = kCases[i];
    check.target = "x86_64-v2/native";
    Block& block = run.blocks.emplace_back();
    block.case_name = kCases[i];
    block.round = index;
  }
  run.failures = {{"", "arm64/qemu-user", "died", "look"}, {run.cases[0].name, "arm64/qemu-user", "died", "look"}};
  return run;
}

std::vector<Run> all_shards() { return {shard(1), shard(2), shard(3)}; }

// "" if it was merged; else the kind and what was said.
struct Refusal {
  ErrorKind kind = ErrorKind::internal;
  std::string said;
};
Refusal refusal(const std::vector<Run>& runs) {
  try {
    merge_runs(runs);
  } catch (const Error& error) {
    return {error.kind(), error.what()};
  }
  return {};
}

template <class T>
std::vector<std::string> names_of_cases(const std::vector<T>& items, std::string T::*name) {
  std::vector<std::string> names;
  for (const T& item : items) names.push_back(item.*name);
  return names;
}

TEST(Merge, DealsTheCasesBackIntoOneList) {
  const m1bench::Run run = merge_runs(all_shards());
  EXPECT_EQ(names_of_cases(run.cases, &Case::name), kCases);
  EXPECT_EQ(names_of_cases(run.blocks, &Block::case_name), (std::vector<std::string>{"a", "d", "b", "e", "c"}));
  EXPECT_EQ(run.verifications.size(), kCases.size());
  EXPECT_EQ(names_of_cases(run.failures, &Failure::case_name), (std::vector<std::string>{"", "a", "b", "c"}))
      << "the target's own only once";
  EXPECT_NO_THROW(validate(run));
}

TEST(Merge, TheSessionIsMadeOfAll) {
  const m1bench::Run run = merge_runs(all_shards());
  const Session& session = run.session;
  EXPECT_EQ(session.shard, "");
  EXPECT_EQ(session.started, "2026-01-06T00:00:00Z");
  EXPECT_EQ(session.ended, "2026-02-03T00:00:00Z");
  EXPECT_EQ(session.time_spent_s.at("slots"), 6);
  EXPECT_EQ(session.budget_s, 300);
  ASSERT_EQ(session.merged.size(), 3u);
  for (std::size_t i = 0; i < run.blocks.size(); ++i) {
    const auto place = std::find(kCases.begin(), kCases.end(), run.blocks[i].case_name) - kCases.begin();
    const std::string measured_by = "id-" + std::to_string(run.blocks[i].round);
    EXPECT_EQ(session.merged[static_cast<std::size_t>(place) % 3].session, measured_by);
  }
  EXPECT_EQ(machines_of(run)[1]->cpu, "CPU 2");
  EXPECT_EQ(run.machine.id, "salted");
}

TEST(Merge, NeverDependsOnTheOrderOfItsArguments) {
  std::vector<m1bench::Run> shards = all_shards();
  std::vector<int> order = {0, 1, 2};
  const std::string expected = to_json(merge_runs(shards));
  do {
    const std::vector<m1bench::Run> shuffled = {shards[order[0]], shards[order[1]], shards[order[2]]};
    EXPECT_EQ(to_json(merge_runs(shuffled)), expected);
  } while (std::next_permutation(order.begin(), order.end()));
  shards[1].session.id = "id-another";
  EXPECT_NE(merge_runs(shards).session.id, merge_runs(all_shards()).session.id);
}

TEST(Merge, WhatLeavesTheMostUndoneIsWhyItStopped) {
  std::vector<m1bench::Run> shards = all_shards();
  for (const char* reason : {"blocks", "budget", "", "interrupted"}) {
    shards[2].session.stop_reason = reason;
    EXPECT_EQ(merge_runs(shards).session.stop_reason, reason);
  }
  shards[0].session.budget_s = 0;
  EXPECT_EQ(merge_runs(shards).session.budget_s, 0) << "one without a limit leaves all without one";
}

TEST(Merge, MachinesMayDifferButNotPassForOne) {
  std::vector<m1bench::Run> shards = all_shards();
  shards[1].machine.id = "another";
  EXPECT_EQ(merge_runs(shards).machine.id, std::nullopt);
}

TEST(Merge, SlowdownsOfAllShardsAreKept) {
  std::vector<m1bench::Run> shards = all_shards();
  shards[1].targets[0].slowdown = {{"b", 1.05}};
  EXPECT_EQ(merge_runs(shards).targets[0].slowdown.at("b"), 1.05);
}

TEST(Merge, NamesTheFieldAndBothValuesOfWhatIsUnlike) {
  struct Row {
    void (*harm)(m1bench::Run& run);
    const char* says;
  };
  const Row rows[] = {
      {[](m1bench::Run& run) { run.tool.version = "9"; }, "shard 2/3 has tool.version '9' and shard 1/3 has none"},
      {[](m1bench::Run& run) { run.tool.build_id = "5678"; }, "tool.build_id '5678' and shard 1/3 has '1234'"},
      {[](m1bench::Run& run) { run.tool.build_type = "Debug"; }, "tool.build_type 'Debug'"},
      {[](m1bench::Run& run) { run.tool.compiler = "tcc"; }, "tool.compiler 'tcc'"},
      {[](m1bench::Run& run) { run.tool.flags = "-Os"; }, "tool.flags '-Os'"},
      {[](m1bench::Run& run) { run.tool.strict_fp = true; }, "tool.strict_fp 'yes' and shard 1/3 has 'no'"},
      {[](m1bench::Run& run) { run.tool.libraries["Eigen"] = "5"; }, "tool.libraries 'Eigen=5'"},
      {[](m1bench::Run& run) { run.session.command = "run"; }, "session.command 'run'"},
      {[](m1bench::Run& run) { run.session.set = "full"; }, "session.set 'full'"},
      {[](m1bench::Run& run) { run.session.seed = 2; }, "session.seed '2' and shard 1/3 has '0'"},
      {[](m1bench::Run& run) { run.session.threads = 4; }, "session.threads '4' and shard 1/3 has '1'"},
      {[](m1bench::Run& run) { run.session.quick = true; }, "session.quick 'yes'"},
      {[](m1bench::Run& run) { run.session.thorough = true; }, "session.thorough 'yes'"},
      {[](m1bench::Run& run) { run.session.baseline = "arm64/qemu-user"; }, "session.baseline 'arm64/qemu-user'"},
      {[](m1bench::Run& run) { run.machine.arch = "riscv"; }, "machine.arch 'riscv'"},
      {[](m1bench::Run& run) { run.targets.pop_back(); },
       "targets 'x86_64-v2/native' and shard 1/3 has 'x86_64-v2/native, arm64/qemu-user'"},
      {[](m1bench::Run& run) { std::swap(run.targets[0], run.targets[1]); }, "targets 'arm64/qemu-user, x86_64-v2/native'"},
      {[](m1bench::Run& run) { run.targets[1].slice = "arm64"; }, "arm64/qemu-user's slice 'arm64'"},
      {[](m1bench::Run& run) { run.targets[1].translator = "box64"; }, "arm64/qemu-user's translator 'box64'"},
      {[](m1bench::Run& run) { run.targets[1].translator_version = "8.0"; },
       "arm64/qemu-user's translator_version '8.0' and shard 1/3 has '7.2'"},
      {[](m1bench::Run& run) { run.targets[1].side = "head"; }, "arm64/qemu-user's side 'head'"},
      {[](m1bench::Run& run) { run.targets[1].available = false; }, "arm64/qemu-user's available 'no' and shard 1/3 has 'yes'"},
      {[](m1bench::Run& run) { run.targets[1].environment["A"] = "B"; }, "arm64/qemu-user's environment 'A=B'"},
      {[](m1bench::Run& run) { run.targets[1].hello->build_id = "5678"; }, "arm64/qemu-user's hello.build_id '5678'"},
      {[](m1bench::Run& run) { run.targets[1].hello->compiler = "tcc"; }, "arm64/qemu-user's hello.compiler 'tcc'"},
      {[](m1bench::Run& run) { run.targets[1].hello.reset(); }, "arm64/qemu-user's hello.build_id none"},
      {[](m1bench::Run& run) { run.targets[1].hello->flags = "-Os"; }, "arm64/qemu-user's hello.flags '-Os'"},
      {[](m1bench::Run& run) { run.session.shard = "2/4"; }, "shard 2/4 and shard 1/3 are of different numbers of shards"},
      {[](m1bench::Run& run) { run.cases[1].name = "a"; }, "shard 2/3 and shard 1/3 both have the case 'a'"},
      {[](m1bench::Run& run) { run.cases.clear(); }, "shard 2/3 has only 0 of all 3 cases, too few for its share"},
      {[](m1bench::Run& run) { run.cases.resize(9); }, "shard 3/3 has only 1 of all 12 cases, too few for its share"},
  };
  for (const Row& row : rows) {
    std::vector<m1bench::Run> shards = all_shards();
    row.harm(shards[1]);
    const Refusal refused = refusal(shards);
    EXPECT_EQ(refused.kind, ErrorKind::unlike) << row.says;
    EXPECT_NE(refused.said.find(row.says), std::string::npos) << row.says << "\n" << refused.said;
    EXPECT_NE(refused.said.find("; "), std::string::npos) << "has a remedy: " << refused.said;
  }
}

TEST(Merge, WantsEachShardOnce) {
  const m1bench::Run one = shard(1), two = shard(2), three = shard(3);
  m1bench::Run whole = shard(1, 1), again = shard(2);
  whole.session.shard = "";
  again.session.id = "id-again";
  struct Row {
    std::vector<m1bench::Run> runs;
    const char* says;
  };
  const Row rows[] = {
      {{}, "there is nothing to merge"},
      {{one, two, two, three}, "shard 2/3 is given twice"},
      {{one, two, again, three}, "shard 2/3 is given twice"},
      {{three, one}, "shard 2/3 is missing (2 of 3 are given)"},
      {{shard(1, 2000000000), shard(3, 2000000000)}, "shard 2/2000000000 is missing"},
      {{one, whole, three}, "run 2 of the 3 given was measured without --shard"},
      {{merge_runs(all_shards()), one}, "run 1 of the 2 given was merged already"},
  };
  for (const Row& row : rows) {
    const Refusal refused = refusal(row.runs);
    EXPECT_EQ(refused.kind, ErrorKind::usage) << row.says;
    EXPECT_NE(refused.said.find(row.says), std::string::npos) << row.says << "\n" << refused.said;
  }
  EXPECT_EQ(names_of_cases(merge_runs({shard(1, 1)}).cases, &Case::name), kCases) << "one of one is all";
}

}  // namespace
}  // namespace m1bench
