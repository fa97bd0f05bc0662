// SPDX-License-Identifier: Apache-2.0
#include "exec/program_targets.hpp"

#include <gtest/gtest.h>

#include "m1bench/core/error.hpp"

namespace m1bench {
namespace {

// A machine that has these programs.
LaunchHost host_with(const std::string& os, const std::string& arch, std::vector<std::string> programs) {
  LaunchHost host;
  host.os = os;
  host.arch = arch;
  host.find_program = [programs](const std::string& wanted) -> std::optional<std::string> {
    for (const std::string& program : programs) {
      if (program == wanted || program == "/usr/bin/" + wanted) return program;
    }
    return std::nullopt;
  };
  return host;
}

ExecutableFile file_of(std::vector<std::string> archs) {
  ExecutableFile file{ExecutableFormat::elf, ExecutableKind::program, {}, ""};
  for (const std::string& arch : archs) file.slices.push_back({.arch = arch, .kind = ExecutableKind::program});
  return file;
}

std::string names(const std::vector<Target>& targets) {
  std::string text;
  for (const Target& target : targets) text += target.name + " ";
  return text;
}

std::string refusal(const std::function<void()>& act) {
  try {
    act();
  } catch (const Error& error) {
    return error.what();
  }
  return "";
}

TEST(ProgramTargets, AreEveryWayInWhichItRunsHere) {
  const struct {
    const char *os, *arch;
    std::vector<std::string> programs, archs;
    const char* names;
  } rows[] = {
      {"macos", "arm64", {"/usr/bin/arch"}, {"x86_64", "arm64"}, "x86_64/rosetta2 arm64/native "},
      {"linux", "x86_64", {"/usr/bin/qemu-x86_64"}, {"x86_64"}, "x86_64/native x86_64/qemu-user "},
      {"linux", "arm64", {"/usr/bin/qemu-x86_64", "/usr/bin/box64"}, {"x86_64"}, "x86_64/qemu-user x86_64/box64 "},
  };
  for (const auto& row : rows) {
    const LaunchHost host = host_with(row.os, row.arch, row.programs);
    EXPECT_EQ(names(targets_of_program({"./p", "-x"}, file_of(row.archs), host, translators_for(host))), row.names) << row.arch;
  }
}

TEST(ProgramTargets, RunTheWordsThroughTheTranslator) {
  const LaunchHost host = host_with("linux", "arm64", {"/usr/bin/qemu-x86_64", "/usr/bin/box64"});
  const std::vector<Target> targets = targets_of_program({"./p", "-x"}, file_of({"x86_64"}), host, translators_for(host));
  EXPECT_EQ(targets[1].command, (std::vector<std::string>{"/usr/bin/box64", "./p", "-x"}));
  EXPECT_EQ(targets[1].environment.at("BOX64_NOBANNER"), "1");
  EXPECT_EQ(targets[1].slice, "x86_64");
}

TEST(ProgramTargets, OfAProgramWithOneWayToRunSayWhatIsMissing) {
  const LaunchHost host = host_with("linux", "x86_64", {"/usr/bin/qemu-aarch64"});
  const auto all = translators_for(host);
  EXPECT_EQ(refusal([&] { targets_of_program({"./p"}, file_of({"x86_64"}), host, all); }),
            "./p holds x86_64 code, and the one way to run it here is native, without qemu-user (qemu-x86_64 is not installed; apt install "
            "qemu-user); give both command lines with --native CMD --translated CMD");
  EXPECT_EQ(refusal([&] { targets_of_program({"./p"}, file_of({"arm64"}), host, all); }),
            "./p holds arm64 code, and the one way to run it here is qemu-user; give both command lines with --native CMD --translated CMD");
  EXPECT_EQ(refusal([&] { targets_of_program({"./p"}, {}, host, all); }),
            "./p is a script or of no known format, which holds no machine code of its own; give both command lines with --native CMD --translated CMD");
}

TEST(ProgramTargets, OfCommandLinesAreNamedByTheUser) {
  const std::vector<std::string> lines{"qemu-aarch64 './my prog' a", "box=box64 ./p", "QEMU.v=x ./p=1"};
  const std::vector<Target> targets = targets_of_commands("./p a", lines);
  EXPECT_EQ(names(targets), "native translated box QEMU.v ");
  EXPECT_EQ(targets[1].command, (std::vector<std::string>{"qemu-aarch64", "./my prog", "a"}));
  EXPECT_EQ(targets[3].command, (std::vector<std::string>{"x", "./p=1"}));
  EXPECT_EQ(targets[0].translator, "native");
  EXPECT_EQ(targets[1].translator, "qemu-user");  // known by its program
  EXPECT_EQ(targets[3].translator, "QEMU.v");
  EXPECT_TRUE(targets[1].named);
}

TEST(ProgramTargets, OfCommandLinesThatMakeNoSenseAreRefused) {
  EXPECT_NE(refusal([] { targets_of_commands("./p", {}); }), "");
  EXPECT_NE(refusal([] { targets_of_commands("", std::vector<std::string>{"q ./p"}); }), "");
  EXPECT_NE(refusal([] { targets_of_commands("./p", std::vector<std::string>{"n="}); }), "");
  EXPECT_NE(refusal([] { targets_of_commands("./p 'x", std::vector<std::string>{"q ./p"}); }), "");
  EXPECT_EQ(refusal([] { targets_of_commands("./p", std::vector<std::string>{"q ./p", "r ./p"}); }),
            "two targets are called translated; name them: --translated NAME='r ./p'");
}

TEST(ProgramTargets, AreCalledAfterTheFile) {
  EXPECT_EQ(program_name({"/usr/bin/gzip", "-c"}), "gzip");
  EXPECT_EQ(program_name({"gzip"}), "gzip");
  EXPECT_EQ(program_name({"./a/"}), "a");
}

}  // namespace
}  // namespace m1bench
