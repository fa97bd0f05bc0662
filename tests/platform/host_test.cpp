// SPDX-License-Identifier: Apache-2.0
#include "platform/host.hpp"

#include <gtest/gtest.h>

#include "platform/files.hpp"
#include "platform/linux_facts.hpp"
#include "platform/macos_facts.hpp"

namespace m1bench {
namespace {

std::string captured(const std::string& name) {
  return read_file(std::string(M1BENCH_TEST_DATA "/host/") + name + ".txt", 1 << 20);
}

// The files that one Linux machine would show (tests/data/host/README.md), as `tail -n +1 FILE...` prints them.
ReadText captured_files(const std::string& name) {
  std::map<std::string, std::string> files;
  std::string text = "\n" + captured(name), path;
  for (std::size_t at = text.find("\n==> "); at != std::string::npos;) {
    const std::size_t path_end = text.find(" <==\n", at), next = text.find("\n==> ", path_end);
    files[text.substr(at + 5, path_end - at - 5)] =
        text.substr(path_end + 5, next == std::string::npos ? next : next - path_end - 5);
    at = next;
  }
  return [files](const std::string& wanted) {
    const auto found = files.find(wanted);
    return found == files.end() ? std::nullopt : std::optional(found->second);
  };
}

// What `sysctl` prints on a Mac.
Sysctl captured_sysctl(const std::string& name) {
  const auto values = parse_key_value_lines(captured(name), ':');
  const auto text = [values](const std::string& wanted) {
    const auto found = values.find(wanted);
    return found == values.end() ? std::nullopt : std::optional(found->second);
  };
  const auto number = [text](const std::string& wanted) -> std::optional<std::int64_t> {
    const auto found = text(wanted);
    return found ? std::optional<std::int64_t>(std::stoll(*found)) : std::nullopt;
  };
  return {text, number};
}

using Bytes = std::optional<std::uint64_t>;
constexpr std::uint64_t kKiB = 1024;

void expect_level(const HostLevel& level, const std::string& name, int cores, Bytes l1d, Bytes l2, Bytes l3, std::size_t cpus) {
  SCOPED_TRACE("level " + name);
  EXPECT_EQ(level.name, name);
  EXPECT_EQ(level.cores, cores);
  EXPECT_EQ(level.l1d_bytes, l1d);
  EXPECT_EQ(level.l2_bytes, l2);
  EXPECT_EQ(level.l3_bytes, l3);
  EXPECT_EQ(level.cpus.size(), cpus);
}

TEST(LinuxFacts, EpycVirtualMachine) {
  const HostFacts facts = linux_host_facts(captured_files("epyc-vm"), "");
  EXPECT_EQ(facts.os, "Debian GNU/Linux 12 (bookworm)");
  EXPECT_EQ(facts.kernel, "Linux 6.1.0-28-cloud-amd64");
  EXPECT_EQ(facts.cpu, "AMD EPYC 7763 64-Core Processor");
  EXPECT_EQ(facts.logical_cpus, 4);
  EXPECT_EQ(facts.memory_bytes, 16367708 * kKiB);
  EXPECT_EQ(facts.virtual_machine, "Hyper-V");
  EXPECT_EQ(facts.governor, std::nullopt);
  ASSERT_EQ(facts.levels.size(), 1u);
  expect_level(facts.levels[0], "", 2, 32 * kKiB, 512 * kKiB, 32768 * kKiB, 4);
}

TEST(LinuxFacts, IntelHybridLaptop) {
  const HostFacts facts = linux_host_facts(captured_files("i7-1255u-laptop"), "\x03\x02garbage");
  EXPECT_EQ(facts.os, "Fedora Linux 40 (Workstation Edition)");
  EXPECT_EQ(facts.cpu, "12th Gen Intel(R) Core(TM) i7-1255U");
  EXPECT_EQ(facts.virtual_machine, std::nullopt);
  EXPECT_EQ(facts.governor, "powersave");
  ASSERT_EQ(facts.levels.size(), 2u);
  expect_level(facts.levels[0], "Performance", 2, 48 * kKiB, 1280 * kKiB, 12288 * kKiB, 4);
  expect_level(facts.levels[1], "Efficiency", 8, 32 * kKiB, 2048 * kKiB, 12288 * kKiB, 8);
  EXPECT_EQ(facts.levels[1].cpus.front(), 4);
}

TEST(LinuxFacts, RaspberryPi) {
  const HostFacts facts = linux_host_facts(captured_files("raspberry-pi-5"), "");
  EXPECT_EQ(facts.cpu, "Cortex-A76");
  EXPECT_EQ(facts.governor, "ondemand");
  ASSERT_EQ(facts.levels.size(), 1u);
  expect_level(facts.levels[0], "", 4, 64 * kKiB, 512 * kKiB, 2048 * kKiB, 4);
}

TEST(LinuxFacts, AppleSiliconUnderAsahi) {
  const HostFacts facts = linux_host_facts(captured_files("m1-asahi"), "");
  EXPECT_EQ(facts.os, "Fedora Linux Asahi Remix 40");
  EXPECT_EQ(facts.cpu, "Apple M1 Icestorm + Apple M1 Firestorm");
  EXPECT_EQ(facts.virtual_machine, std::nullopt);
  ASSERT_EQ(facts.levels.size(), 2u);
  expect_level(facts.levels[0], "Performance", 4, {}, 12288 * kKiB, {}, 4);
  EXPECT_EQ(facts.levels[0].cpus, (std::vector<int>{4, 5, 6, 7}));
  expect_level(facts.levels[1], "Efficiency", 4, {}, 4096 * kKiB, {}, 4);
}

TEST(LinuxFacts, GuestOfAMac) {
  const HostFacts facts = linux_host_facts(captured_files("apple-vz-guest"), "");
  EXPECT_EQ(facts.cpu, "implementer 0x61 part 0x000");
  EXPECT_EQ(facts.virtual_machine, "Apple Virtualization");
  ASSERT_EQ(facts.levels.size(), 1u);
  expect_level(facts.levels[0], "", 2, {}, {}, {}, 2);
}

TEST(LinuxFacts, NothingKnown) {
  const HostFacts facts = linux_host_facts([](const std::string&) { return std::nullopt; }, "");
  EXPECT_EQ(facts.os, "Linux");
  EXPECT_TRUE(facts.levels.empty());
  EXPECT_EQ(facts.logical_cpus, 0);
  EXPECT_EQ(facts.memory_bytes, std::nullopt);
}

TEST(LinuxFacts, VirtualMachines) {
  struct Row {
    const char *hypervisor, *vendor, *product;
    std::optional<std::string> name;
  };
  const Row rows[] = {{"KVMKVMKVM", "", "", "KVM"},
                      {"TCGTCGTCGTCG", "QEMU", "Standard PC", "QEMU"},
                      {"", "QEMU", "KVM Virtual Machine", "QEMU"},
                      {"", "Amazon EC2", "m7g.large", "Amazon EC2"},
                      {"", "Amazon EC2", "m7g.metal", {}},
                      {"", "Microsoft Corporation", "Surface Laptop", {}},
                      {"", "", "", {}}};
  for (const Row& row : rows) EXPECT_EQ(virtual_machine_name(row.hypervisor, row.vendor, row.product), row.name) << row.product;
}

TEST(MacosFacts, M1Pro) {
  const HostFacts facts = macos_host_facts(captured_sysctl("macbook-m1-pro"));
  EXPECT_EQ(facts.os, "macOS 15.6 (24G84)");
  EXPECT_EQ(facts.kernel, "Darwin 24.6.0");
  EXPECT_EQ(facts.arch, "arm64");
  EXPECT_EQ(facts.cpu, "Apple M1 Pro");
  EXPECT_EQ(facts.logical_cpus, 10);
  EXPECT_EQ(facts.memory_bytes, 16 * kKiB * kKiB * kKiB);
  EXPECT_EQ(facts.virtual_machine, std::nullopt);
  ASSERT_EQ(facts.levels.size(), 2u);
  expect_level(facts.levels[0], "Performance", 8, 128 * kKiB, 12288 * kKiB, {}, 0);
  expect_level(facts.levels[1], "Efficiency", 2, 64 * kKiB, 4096 * kKiB, {}, 0);
}

TEST(MacosFacts, VirtualMachineWithOneKindOfCore) {
  const HostFacts facts = macos_host_facts(captured_sysctl("github-runner-m1"));
  EXPECT_EQ(facts.virtual_machine, "yes");
  ASSERT_EQ(facts.levels.size(), 1u);
  expect_level(facts.levels[0], "", 3, 128 * kKiB, 12288 * kKiB, {}, 0);
}

TEST(MacosFacts, Intel) {
  const HostFacts facts = macos_host_facts(captured_sysctl("imac-intel"));
  EXPECT_EQ(facts.arch, "x86_64");
  ASSERT_EQ(facts.levels.size(), 1u);
  expect_level(facts.levels[0], "", 6, 32 * kKiB, 256 * kKiB, 9216 * kKiB, 0);
}

TEST(Binfmt, Entries) {
  const BinfmtEntry rosetta = parse_binfmt_entry("rosetta", captured("binfmt-rosetta"));
  EXPECT_TRUE(rosetta.enabled);
  EXPECT_EQ(rosetta.name, "rosetta");
  EXPECT_EQ(rosetta.interpreter, "/mnt/lima-rosetta/rosetta");
  EXPECT_EQ(rosetta.magic, "7f454c4602010100000000000000000002003e00");
  const BinfmtEntry qemu = parse_binfmt_entry("qemu-aarch64", captured("binfmt-qemu-aarch64"));
  EXPECT_EQ(qemu.interpreter, "/usr/libexec/qemu-binfmt/aarch64-binfmt-P");
  EXPECT_TRUE(qemu.magic.ends_with("b700"));
  const BinfmtEntry fex = parse_binfmt_entry("FEX-x86_64", captured("binfmt-FEX-x86_64"));
  EXPECT_FALSE(fex.enabled);
  EXPECT_EQ(fex.interpreter, "/usr/bin/FEX");
  EXPECT_FALSE(parse_binfmt_entry("empty", "").enabled);
}

TEST(HostParse, CpuLists) {
  const std::pair<const char*, std::vector<int>> rows[] = {{"0-3,8\n", {0, 1, 2, 3, 8}},
                                                           {"0", {0}},
                                                           {"3,1,1-2", {1, 2, 3}},
                                                           {"", {}},
                                                           {"\n", {}},
                                                           {"3-1", {}},
                                                           {"0-", {}},
                                                           {"a", {}},
                                                           {"0-3x", {}},
                                                           {"-1", {}},
                                                           {"0-4294967295", {}}};
  for (const auto& [text, cpus] : rows) EXPECT_EQ(parse_cpu_list(text), cpus) << text;
}

TEST(HostParse, CacheSizes) {
  const std::pair<const char*, Bytes> rows[] = {
      {"32K\n", 32 * kKiB},          {"4M", 4096 * kKiB},          {"512", 512}, {"0K", {}}, {"K", {}}, {"32X", {}}, {"", {}},
      {"99999999999999999999K", {}}, {"18446744073709551615K", {}}};
  for (const auto& [text, bytes] : rows) EXPECT_EQ(parse_cache_size(text), bytes) << text;
}

TEST(HostParse, MemoryLines) {
  EXPECT_EQ(parse_meminfo_total("MemFree: 1 kB\nMemTotal:       24684084 kB\n"), 24684084 * kKiB);
  EXPECT_EQ(parse_kib_line("VmPeak:\t 9 kB\nVmHWM:\t    5032 kB\n", "VmHWM"), 5032 * kKiB);
  for (const char* text : {"", "MemTotal:", "MemTotal: many kB", "MemTotal: 5 MB", "SwapTotal: 5 kB"}) {
    EXPECT_EQ(parse_meminfo_total(text), std::nullopt) << text;
  }
}

TEST(HostParse, KeysAndValues) {
  const auto values = parse_key_value_lines("# remark\nA=\"quoted text\"\n\nB='x'\nC=\nA=second\nno separator\nD=a=b\r\n", '=');
  const std::map<std::string, std::string> expected = {{"A", "quoted text"}, {"B", "x"}, {"C", ""}, {"D", "a=b"}};
  EXPECT_EQ(values, expected);
}

// On whatever machine the tests run, nothing may be impossible.
TEST(Host, OwnMachineMakesSense) {
  const HostFacts facts = host_facts();
  EXPECT_TRUE(facts.arch == "x86_64" || facts.arch == "arm64") << facts.arch;
  EXPECT_GE(facts.logical_cpus, 1);
  EXPECT_FALSE(facts.os.empty());
  EXPECT_FALSE(own_translator().empty());
  EXPECT_LE(allowed_cpus().size(), static_cast<std::size_t>(facts.logical_cpus));
  for (const HostLevel& level : facts.levels) EXPECT_GE(level.cores, 1);
}

}  // namespace
}  // namespace m1bench
