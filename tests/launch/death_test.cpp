// SPDX-License-Identifier: Apache-2.0
#include "launch/death.hpp"

#include <gtest/gtest.h>

#include <cerrno>
#include <csignal>
#include <string>

#include "support/executables.hpp"

namespace m1bench {
namespace {

Target target_of(const char* slice, const char* translator) {
  Target target;
  target.slice = slice;
  target.translator = translator;
  target.name = target.slice + "/" + translator;
  target.command = {"/opt/" + target.slice, "worker"};
  return target;
}

bool holds(const std::string& text, const std::string& fragment) { return text.find(fragment) != std::string::npos; }

LastSeen ended(ChildExit exit, std::string error_tail = "") {
  return {ReadStatus::end, exit, std::move(error_tail), "", "`run`", 120};
}

TEST(ExplainDeath, CauseAndRemedy) {
  const Target native = target_of("x86_64-v4", "native"), qemu = target_of("arm64", "qemu-user"),
               rosetta = target_of("x86_64-v2", "rosetta2");
  struct Row {
    const char* name;
    Target target;
    LastSeen seen;
    const char* cause;
    const char* remedy;
  };
  const Row rows[] = {
      {"an instruction it does not have", native, ended({std::nullopt, SIGILL}), "killed by SIGILL during `run`",
       "use a lower tier"},
      {"killed", native, ended({std::nullopt, SIGKILL}), "killed by SIGKILL during `run`", "lack of memory"},
      {"crashed", native, ended({std::nullopt, SIGSEGV}), "killed by SIGSEGV", "by hand"},
      {"crashed and said so", native, ended({std::nullopt, SIGABRT}, "terminate called\nwhat(): oh\n\n"), "(it said: what(): oh)",
       "by hand"},
      {"a translator's exit code for a signal", qemu, ended({128 + SIGILL, std::nullopt}), "killed by SIGILL",
       "use a lower tier"},
      {"the same number of a native worker", native, ended({128 + SIGILL, std::nullopt}), "exit code 132", "by hand"},
      {"exit code", qemu, ended({3, std::nullopt}, "qemu: could not open\n"),
       "ended with exit code 3 during `run` (it said: qemu: could not open)", "run its command by hand"},
      {"left in good order", native, ended({0, std::nullopt}), "ended with exit code 0", "by hand"},
      {"no Rosetta", rosetta, ended({1, std::nullopt}, "arch: posix_spawnp: /opt/x: Bad CPU type in executable\n"),
       "found no way to run the x86_64-v2 slice", "softwareupdate --install-rosetta"},
      {"no answer",
       qemu,
       {ReadStatus::timed_out, {}, "", "", "`verify`", 1.5},
       "no answer to `verify` within 1.5",
       "--case-timeout"},
      {"no answer but words",
       qemu,
       {ReadStatus::timed_out, {}, "stuck\n", "", "`verify`", 1},
       "(it said: stuck)",
       "--case-timeout"},
      {"garbage",
       qemu,
       {ReadStatus::line, {}, "", "hello?", "start-up", 1},
       "not an answer during start-up: 'hello?'",
       "standard output"},
      {"too much garbage",
       qemu,
       {ReadStatus::too_long, {}, "", std::string(5000, 'x'), "start-up", 1},
       "not an answer",
       "standard output"},
  };
  for (const Row& row : rows) {
    const Death death = explain_death(row.target, row.seen);
    EXPECT_TRUE(holds(death.cause, row.cause)) << row.name << ": " << death.cause;
    EXPECT_TRUE(holds(death.remedy, row.remedy)) << row.name << ": " << death.remedy;
    EXPECT_FALSE(death.interrupted) << row.name;
    EXPECT_LE(death.cause.size(), 400u) << row.name;
  }
}

TEST(ExplainDeath, WhatTheChildSaidStaysOneLineOfPlainText) {
  const std::string nasty = "a\rb\x1b[31mc\x07\x7f" + std::string(1, '\0') + "d";
  const Target target = target_of("arm64", "mine");
  for (const LastSeen& seen :
       {LastSeen{ReadStatus::line, {}, "", nasty + "\ne", "start-up", 1}, ended({3, std::nullopt}, nasty)}) {
    const std::string cause = explain_death(target, seen).cause;
    for (const char c : cause) EXPECT_TRUE(static_cast<unsigned char>(c) >= ' ' && c != 0x7f) << cause;
  }
}

TEST(ExplainDeath, AnInterruptIsNobodysFault) {
  EXPECT_TRUE(explain_death(target_of("arm64", "mine"), {ReadStatus::interrupted, {}, "", "", "`run`", 1}).interrupted);
}

TEST(ExplainSpawnError, CauseAndRemedy) {
  const std::tuple<int, const char*, const char*> rows[] = {
      {ENOENT, "/opt/arm64 was not found", "install it"},
      {EACCES, "may not be executed", "permissions"},
      {ENOEXEC, "cannot execute /opt/arm64", "translator"},
      {EMFILE, "could not start", ""},
      {86, "found no way to run the arm64 slice", "softwareupdate --install-rosetta"},
  };
  for (const auto& [number, cause, remedy] : rows) {
    const Death death = explain_spawn_error(target_of("arm64", "mine"), {number, "/opt/arm64: reason"});
    EXPECT_TRUE(holds(death.cause, cause)) << death.cause;
    EXPECT_TRUE(holds(death.remedy, remedy)) << death.remedy;
  }
}

// What the file holds decides what "Bad CPU type in executable" means, whoever says it.
TEST(ExplainBadCpuType, TheFileDecides) {
  const Target rosetta = target_of("x86_64-v2", "rosetta2"), native = target_of("arm64", "native");
  const struct {
    const char* name;
    Target target;
    std::string file;
    const char* cause;
    const char* remedy;
  } rows[] = {
      {"complete", rosetta, fat_head({kMachX86_64, kMachArm64}), "Rosetta 2 is not installed",
       "softwareupdate --install-rosetta --agree-to-license"},
      {"the slice is missing", rosetta, fat_head({kMachArm64}), "/opt/x86_64-v2 holds arm64, no x86_64", "reinstall every slice"},
      {"thin and of another architecture", rosetta, mach_o_head(kMachArm64), "holds arm64, no x86_64", "reinstall every slice"},
      {"for Haswell alone", rosetta, MachO{kMachX86_64, 8}.file(), "holds x86_64h, no x86_64", "reinstall every slice"},
      {"an Intel Mac", native, fat_head({kMachX86_64, kMachArm64}), "cannot run the arm64 code", "leave it out"},
      {"of Linux", rosetta, elf_head(62), "is a program for Linux", "build for macOS"},
      {"damaged", rosetta, fat_head({}), "is damaged: promises 0 slices", "reinstall it"},
      {"text", rosetta, "#!/bin/sh\n", "is no program", "correct its path"},
  };
  for (const auto& row : rows) {
    const ExecutableFile file = read_executable(row.file);
    const std::string said = "arch: posix_spawnp: /opt/x: Bad CPU type in executable\n";
    for (const Death& death : {explain_death(row.target, ended({1, std::nullopt}, said), file),
                               explain_spawn_error(row.target, {86, "/opt/x: Bad CPU type in executable"}, file)}) {
      EXPECT_TRUE(holds(death.cause, row.cause)) << row.name << ": " << death.cause;
      EXPECT_TRUE(holds(death.remedy, row.remedy)) << row.name << ": " << death.remedy;
    }
  }
}

TEST(ExplainSpawnError, WhatAFileThatCannotBeExecutedHolds) {
  const auto cause = [](const std::string& file) {
    return explain_spawn_error(target_of("arm64", "native"), {ENOEXEC, "/opt/arm64: reason"}, read_executable(file)).cause;
  };
  EXPECT_EQ(cause(elf_head(183)), "this machine cannot execute /opt/arm64, which holds arm64");
  EXPECT_EQ(cause("text"), "/opt/arm64 is no program");
  EXPECT_EQ(cause(elf_head(183).substr(0, 20)), "/opt/arm64 is damaged: ends within its header");
}

TEST(WorkerFile, TheWordBeforeWorker) {
  Target target = target_of("x86_64-v2", "rosetta2");
  target.command = {"/usr/bin/arch", "-x86_64", "/opt/m1bench", "worker"};
  EXPECT_EQ(worker_file(target), "/opt/m1bench");
  target.command = {"worker"};
  EXPECT_EQ(worker_file(target), "");
}

Hello hello_of(const char* arch, const char* slice, const char* translator) {
  Hello hello;
  hello.protocol = kProtocol;
  hello.build_id = "b1";
  hello.arch = arch;
  hello.slice = slice;
  hello.translator = translator;
  return hello;
}

TEST(Refuse, WhoeverIsNotWhatWasAskedFor) {
  Hello newer = hello_of("arm64", "arm64", "qemu-user"), rebuilt = newer;
  newer.protocol = kProtocol + 1;
  rebuilt.build_id = "b2";
  struct Row {
    const char* name;
    Target target;
    Hello hello;
    const char* cause;  // "" if it is welcome
  };
  const Row rows[] = {
      {"native as asked", target_of("x86_64-v2", "native"), hello_of("x86_64", "x86_64-v2", "native"), ""},
      {"qemu as asked", target_of("arm64", "qemu-user"), hello_of("arm64", "arm64", "qemu-user"), ""},
      {"rosetta as asked", target_of("x86_64-v2", "rosetta2"), hello_of("x86_64", "x86_64-v2", "rosetta2"), ""},
      {"one's own, around another", target_of("arm64", "mine"), hello_of("arm64", "arm64", "qemu-user"), ""},
      {"one's own, that does not show", target_of("x86_64-v2", "mine"), hello_of("x86_64", "x86_64-v2", "native"), ""},
      {"another protocol", target_of("arm64", "qemu-user"), newer, "speaks protocol 4, not 3"},
      {"another tier", target_of("x86_64-v2", "native"), hello_of("x86_64", "x86_64-v3", "native"),
       "asked for the slice x86_64-v2, but x86_64-v3 answered"},
      {"another architecture", target_of("x86_64-v2", "native"), hello_of("arm64", "x86_64-v2", "native"),
       "asked for the slice x86_64-v2"},
      {"native that is translated", target_of("x86_64-v2", "native"), hello_of("x86_64", "x86_64-v2", "rosetta2"),
       "runs under rosetta2"},
      {"rosetta that is native", target_of("x86_64-v2", "rosetta2"), hello_of("x86_64", "x86_64-v2", "native"), "reports native"},
      {"another build", target_of("arm64", "qemu-user"), rebuilt, "is of another build (b2, not b1)"},
  };
  for (const Row& row : rows) {
    const auto death = refuse(row.target, row.hello, "b1");
    EXPECT_EQ(death.has_value(), row.cause[0] != '\0') << row.name;
    if (!death) continue;
    EXPECT_TRUE(holds(death->cause, row.cause)) << row.name << ": " << death->cause;
    EXPECT_FALSE(death->remedy.empty()) << row.name;
  }
}

}  // namespace
}  // namespace m1bench
