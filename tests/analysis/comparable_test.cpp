// SPDX-License-Identifier: Apache-2.0
#include "analysis/comparable.hpp"

#include <gtest/gtest.h>

#include <functional>

#include "analysis/gate_runs.hpp"
#include "analysis/recorded.hpp"

namespace m1bench {
namespace {

using Record = m1bench::Run;  // testing::Test has a Run of its own

std::string text_of(const std::vector<Difference>& rows) {
  std::string text;
  for (const Difference& row : rows) text += row.field + ": " + row.base + " | " + row.head + "\n";
  return text;
}

struct Row {
  const char* name;
  std::function<void(Record&)> change;  // of head
  std::string want;
};

const Row kUnlike[] = {
    {"build type", [](Record& run) { run.tool.build_type = "Debug"; }, "tool.build_type: Release | Debug\n"},
    {"strict arithmetic", [](Record& run) { run.tool.strict_fp = true; }, "tool.strict_fp: no | yes\n"},
    {"library", [](Record& run) { run.tool.libraries["Eigen3"] = "3.3.9"; }, "tool.libraries.Eigen3: 3.4.0 | 3.3.9\n"},
    {"quick", [](Record& run) { run.session.quick = true; }, "session.quick: no | yes\n"},
    {"baseline", [](Record& run) { run.session.baseline = kGateOther; },
     "session.baseline: x86_64-v3/native | x86_64-v2/native\n"},
    {"machine", [](Record& run) { run.machine.id = "other"; }, "machine.id: 77aa0c1d | other\n"},
    {"processor", [](Record& run) { run.machine.cpu = "M1"; }, "machine.cpu: Intel(R) Xeon(R) E-2388G CPU @ 3.20GHz | M1\n"},
    {"processors", [](Record& run) { run.machine.logical_cpus = 2; }, "machine.logical_cpus: 16 | 2\n"},
    {"architecture", [](Record& run) { run.machine.arch = "arm64"; }, "machine.arch: x86_64 | arm64\n"},
    {"virtual machine", [](Record& run) { run.machine.virtual_machine = "KVM"; }, "machine.virtual_machine: none | KVM\n"},
    {"system", [](Record& run) { run.machine.os = "Debian GNU/Linux 13 (trixie)"; },
     "machine.os: Debian GNU/Linux 12 | Debian GNU/Linux 13\n"},
    {"slice", [](Record& run) { run.targets[1].slice = "x86_64-v4"; }, "slice of x86_64-v2/native: x86_64-v2 | x86_64-v4\n"},
    {"translator", [](Record& run) { run.targets[1].translator = "box64"; }, "translator of x86_64-v2/native: native | box64\n"},
    {"environment",
     [](Record& run) {
       run.targets[1].environment = {{"QEMU_CPU", "max"}};
     },
     "environment.QEMU_CPU of x86_64-v2/native: none | max\n"},
    {"parameter", [](Record& run) { run.cases[0].parameters["m"] = "255"; }, "parameters.m of matmul/f32/256: 256 | 255\n"},
    {"no parameter", [](Record& run) { run.cases[0].parameters.erase("m"); }, "parameters.m of matmul/f32/256: 256 | none\n"},
    {"variant", [](Record& run) { run.cases[0].variant = "blocked"; }, "variant of matmul/f32/256: eigen | blocked\n"},
    {"type", [](Record& run) { run.cases[0].dtype = "f64"; }, "dtype of matmul/f32/256: f32 | f64\n"},
    {"cost", [](Record& run) { run.cases[0].flop = 2e6; }, "flop of matmul/f32/256: 1000000 | 2000000\n"},
    {"traffic", [](Record& run) { run.cases[0].bytes = 0; }, "bytes of matmul/f32/256: 3000000 | 0\n"},
    {"rows", [](Record& run) { run.cases[0].samples = 32; }, "samples of matmul/f32/256: 0 | 32\n"},
    {"seed of all",
     [](Record& run) {
       for (Case& item : run.cases) item.seed = 2;
     },
     "seed of every case: 1 | 2\n"},
    {"threads of two", [](Record& run) { run.cases[1].threads = run.cases[2].threads = 4; },
     "threads of elementwise/add and 1 more: 1 | 4\n"},
    {"inputs",
     [](Record& run) {
       for (Verification& check : run.verifications) check.input_checksum = "bad";
     },
     "input_checksum of every case: 03f5a1b2c3d4e5f6 | bad\n"},
};

TEST(Comparable, NamesTheFieldThatDiffers) {
  const Record base = usual_run("base", {});
  for (const Row& row : kUnlike) {
    Record head = usual_run("head", {.seed = 2});
    row.change(head);
    EXPECT_EQ(text_of(differences_between(base, head)), row.want) << row.name;
    EXPECT_EQ(differences_between(head, base).size(), 1u) << row.name << ", the other way around";
  }
}

// Two command lines, as `exec` records them.
Record exec_record(const std::string& native, const std::string& sha256) {
  Record run = usual_run("exec", {});
  for (Case& item : run.cases) item.family = "exec";
  for (Target& target : run.targets) target.command = {native, "-9", "a file"}, target.sha256 = sha256;
  return run;
}

TEST(Comparable, ProgramsOfTheUsersAreTheirCommandLines) {
  const Record base = exec_record("gzip", "aa");
  EXPECT_EQ(text_of(differences_between(base, exec_record("gzip", "bb"))), "") << "another build of it is there to be judged";
  EXPECT_EQ(text_of(differences_between(base, exec_record("bzip2", "aa"))),
            "command of x86_64-v3/native: gzip -9 'a file' | bzip2 -9 'a file'\n"
            "command of x86_64-v2/native: gzip -9 'a file' | bzip2 -9 'a file'\n");
  Record moved = usual_run("head", {});
  moved.targets[0].command = {"/elsewhere/m1bench-worker"};
  EXPECT_EQ(text_of(differences_between(usual_run("base", {}), moved)), "") << "where a worker lies says nothing";
}

TEST(Recorded, WhatStandsForTheBuildOfAProgramIsTheProgram) {
  const std::string of_one = recorded(exec_record("gzip", "aa")).build_id;
  EXPECT_EQ(of_one, "aa");
  EXPECT_NE(recorded(exec_record("gzip", "bb")).build_id, of_one);
  Record unknown = exec_record("gzip", "");
  for (Target& target : unknown.targets) target.sha256.reset();
  unknown.targets[1].command = {"qemu-x86_64", "gzip"};
  EXPECT_EQ(recorded(unknown).build_id, "gzip -9 'a file' qemu-x86_64 gzip");
  EXPECT_EQ(recorded(usual_run("base", {})).build_id, usual_run("base", {}).tool.build_id);
}

TEST(Comparable, LetsDifferWhatAGateIsThereToJudge) {
  const Row kRows[] = {
      {"nothing", [](Record&) {}, ""},
      {"compiler", [](Record& run) { run.tool.compiler = run.targets[0].hello->compiler = "clang 19"; }, ""},
      {"flags", [](Record& run) { run.tool.flags = "-O2"; }, ""},
      {"sources", [](Record& run) { run.tool.commit = run.tool.build_id = "1234"; }, ""},
      {"answers",
       [](Record& run) {
         for (Verification& check : run.verifications) check.output_checksum = "rounded";
       },
       ""},
      {"a library of the driver", [](Record& run) { run.tool.libraries["CLI11"] = "1"; }, ""},
      {"an injected slowdown", [](Record& run) { run.targets[0].slowdown[kGateMatmul] = 1.05; }, ""},
      {"patience", [](Record& run) { run.session.thorough = true, run.session.budget_s = 1; }, ""},
      {"a minor version of the system", [](Record& run) { run.machine.os = "Debian GNU/Linux 12.5"; }, ""},
      {"the kernel", [](Record& run) { run.machine.kernel = "6.1.0-19-amd64"; }, ""},
      {"a machine without an id", [](Record& run) { run.machine.id.reset(); }, ""},
      {"inputs that nobody recorded",
       [](Record& run) {
         for (Verification& check : run.verifications) check.input_checksum = "";
       },
       ""},
      {"a case that base has not", [](Record& run) { run.cases.emplace_back().name = "new"; }, ""},
      {"a target that cannot run", [](Record& run) { run.targets[1].available = false, run.targets[1].slice = "x"; }, ""},
  };
  const Record base = usual_run("base", {});
  for (const Row& row : kRows) {
    Record head = usual_run("head", {.seed = 2});
    row.change(head);
    EXPECT_EQ(text_of(differences_between(base, head)), row.want) << row.name;
    EXPECT_EQ(text_of(differences_between(head, base)), row.want) << row.name << ", the other way around";
  }
}

TEST(Comparable, ATranslatorsVersionMattersOnceBothKnowIt) {
  Record base = usual_run("base", {}), head = usual_run("head", {});
  base.targets[1].translator_version = "7.2";
  EXPECT_EQ(text_of(differences_between(base, head)), "");
  head.targets[1].translator_version = "9.1";
  EXPECT_EQ(text_of(differences_between(base, head)), "translator_version of x86_64-v2/native: 7.2 | 9.1\n");
}

TEST(Comparable, ShardsAreComparedMachineByMachine) {
  const auto merged = [](const std::string& id, const char* second_cpu) {
    Record run = usual_run(id, {});
    run.session.merged.resize(2);
    for (MergedShard& shard : run.session.merged) shard.machine = run.machine;
    run.session.merged[1].machine.cpu = second_cpu;
    return run;
  };
  const Record base = merged("base", "M1");
  EXPECT_EQ(text_of(differences_between(base, merged("head", "M1"))), "");
  EXPECT_EQ(text_of(differences_between(base, merged("head", "M4"))), "machine.cpu of elementwise/add: M1 | M4\n")
      << "the second of three cases is of the second shard";
  EXPECT_EQ(text_of(differences_between(merged("base", base.machine.cpu.c_str()), usual_run("head", {}))), "");
}

TEST(Comparable, SidesOfOneRunDifferByTheirTargetsOnly) {
  Record run = ab_run("ab", {});
  EXPECT_EQ(text_of(differences_between_sides(run)), "");
  run.targets[1].slice = "x86_64-v3";
  EXPECT_EQ(text_of(differences_between_sides(run)), "slice of x86_64-v2/native: x86_64-v2 | x86_64-v3\n");
}

}  // namespace
}  // namespace m1bench
