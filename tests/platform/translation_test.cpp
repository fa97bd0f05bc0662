// SPDX-License-Identifier: Apache-2.0
#include "platform/translation.hpp"

#include <gtest/gtest.h>

namespace m1bench {
namespace {

constexpr const char* kWorker = "/opt/m1bench/m1bench-x86_64-v2";
constexpr const char* kEpyc = "AMD EPYC 7763 64-Core Processor";
constexpr const char* kTcg = "QEMU TCG CPU version 2.5+";

TEST(Translation, Evidence) {
  struct Row {
    const char* name;
    TranslationEvidence evidence;
    const char* translator;
  };
  const Row rows[] = {
      {"x86 on bare metal", {kWorker, kWorker, "m1bench-x86_64-\n", "\x01\x02", kEpyc, kEpyc}, "native"},
      {"x86 in KVM", {kWorker, kWorker, "m1bench\n", "KVMKVMKVM", kEpyc, kEpyc}, "native"},
      {"arm64 on arm64", {kWorker, kWorker, "m1bench\n", "", "", "Cortex-A76"}, "native"},
      {"nothing to see", {}, "native"},
      {"qemu-x86_64 7.2", {kWorker, "/usr/bin/qemu-x86_64", "qemu-x86_64\n", "TCGTCGTCGTCG", kTcg, kEpyc}, "qemu-user"},
      {"qemu-aarch64 7.2", {kWorker, "/usr/bin/qemu-aarch64", "qemu-aarch64\n", "", "", kEpyc}, "qemu-user"},
      {"qemu through binfmt", {kWorker, "/usr/bin/qemu-aarch64-static", "m1bench\n", "", "", kEpyc}, "qemu-user"},
      {"qemu, /proc all faked", {kWorker, kWorker, "qemu-aarch64\n", "", "", ""}, "qemu-user"},
      {"qemu under another name", {kWorker, "/opt/emulator", "m1bench\n", "TCGTCGTCGTCG", kTcg, kTcg}, "qemu-user"},
      {"qemu, transparent", {kWorker, kWorker, "m1bench\n", "TCGTCGTCGTCG", kTcg, kEpyc}, "qemu-user"},
      {"whole machine in QEMU TCG", {kWorker, kWorker, "m1bench\n", "TCGTCGTCGTCG", kTcg, kTcg}, "native"},
      {"box64", {kWorker, kWorker, "box64\n", "", "Box64 v0.3.2 on Cortex-A76 @2.40 GHz", "Cortex-A76"}, "box64"},
      {"FEX", {kWorker, "/usr/bin/FEX", "m1bench\n", "FEXIFEXIEMU", "Cortex-A78", "Cortex-A78"}, "fex"},
      {"FEX, by its program", {kWorker, "/usr/bin/FEXInterpreter", "", "", "", ""}, "fex"},
      {"Rosetta, new", {kWorker, kWorker, "m1bench\n", "", "VirtualApple @ 2.50GHz", "VirtualApple @ 2.50GHz"}, "rosetta-linux"},
      {"Rosetta, by its program", {kWorker, "/mnt/lima-rosetta/rosetta", "m1bench\n", "", "", ""}, "rosetta-linux"},
      {"Rosetta of OrbStack", {kWorker, "/mnt/rv/[rosetta]", "m1bench\n", "", "", ""}, "rosetta-linux"},
      {"unknown here", {kWorker, "/usr/bin/blink", "m1bench\n", "", "", ""}, "blink"},
  };
  for (const Row& row : rows) EXPECT_EQ(linux_translator(row.evidence), row.translator) << row.name;
}

}  // namespace
}  // namespace m1bench
