// SPDX-License-Identifier: Apache-2.0
#include "platform/host.hpp"

#include <gtest/gtest.h>

#include "platform/captured.hpp"
#include "platform/linux_facts.hpp"
#include "platform/macos_facts.hpp"
#include "platform/sha256.hpp"

namespace m1bench {
namespace {

std::string bytes_of(std::int64_t value) { return {reinterpret_cast<const char*>(&value), sizeof value}; }
std::string bytes_of(std::int32_t value) { return {reinterpret_cast<const char*>(&value), sizeof value}; }

// What `sysctl` printed on a Mac, as the bytes that the kernel gave it for that.
ReadSysctl captured_sysctl(const std::string& name) {
  const auto values = parse_key_value_lines(captured(name), ':');
  return [values](const std::string& wanted) -> std::optional<std::string> {
    const auto found = values.find(wanted);
    if (found == values.end()) return std::nullopt;
    const auto number = parse_whole_number(found->second);
    if (!number) return found->second + '\0';
    const bool wide = wanted == "hw.memsize" || wanted == "hw.tbfrequency";
    return wide ? bytes_of(*number) : bytes_of(static_cast<std::int32_t>(*number));
  };
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
  const HostFacts facts = linux_host_facts(files_of(captured_files("epyc-vm")), "");
  EXPECT_EQ(facts.os, "Debian GNU/Linux 12 (bookworm)");
  EXPECT_EQ(facts.kernel, "Linux 6.1.0-28-cloud-amd64");
  EXPECT_EQ(facts.cpu, "AMD EPYC 7763 64-Core Processor");
  EXPECT_EQ(facts.logical_cpus, 4);
  EXPECT_EQ(facts.memory_bytes, 16367708 * kKiB);
  EXPECT_EQ(facts.virtual_machine, "Hyper-V");
  EXPECT_EQ(facts.governor, std::nullopt);
  EXPECT_EQ(facts.turbo, std::nullopt);
  EXPECT_EQ(facts.smt, true);
  EXPECT_EQ(facts.cpu_limit, 1.5);
  ASSERT_EQ(facts.levels.size(), 1u);
  expect_level(facts.levels[0], "", 2, 32 * kKiB, 512 * kKiB, 32768 * kKiB, 4);
}

TEST(LinuxFacts, IntelHybridLaptop) {
  const HostFacts facts = linux_host_facts(files_of(captured_files("i7-1255u-laptop")), "\x03\x02garbage");
  EXPECT_EQ(facts.os, "Fedora Linux 40 (Workstation Edition)");
  EXPECT_EQ(facts.cpu, "12th Gen Intel(R) Core(TM) i7-1255U");
  EXPECT_EQ(facts.virtual_machine, std::nullopt);
  EXPECT_EQ(facts.governor, "powersave");
  EXPECT_EQ(facts.turbo, true);
  EXPECT_EQ(facts.smt, true);
  EXPECT_EQ(facts.cpu_limit, std::nullopt);
  ASSERT_EQ(facts.levels.size(), 2u);
  expect_level(facts.levels[0], "Performance", 2, 48 * kKiB, 1280 * kKiB, 12288 * kKiB, 4);
  expect_level(facts.levels[1], "Efficiency", 8, 32 * kKiB, 2048 * kKiB, 12288 * kKiB, 8);
  EXPECT_EQ(facts.levels[1].cpus.front(), 4);
}

TEST(LinuxFacts, RaspberryPi) {
  const HostFacts facts = linux_host_facts(files_of(captured_files("raspberry-pi-5")), "");
  EXPECT_EQ(facts.cpu, "Cortex-A76");
  EXPECT_EQ(facts.governor, "ondemand");
  EXPECT_EQ(facts.turbo, std::nullopt);
  EXPECT_EQ(facts.smt, false);
  ASSERT_EQ(facts.levels.size(), 1u);
  expect_level(facts.levels[0], "", 4, 64 * kKiB, 512 * kKiB, 2048 * kKiB, 4);
}

TEST(LinuxFacts, AppleSiliconUnderAsahi) {
  const HostFacts facts = linux_host_facts(files_of(captured_files("m1-asahi")), "");
  EXPECT_EQ(facts.os, "Fedora Linux Asahi Remix 40");
  EXPECT_EQ(facts.cpu, "Apple M1 Icestorm + Apple M1 Firestorm");
  EXPECT_EQ(facts.virtual_machine, std::nullopt);
  ASSERT_EQ(facts.levels.size(), 2u);
  expect_level(facts.levels[0], "Performance", 4, {}, 12288 * kKiB, {}, 4);
  EXPECT_EQ(facts.levels[0].cpus, (std::vector<int>{4, 5, 6, 7}));
  expect_level(facts.levels[1], "Efficiency", 4, {}, 4096 * kKiB, {}, 4);
}

TEST(LinuxFacts, GuestOfAMac) {
  const HostFacts facts = linux_host_facts(files_of(captured_files("apple-vz-guest")), "");
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

TEST(LinuxFacts, Turbo) {
  struct Row {
    const char *path, *text;
    std::optional<bool> turbo;
  };
  const Row rows[] = {{"intel_pstate/no_turbo", "0\n", true}, {"intel_pstate/no_turbo", "1\n", false},
                      {"cpufreq/boost", "1\n", true},         {"cpufreq/boost", "0\n", false},
                      {"cpufreq/boost", "on\n", {}},          {"cpufreq/else", "1\n", {}}};
  for (const Row& row : rows) {
    const ReadText read = files_of({{std::string("/sys/devices/system/cpu/") + row.path, row.text}});
    EXPECT_EQ(linux_host_facts(read, "").turbo, row.turbo) << row.path << ' ' << row.text;
  }
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
  EXPECT_EQ(facts.model, "MacBookPro18,1");
  EXPECT_EQ(facts.timebase_hz, 24000000u);
  EXPECT_EQ(facts.logical_cpus, 10);
  EXPECT_EQ(facts.memory_bytes, 16 * kKiB * kKiB * kKiB);
  EXPECT_EQ(facts.virtual_machine, std::nullopt);
  ASSERT_EQ(facts.levels.size(), 2u);
  expect_level(facts.levels[0], "Performance", 8, 128 * kKiB, 12288 * kKiB, {}, 0);
  expect_level(facts.levels[1], "Efficiency", 2, 64 * kKiB, 4096 * kKiB, {}, 0);
}

TEST(MacosFacts, M4Pro) {
  const HostFacts facts = macos_host_facts(captured_sysctl("macbook-m4-pro"));
  EXPECT_EQ(facts.os, "macOS 26.1 (25B78)");
  EXPECT_EQ(facts.cpu, "Apple M4 Pro");
  EXPECT_EQ(facts.memory_bytes, 24 * kKiB * kKiB * kKiB);
  ASSERT_EQ(facts.levels.size(), 2u);
  expect_level(facts.levels[0], "Performance", 10, 128 * kKiB, 16384 * kKiB, {}, 0);
  expect_level(facts.levels[1], "Efficiency", 4, 64 * kKiB, 4096 * kKiB, {}, 0);
}

TEST(MacosFacts, M5ProHasOtherLevelsAndTellsLess) {
  const HostFacts facts = macos_host_facts(captured_sysctl("macbook-m5-pro"));
  EXPECT_EQ(facts.os, "macOS 27 (26A350)");
  EXPECT_EQ(facts.model, std::nullopt);
  EXPECT_EQ(facts.timebase_hz, std::nullopt);
  ASSERT_EQ(facts.levels.size(), 2u);
  expect_level(facts.levels[0], "Super", 6, {}, {}, {}, 0);
  expect_level(facts.levels[1], "Performance", 12, {}, {}, {}, 0);
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

TEST(MacosFacts, NothingKnown) {
  const HostFacts facts = macos_host_facts([](const std::string&) { return std::nullopt; });
  EXPECT_EQ(facts.os, "macOS ");
  EXPECT_EQ(facts.arch, "x86_64");
  EXPECT_EQ(facts.memory_bytes, std::nullopt);
  ASSERT_EQ(facts.levels.size(), 1u);
  expect_level(facts.levels[0], "", 0, {}, {}, {}, 0);
}

TEST(MacosFacts, LevelsThatAreAnnouncedAndNotThere) {
  for (const std::int32_t kinds : {3, 1000000000, -1}) {
    const auto read = [&](const std::string& name) -> std::optional<std::string> {
      if (name == "hw.nperflevels") return bytes_of(kinds);
      if (name == "hw.perflevel0.physicalcpu" || name == "hw.physicalcpu") return bytes_of(std::int32_t{4});
      return std::nullopt;
    };
    const HostFacts facts = macos_host_facts(read);
    ASSERT_EQ(facts.levels.size(), 1u);
    expect_level(facts.levels[0], "", 4, {}, {}, {}, 0);
  }
}

TEST(MacosFacts, NumbersAreOfFourOrEightBytes) {
  struct Row {
    const char* name;
    std::optional<std::string> bytes;
    std::optional<std::int64_t> number;
  };
  const Row rows[] = {{"4 bytes", bytes_of(std::int32_t{-3}), -3},
                      {"8 bytes", bytes_of(std::int64_t{1} << 40), std::int64_t{1} << 40},
                      {"no bytes", std::string(), {}},
                      {"2 bytes", std::string(2, '\1'), {}},
                      {"5 bytes", std::string(5, '\1'), {}},
                      {"a string", std::string("Apple M1\0", 9), {}},
                      {"not there", std::nullopt, {}}};
  for (const Row& row : rows) {
    EXPECT_EQ(sysctl_number([&](const std::string&) { return row.bytes; }, "x"), row.number) << row.name;
  }
  EXPECT_EQ(sysctl_text([](const std::string&) { return std::string("Mac\0rest", 8); }, "x"), "Mac");
  EXPECT_EQ(sysctl_text([](const std::string&) { return std::nullopt; }, "x"), std::nullopt);
}

TEST(MacosFacts, VersionsThatAreOlderThanTheirKernel) {
  struct Row {
    const char *product, *kernel, *version;
  };
  const Row rows[] = {{"15.6", "24.6.0", "15.6"},
                      {"11.7.10", "20.6.0", "11.7.10"},
                      {"26.1", "25.1.0", "26.1"},
                      {"27.0", "26.0.0", "27.0"},
                      {"40.0", "25.0.0", "40.0"},
                      {"10.16", "24.6.0", "15"},
                      {"10.16", "20.1.0", "11"},
                      {"16.0", "25.1.0", "26"},
                      {"", "24.6.0", "15"},
                      {"10.15.7", "19.6.0", "10.15.7"},
                      {"15.6", "", "15.6"},
                      {"15.6", "24x", "15.6"},
                      {"", "", ""}};
  for (const Row& row : rows) EXPECT_EQ(macos_version(row.product, row.kernel), row.version) << row.product << ' ' << row.kernel;
}

TEST(MacosFacts, MajorVersions) {
  const std::pair<const char*, std::optional<int>> rows[] = {
      {"macOS 15.6 (24G84)", 15}, {"macOS 27 (26A350)", 27}, {"macOS ", {}}, {"Debian GNU/Linux 12", {}}, {"", {}}};
  for (const auto& [os, major] : rows) EXPECT_EQ(macos_major(os), major) << os;
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

TEST(HostParse, WholeNumbers) {
  const std::pair<const char*, std::optional<std::int64_t>> rows[] = {
      {"42\n", 42}, {"-274000", -274000}, {"0\nmore", 0}, {"", {}},
      {"\n", {}},   {"4 2", {}},          {"1e3", {}},     {"99999999999999999999", {}}};
  for (const auto& [text, number] : rows) EXPECT_EQ(parse_whole_number(text), number) << text;
}

TEST(HostParse, Migrations) {
  const char* const sched =
      "m1bench (28, #threads: 1)\n"
      "-------------------------------------------------------------------\n"
      "se.exec_start                                :      11503524.364162\n"
      "se.nr_migrations                             :                   17\n"
      "nr_switches     ";
  EXPECT_EQ(parse_migrations(sched), 17u);
  for (const char* text : {"", "se.nr_migrations :", "se.nr_migrations : -1", "se.nr_migrations : 1.5", "nr_switches : 3"}) {
    EXPECT_EQ(parse_migrations(text), std::nullopt) << text;
  }
}

TEST(HostParse, MachineIds) {
  const std::string id = "b08dfa6083e7567a1921a715000001fb";
  EXPECT_EQ(parse_machine_id(id + "\n"), id);
  for (const char* text : {"", "\n", "uninitialized\n", "00000000000000000000000000000000", "b08dfa6083e7567a1921a715000001f",
                           "b08dfa6083e7567a1921a715000001fb0", "B08DFA6083E7567A1921A715000001FB"}) {
    EXPECT_EQ(parse_machine_id(text), std::nullopt) << text;
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
  EXPECT_GT(facts.cpu_limit.value_or(1), 0);
}

TEST(Host, MachineIdIsSaltedAndStays) {
  const auto secret = secret_machine_id();
  if (!secret) GTEST_SKIP() << "this machine has no id";
  const auto id = machine_id();
  ASSERT_TRUE(id);
  EXPECT_EQ(id->size(), 16u);
  EXPECT_EQ(machine_id(), id);
  EXPECT_EQ(sha256_of_line("m1bench " + *secret)->substr(0, 16), id);
  EXPECT_EQ(secret->find(*id), std::string::npos);
}

}  // namespace
}  // namespace m1bench
