// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "m1bench/core/text.hpp"
#include "report/bencher_json.hpp"
#include "report/benchfmt.hpp"
#include "report/feed_series.hpp"
#include "report/github_action_json.hpp"
#include "report/junit.hpp"
#include "report/lines_json.hpp"
#include "report/sample_runs.hpp"
#include "support/data_error.hpp"
#include "support/golden.hpp"

namespace m1bench {
namespace {

struct Sample {
  const char* name;
  Run (*run)();
};

// tests/report/schema_test.py holds the XML to what its readers want, tests/program/feeds_test.py the others.
constexpr Sample kSamples[] = {{"linux", linux_run}, {"mac", mac_run}, {"hostile", hostile_run}};

TEST(Feeds, Golden) {
  for (const Sample& sample : kSamples) {
    const std::string name = "report_" + std::string(sample.name);
    const auto run = sample.run();
    expect_golden(name + ".xml", junit_report(run));
    expect_golden(name + "_github_action.json", github_action_json(run));
    expect_golden(name + "_bencher.json", bencher_json(run));
    expect_golden(name + ".jsonl", lines_json(run));
    expect_golden(name + ".benchfmt", benchfmt_report(run));
  }
}

TEST(Feeds, WhatWasNotMeasuredIsNotFed) {
  const auto run = linux_run();
  for (const std::string& text : {github_action_json(run), bencher_json(run)}) {
    EXPECT_EQ(text.find("conv2d/f32/mnist on arm64/qemu-user"), std::string::npos) << "a wrong answer";
    EXPECT_EQ(text.find("softmax/32x1000 on arm64/qemu-user"), std::string::npos) << "died";
    EXPECT_EQ(text.find("train/cifar-mlp on arm64/qemu-user"), std::string::npos) << "skipped";
    EXPECT_NE(text.find("matmul/f32/1000 on arm64/qemu-user"), std::string::npos);
  }
  EXPECT_EQ(benchfmt_report(run).find("Conv2d/f32/mnist/target=arm64-qemu-user"), std::string::npos);
}

TEST(Feeds, ARunOfNothing) {
  const m1bench::Run run;  // a test has a Run of its own
  for (const auto write : {github_action_json, bencher_json}) {
    EXPECT_NE(data_error_of([&] { write(run); }).find("nothing in this run has a time"), std::string::npos);
  }
  EXPECT_EQ(lines_json(run), "");
  EXPECT_NE(junit_report(run).find("errors=\"1\""), std::string::npos) << "a suite without tests would pass unseen";
}

TEST(Feeds, NamesAreShortAndApart) {
  const std::string longest(kLongestFeedName - std::string(" on t").size(), 'x');
  const struct {
    const char *name;
    std::string item, target, want;
  } kRows[] = {
      {"usual", "matmul/f32/64", "t", "matmul/f32/64 on t"},
      {"a control character", "a\x01" "b", "t", "a\\u{1}b on t"},
      {"what reads like one", "a\\u{1}b", "t", "a\\\\u{1}b on t"},
      {"as long as can be", longest, "t", longest + " on t"},
      {"too long", longest + "y", "t", longest.substr(0, 1004) + "... 741d333cb4a5b39b"},
      {"too long, otherwise", longest + "z", "t", longest.substr(0, 1004) + "... "},
      {"cut within a character", std::string(1003, 'x') + "\xC3\xA9" + std::string(99, 'x'), "t", std::string(1003, 'x') + "... "},
      {"a blank in the case", "a on b", "c", "a on b on c"},
      {"a blank in the target", "a", "b on c", "a on b\\u{20}on\\u{20}c"},
  };
  std::set<std::string> names;
  for (const auto& row : kRows) {
    CaseSummary item;
    item.name = row.item;
    TargetSummary target;
    target.target = row.target;
    const std::string name = name_of({&item, &target});
    EXPECT_EQ(name.substr(0, row.want.size()), row.want) << row.name;
    EXPECT_LE(name.size(), kLongestFeedName) << row.name;
    EXPECT_TRUE(names.insert(name).second) << row.name;
  }
}

TEST(Benchfmt, TargetsThatReadAlikeAreTwoSeries) {
  auto run = linux_run();
  const std::string known = "arm64/qemu-user", other = "arm64-qemu/user";
  Target twin = *find_target(run, known);
  twin.name = other;
  run.targets.push_back(twin);
  for (Block& block : run.blocks) {
    const auto found = std::find_if(block.targets.begin(), block.targets.end(),
                                    [&](const TargetBlock& entry) { return entry.target == known; });
    if (found == block.targets.end()) continue;
    TargetBlock copy = *found;
    copy.target = other;
    block.targets.push_back(copy);
  }
  const std::string text = benchfmt_report(run);
  EXPECT_NE(text.find("target=arm64%2Fqemu-user"), std::string::npos) << text;
  EXPECT_NE(text.find("target=arm64-qemu%2Fuser"), std::string::npos) << text;
  EXPECT_EQ(text.find("target=arm64-qemu-user"), std::string::npos) << text;
  EXPECT_NE(text.find("target=x86_64-v2-native"), std::string::npos) << "others are as they were";
}

TEST(Benchfmt, AnUnknownArchitectureIsNoLine) {
  auto run = linux_run();
  EXPECT_NE(benchfmt_report(run).find("\ngoarch: amd64\n"), std::string::npos);
  run.machine.arch.clear();
  EXPECT_EQ(benchfmt_report(run).find("goarch"), std::string::npos);
}

TEST(Junit, ATargetThatWasNamedAndDidNotRunIsAnError) {
  auto run = linux_run();
  EXPECT_NE(junit_report(run).find("failures=\"1\" errors=\"1\" skipped=\"2\""), std::string::npos) << junit_report(run);
  run.targets[3].named = true;
  EXPECT_NE(junit_report(run).find("failures=\"1\" errors=\"2\" skipped=\"1\""), std::string::npos) << junit_report(run);
}

TEST(Benchfmt, BlocksThatARepeatStandsInForAreLeftOut) {
  auto run = mac_run();
  const std::size_t before = split(benchfmt_report(run), '\n').size();
  run.blocks[0].superseded = true;
  EXPECT_EQ(split(benchfmt_report(run), '\n').size(), before - 2) << "one line for each target";
}

TEST(Benchfmt, SidesAreKeysOfTheirOwn) {
  auto run = mac_run();
  const auto rename = [&](std::size_t index, const std::string& name, const std::string& side) {
    const std::string old = run.targets[index].name;
    run.targets[index].name = name;
    run.targets[index].side = side;
    for (Block& block : run.blocks) {
      for (TargetBlock& entry : block.targets) entry.target = entry.target == old ? name : entry.target;
    }
  };
  rename(0, "base:arm64/native", "base");
  rename(1, "head:arm64/native", "head");
  run.session.baseline = "base:arm64/native";
  run.verifications.clear();
  const std::string text = benchfmt_report(run);
  EXPECT_NE(text.find("BenchmarkMatmul/f32/1000/target=arm64-native/side=base-1\t"), std::string::npos) << text;
  EXPECT_NE(text.find("BenchmarkMatmul/f32/1000/target=arm64-native/side=head-1\t"), std::string::npos);
}

}  // namespace
}  // namespace m1bench
