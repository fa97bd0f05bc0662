// SPDX-License-Identifier: Apache-2.0
#include "launch/targets.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "launch/launch_hosts.hpp"
#include "m1bench/core/error.hpp"

namespace m1bench {
namespace {

using Names = std::vector<std::string>;

std::vector<Target> targets_on(const LaunchHost& host, const std::vector<SliceFile>& slices) {
  return known_targets(host, slices, translators_for(host));
}

Names available(const std::vector<Target>& targets) {
  Names names;
  for (const Target& target : targets) {
    if (target.available) names.push_back(target.name);
  }
  return names;
}

Names defaults(const LaunchHost& host, const std::vector<Target>& targets) {
  Names names;
  for (const std::size_t i : default_targets(targets, host)) names.push_back(targets[i].name);
  return names;
}

TEST(KnownTargets, OpenBlasIsHeldToTheTierOfASliceThatHasIt) {
  using Environment = std::map<std::string, std::string>;
  LaunchHost host = qemu_linux();
  host.openblas = true;
  struct Row {
    const char* name;
    Environment want;
  };
  for (const Row& row : {Row{"x86_64-v2/native", {{"OPENBLAS_CORETYPE", "Nehalem"}, {"OPENBLAS_NUM_THREADS", "1"}}},
                         {"x86_64-v4/native", {{"OPENBLAS_CORETYPE", "SkylakeX"}, {"OPENBLAS_NUM_THREADS", "1"}}},
                         {"x86_64-v3/qemu-user", {{"OPENBLAS_CORETYPE", "Haswell"}, {"OPENBLAS_NUM_THREADS", "1"}}},
                         {"arm64/qemu-user", {}}}) {
    std::vector<Target> targets = targets_on(host, slices_of_linux());
    EXPECT_EQ(find_target_named(targets, row.name).environment, row.want) << row.name;
    targets = targets_on(qemu_linux(), slices_of_linux());
    EXPECT_EQ(find_target_named(targets, row.name).environment, Environment()) << row.name;
  }
}

TEST(KnownTargets, AvailableAndDefaultOnEachMachine) {
  struct Row {
    const char* name;
    LaunchHost host;
    std::vector<SliceFile> slices;
    Names available, defaults;
  };
  const Row rows[] = {
      {"linux x86_64 with qemu-user",
       qemu_linux(),
       slices_of_linux(),
       {"arm64/qemu-user", "x86_64-v2/native", "x86_64-v2/qemu-user", "x86_64-v3/native", "x86_64-v3/qemu-user",
        "x86_64-v4/native", "x86_64-v4/qemu-user"},
       {"x86_64-v4/native", "x86_64-v2/native", "arm64/qemu-user"}},
      {"linux x86_64 without: the missing one is compared too, to be a row with its remedy",
       bare_linux(),
       slices_of_linux(),
       {"x86_64-v2/native", "x86_64-v3/native", "x86_64-v4/native"},
       {"x86_64-v4/native", "x86_64-v2/native", "arm64/qemu-user"}},
      {"linux arm64",
       arm_linux(),
       slices_of_linux(),
       {"arm64/native", "x86_64-v2/qemu-user", "x86_64-v2/box64", "x86_64-v2/fex", "x86_64-v2/rosetta-linux",
        "x86_64-v3/qemu-user", "x86_64-v3/box64", "x86_64-v3/fex", "x86_64-v3/rosetta-linux", "x86_64-v4/qemu-user",
        "x86_64-v4/box64", "x86_64-v4/fex", "x86_64-v4/rosetta-linux"},
       {"arm64/native", "x86_64-v2/qemu-user"}},
      {"macos arm64",
       apple_silicon(),
       slices_of_macos(),
       {"arm64/native", "x86_64-v2/rosetta2", "x86_64-v3/rosetta2"},
       {"arm64/native", "x86_64-v2/rosetta2"}},
      {"macos x86_64",
       intel_mac(),
       slices_of_macos(),
       {"x86_64-v2/native", "x86_64-v3/native"},
       {"x86_64-v3/native", "x86_64-v2/native"}},
      {"one slice", bare_linux(), {{"x86_64-v2", "/opt/m1bench"}}, {"x86_64-v2/native"}, {"x86_64-v2/native", "arm64/qemu-user"}},
      {"nothing built", bare_linux(), {}, {}, {"arm64/qemu-user"}},
  };
  for (const Row& row : rows) {
    const std::vector<Target> targets = targets_on(row.host, row.slices);
    EXPECT_EQ(available(targets), row.available) << row.name;
    EXPECT_EQ(defaults(row.host, targets), row.defaults) << row.name;
  }
}

TEST(KnownTargets, NamesAreUnique) {
  for (const LaunchHost& host : {qemu_linux(), arm_linux(), apple_silicon(), intel_mac()}) {
    std::map<std::string, int> met;
    for (const Target& target : targets_on(host, slices_of_linux())) EXPECT_EQ(++met[target.name], 1) << target.name;
  }
}

TEST(KnownTargets, TheCommandIsThePrefixTheFileAndWorker) {
  std::vector<Target> linux_targets = targets_on(qemu_linux(), slices_of_linux());
  EXPECT_EQ(find_target_named(linux_targets, "arm64/qemu-user").command,
            (Names{"/usr/bin/qemu-aarch64", "/opt/m1bench-arm64", "worker"}));
  EXPECT_EQ(find_target_named(linux_targets, "x86_64-v3/native").command, (Names{"/opt/m1bench-x86_64-v3", "worker"}));
  std::vector<Target> mac_targets = targets_on(apple_silicon(), slices_of_macos());
  EXPECT_EQ(find_target_named(mac_targets, "arm64/native").command,
            (Names{"/usr/bin/arch", "-arm64", "/opt/bin/m1bench", "worker"}));
  EXPECT_EQ(find_target_named(mac_targets, "x86_64-v2/rosetta2").command,
            (Names{"/usr/bin/arch", "-x86_64", "/opt/bin/m1bench", "worker"}));
}

TEST(KnownTargets, WhatCannotRunSaysWhy) {
  std::vector<Target> targets = targets_on(bare_linux(), {{"x86_64-v2", "/opt/m1bench"}});
  const std::tuple<const char*, const char*, const char*> rows[] = {
      {"x86_64-v4/native", "no x86_64-v4 slice", "configure again"},
      {"arm64/qemu-user", "qemu-aarch64 is not installed", "apt install qemu-user"},
      {"x86_64-v2/rosetta2", "only on arm64 macOS", ""},
  };
  for (const auto& [name, cause, remedy] : rows) {
    const Target& target = find_target_named(targets, name);
    EXPECT_FALSE(target.available) << name;
    EXPECT_NE(target.cause.find(cause), std::string::npos) << target.cause;
    EXPECT_NE(target.remedy.find(remedy), std::string::npos) << target.remedy;
  }
}

TEST(KnownTargets, AnOptionalSliceIsListedOnlyWhereItIs) {
  const auto is_listed = [](std::vector<Target> targets) {
    return std::any_of(targets.begin(), targets.end(), [](const Target& target) { return target.slice == "arm64-dotprod"; });
  };
  EXPECT_FALSE(is_listed(targets_on(bare_linux(), {{"arm64", "/opt/m1bench-arm64"}})));
  EXPECT_TRUE(is_listed(targets_on(bare_linux(), {{"arm64-dotprod", "/opt/m1bench-arm64-dotprod"}})));
}

TEST(KnownTargets, ACustomTranslatorServesJustItsSlices) {
  const LaunchHost host = bare_linux();
  const std::vector<Translator> mine{parse_translator("mine:x86_64-v2,arm64=/run/it --fast", host)};
  const std::vector<Target> targets = known_targets(host, slices_of_linux(), mine);
  EXPECT_EQ(available(targets), (Names{"arm64/mine", "x86_64-v2/mine"}));
  EXPECT_EQ(targets.front().command, (Names{"/run/it", "--fast", "/opt/m1bench-arm64", "worker"}));
}

TEST(DefaultTargets, AProbeThatFailedIsNotDefault) {
  std::vector<Target> targets = targets_on(qemu_linux(), slices_of_linux());
  find_target_named(targets, "x86_64-v4/native").available = false;
  EXPECT_EQ(defaults(qemu_linux(), targets), (Names{"x86_64-v3/native", "x86_64-v2/native", "arm64/qemu-user"}));
  ASSERT_NE(best_native(targets), nullptr);
  EXPECT_EQ(best_native(targets)->name, "x86_64-v3/native");
  EXPECT_EQ(best_native({}), nullptr);
}

TEST(TierTargets, AreEveryNativeOneAndThoseOfTheFirstTranslatorOfX86) {
  struct Row {
    const char* name;
    LaunchHost host;
    std::vector<SliceFile> slices;
    Names want;
  };
  const std::vector<Row> rows{
      {"Linux with qemu", qemu_linux(), slices_of_linux(),
       {"x86_64-v2/native", "x86_64-v2/qemu-user", "x86_64-v3/native", "x86_64-v3/qemu-user", "x86_64-v4/native", "x86_64-v4/qemu-user"}},
      {"Apple silicon", apple_silicon(), slices_of_macos(),
       {"arm64/native", "x86_64-v2/rosetta2", "x86_64-v3/rosetta2"}},
  };
  for (const Row& row : rows) {
    const std::vector<Target> targets = targets_on(row.host, row.slices);
    Names names;
    for (const std::size_t i : tier_targets(targets)) names.push_back(targets[i].name);
    EXPECT_EQ(names, row.want) << row.name;
  }
}

TEST(FindTargetNamed, BothSpellingsAndTheNearestOfWhatIsWrong) {
  std::vector<Target> targets = targets_on(qemu_linux(), slices_of_linux());
  EXPECT_EQ(find_target_named(targets, "aarch64/qemu-user").name, "arm64/qemu-user");
  try {
    find_target_named(targets, "arm64/qemu-usr");
    ADD_FAILURE() << "accepted";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::usage);
    EXPECT_NE(std::string(error.what()).find("did you mean 'arm64/qemu-user'?"), std::string::npos) << error.what();
  }
}

TEST(ApplyEnvironment, SetsOneVariableOfOneTarget) {
  std::vector<Target> targets = targets_on(qemu_linux(), slices_of_linux());
  const std::tuple<const char*, const char*, const char*> rows[] = {
      {"arm64/qemu-user:QEMU_CPU=max", "QEMU_CPU", "max"},
      {"aarch64/qemu-user:A=", "A", ""},
      {"arm64/qemu-user:B=c=d:e", "B", "c=d:e"},
  };
  for (const auto& [option, name, value] : rows) {
    apply_environment(targets, option);
    const Target& target = find_target_named(targets, "arm64/qemu-user");
    ASSERT_EQ(target.environment.count(name), 1u) << option;
    EXPECT_EQ(target.environment.at(name), value) << option;
  }
  EXPECT_TRUE(find_target_named(targets, "x86_64-v2/native").environment.empty());
  for (const char* option : {"", "arm64/qemu-user", "arm64/qemu-user:A", "arm64/qemu-user:=v", "A=B", "no/target:A=B", "A=B:C"}) {
    EXPECT_THROW(apply_environment(targets, option), Error) << option;
  }
}

TEST(CommandLine, CanBePastedIntoAShell) {
  Target target;
  target.command = {"/opt/a folder/qemu", "-cpu", "max", "/opt/m1bench-arm64", "worker"};
  EXPECT_EQ(command_line(target), "'/opt/a folder/qemu' -cpu max /opt/m1bench-arm64 worker");
  target.environment = {{"A", "it's"}, {"B", ""}};
  EXPECT_EQ(command_line(target), "env 'A=it'\\''s' B= '/opt/a folder/qemu' -cpu max /opt/m1bench-arm64 worker");
}

}  // namespace
}  // namespace m1bench
