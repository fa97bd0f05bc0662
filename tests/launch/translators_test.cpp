// SPDX-License-Identifier: Apache-2.0
#include "launch/translators.hpp"

#include <gtest/gtest.h>

#include <map>
#include <string>
#include <vector>

#include "launch/launch_hosts.hpp"
#include "m1bench/core/error.hpp"

namespace m1bench {
namespace {

using Words = std::vector<std::string>;

// Those that can be used, by "name guest"; what stands in the table twice is told apart by its guest.
std::map<std::string, Words> usable(const LaunchHost& host) {
  std::map<std::string, Words> found;
  for (const Translator& row : translators_for(host)) {
    if (row.available()) found[row.name + " " + row.guest_arch] = row.prefix;
  }
  return found;
}

TEST(Translators, WhatEachMachineCanUse) {
  struct Row {
    const char* name;
    LaunchHost host;
    std::map<std::string, Words> want;
  };
  const Row rows[] = {
      {"linux x86_64", bare_linux(), {{"native x86_64", {}}}},
      {"linux x86_64 with qemu-user",
       qemu_linux(),
       {{"native x86_64", {}}, {"qemu-user arm64", {"/usr/bin/qemu-aarch64"}}, {"qemu-user x86_64", {"/usr/bin/qemu-x86_64"}}}},
      {"linux x86_64 with a static qemu",
       host_with("linux", "x86_64", {"qemu-aarch64-static"}),
       {{"native x86_64", {}}, {"qemu-user arm64", {"/usr/bin/qemu-aarch64-static"}}}},
      {"linux arm64 with everything",
       arm_linux(),
       {{"native arm64", {}},
        {"box64 x86_64", {"/usr/bin/box64"}},
        {"fex x86_64", {"/usr/bin/FEXInterpreter"}},
        {"qemu-user x86_64", {"/usr/bin/qemu-x86_64-static"}},
        {"rosetta-linux x86_64", {"/media/rosetta/rosetta"}}}},
      {"macos arm64",
       apple_silicon(),
       {{"native arm64", {"/usr/bin/arch", "-arm64"}}, {"rosetta2 x86_64", {"/usr/bin/arch", "-x86_64"}}}},
      {"macos x86_64", intel_mac(), {{"native x86_64", {}}}},
  };
  for (const Row& row : rows) EXPECT_EQ(usable(row.host), row.want) << row.name;
}

TEST(Translators, TheFirstOfTwoNamesIsPreferred) {
  const auto found = usable(host_with("linux", "arm64", {"FEX", "FEXInterpreter"}));
  EXPECT_EQ(found.at("fex x86_64"), Words{"/usr/bin/FEX"});
}

TEST(Translators, ABinfmtEntryCountsByTheNameOfItsInterpreterAndOnlyWhenEnabled) {
  const std::pair<BinfmtEntry, bool> rows[] = {
      {{"RosettaLinux", "/media/rosetta/rosetta", "", true}, true},   {{"vz", "/run/rosetta/rosetta", "", true}, true},
      {{"RosettaLinux", "/media/rosetta/rosetta", "", false}, false}, {{"rosetta", "/usr/bin/qemu-x86_64", "", true}, false},
      {{"rosetta", "/usr/bin/not-rosetta", "", true}, false},         {{"rosetta", "", "", true}, false},
  };
  for (const auto& [entry, found] : rows) {
    EXPECT_EQ(usable(host_with("linux", "arm64", {}, {entry})).count("rosetta-linux x86_64"), found ? 1u : 0u)
        << entry.interpreter;
  }
}

TEST(Translators, WhatIsMissingIsSaidWithItsRemedy) {
  const std::tuple<LaunchHost, const char*, const char*, const char*, const char*> rows[] = {
      {bare_linux(), "qemu-user", "arm64", "qemu-aarch64 is not installed", "apt install qemu-user"},
      {bare_linux(), "qemu-user", "x86_64", "qemu-x86_64 is not installed", "apt install qemu-user"},
      {bare_linux(), "rosetta2", "x86_64", "only on arm64 macOS", ""},
      {bare_linux(), "box64", "x86_64", "only on arm64 Linux", ""},
      {host_with("linux", "arm64", {}), "box64", "x86_64", "box64 is not installed", "install box64 (https://box86.org)"},
      {host_with("linux", "arm64", {}), "fex", "x86_64", "FEX is not installed", "install FEX (https://fex-emu.com)"},
      {host_with("linux", "arm64", {}), "rosetta-linux", "x86_64", "no binfmt_misc entry names an interpreter called rosetta",
       "start the virtual machine with Rosetta enabled"},
      {apple_silicon(), "qemu-user", "x86_64", "only on Linux", ""},
      {intel_mac(), "rosetta2", "x86_64", "only on arm64 macOS", ""},
  };
  for (const auto& [host, name, guest, cause, remedy] : rows) {
    bool met = false;
    for (const Translator& row : translators_for(host)) {
      if (row.name != name || row.guest_arch != guest) continue;
      met = true;
      EXPECT_FALSE(row.available()) << name;
      EXPECT_EQ(row.cause, cause) << name;
      EXPECT_EQ(row.remedy, remedy) << name;
    }
    EXPECT_TRUE(met) << name;
  }
}

TEST(Translators, AnAvailableOneHasNeitherCauseNorRemedy) {
  for (const LaunchHost& host : {qemu_linux(), arm_linux(), apple_silicon(), intel_mac()}) {
    for (const Translator& row : translators_for(host)) {
      EXPECT_TRUE(!row.available() || row.remedy.empty()) << row.name;
    }
  }
}

TEST(Translators, Box64IsToldToKeepItsBannerToItself) {
  for (const Translator& row : translators_for(arm_linux())) {
    EXPECT_EQ(row.environment.count("BOX64_NOBANNER"), row.name == "box64" ? 1u : 0u) << row.name;
  }
}

TEST(Translators, SettingsThatWereInheritedAreTold) {
  using Environment = std::map<std::string, std::string>;
  LaunchHost host = apple_silicon();
  host.environment = {"PATH=/bin", "ROSETTA_ADVERTISE_AVX=1", "QEMU_CPU=max", "ROSETTA_", "ROSETTA_EMPTY="};
  for (const Translator& translator : translators_for(host)) {
    if (translator.name == "rosetta2") {
      EXPECT_EQ(translator.environment, (Environment{{"ROSETTA_ADVERTISE_AVX", "1"}, {"ROSETTA_EMPTY", ""}}));
    } else if (translator.name == "native") {
      EXPECT_EQ(translator.environment, Environment());
    }
  }
}

TEST(ParseTranslator, WellFormed) {
  struct Row {
    const char* option;
    const char* name;
    const char* guest_arch;
    Words slices, prefix;
  };
  const Row rows[] = {
      {"mine=qemu-aarch64", "mine", "arm64", {}, {"qemu-aarch64"}},
      {"mine:arm64=qemu-aarch64 -cpu max", "mine", "", {"arm64"}, {"qemu-aarch64", "-cpu", "max"}},
      {"mine:aarch64,x86_64-v3=run", "mine", "", {"arm64", "x86_64-v3"}, {"run"}},
      {"mine='/a folder/qemu' -E A=B", "mine", "arm64", {}, {"/a folder/qemu", "-E", "A=B"}},
      {"my-qemu_9.0=a:b", "my-qemu_9.0", "arm64", {}, {"a:b"}},
  };
  for (const Row& row : rows) {
    const Translator translator = parse_translator(row.option, bare_linux());
    EXPECT_EQ(translator.name, row.name) << row.option;
    EXPECT_EQ(translator.guest_arch, row.guest_arch) << row.option;
    EXPECT_EQ(translator.slices, row.slices) << row.option;
    EXPECT_EQ(translator.prefix, row.prefix) << row.option;
    EXPECT_TRUE(translator.custom) << row.option;
    EXPECT_TRUE(translator.available()) << row.option;
  }
}

TEST(ParseTranslator, WithoutSlicesItServesTheOtherArchitecture) {
  EXPECT_EQ(parse_translator("mine=run", apple_silicon()).guest_arch, "x86_64");
  EXPECT_EQ(parse_translator("mine=run", arm_linux()).guest_arch, "x86_64");
  EXPECT_EQ(parse_translator("mine=run", intel_mac()).guest_arch, "arm64");
}

TEST(ParseTranslator, Malformed) {
  const std::pair<const char*, const char*> rows[] = {
      {"", "expected NAME[:SLICE,...]=WORDS"},
      {"mine", "expected NAME[:SLICE,...]=WORDS"},
      {"=run", "expected NAME[:SLICE,...]=WORDS"},
      {":arm64=run", "one word"},
      {"a/b=run", "one word"},
      {"a b=run", "one word"},
      {"a,b=run", "one word"},
      {"native=run", "not `native`"},
      {"native:arm64=run", "not `native`"},
      {"mine:arm32=run", "no slice 'arm32'"},
      {"mine:=run", "no slice ''"},
      {"mine:arm64,=run", "no slice ''"},
      {"mine=", "no command"},
      {"mine=  ", "no command"},
      {"mine='run", "quote"},
  };
  for (const auto& [option, fragment] : rows) {
    try {
      parse_translator(option, bare_linux());
      ADD_FAILURE() << option << " was accepted";
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::usage) << option;
      EXPECT_NE(std::string(error.what()).find(fragment), std::string::npos) << option << ": " << error.what();
    }
  }
}

}  // namespace
}  // namespace m1bench
