// SPDX-License-Identifier: Apache-2.0
#include "platform/counters.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <map>

#include "platform/captured.hpp"
#include "platform/child_programs.hpp"
#include "platform/raw_counters.hpp"

namespace m1bench {
namespace {

using Count = std::optional<std::uint64_t>;
using Seconds = std::optional<double>;

constexpr MacCounting kM1{false, 24'000'000, 2};

// 2 s, 1.5 of them on performance cores, and 3 J.
MacUsage m1_usage() {
  MacUsage usage;
  usage.user_ticks = 46'000'000;
  usage.system_ticks = 2'000'000;
  usage.instructions = 20'000'000'000;
  usage.cycles = 6'000'000'000;
  usage.peak_footprint_bytes = 50 << 20;
  usage.performance_ticks = 36'000'000;
  usage.energy_nj = 3'000'000'000;
  return usage;
}

TEST(MacCounters, InSecondsAndJoules) {
  const ProcessCounters counters = mac_counters(m1_usage(), kM1);
  EXPECT_EQ(counters.instructions, 20'000'000'000u);
  EXPECT_EQ(counters.cycles, 6'000'000'000u);
  EXPECT_EQ(counters.energy_j, 3.0);
  EXPECT_EQ(counters.cpu_s, 2.0) << "by hw.tbfrequency; the 1/1 of a translated process's timebase would give 0.048";
  EXPECT_EQ(counters.performance_cpu_s, 1.5);
  EXPECT_EQ(counters.peak_footprint_bytes, 50u << 20);
}

TEST(MacCounters, WhatIsNotCounted) {
  struct Row {
    const char* name;
    void (*change)(MacUsage& usage, MacCounting& counting);
    Count instructions;
    Seconds energy_j, cpu_s, performance_cpu_s;
  };
  const Row rows[] = {
      {"V4", [](MacUsage& usage, MacCounting&) { usage.performance_ticks = usage.energy_nj = {}; }, 20'000'000'000, {}, 2, {}},
      {"zero is no count", [](MacUsage& usage, MacCounting&) { usage.instructions = *(usage.energy_nj = 0); }, {}, {}, 2, 1.5},
      {"all on efficiency cores", [](MacUsage& usage, MacCounting&) { usage.performance_ticks = 0; }, 20'000'000'000, 3, 2, 0},
      {"one kind of core", [](MacUsage&, MacCounting& counting) { counting.kinds_of_core = 1; }, 20'000'000'000, 3, 2, {}},
      {"no frequency", [](MacUsage&, MacCounting& counting) { counting.ticks_per_second.reset(); }, 20'000'000'000, 3, {}, {}},
      {"frequency 0", [](MacUsage&, MacCounting& counting) { counting.ticks_per_second = 0; }, 20'000'000'000, 3, {}, {}},
      {"a guest", [](MacUsage&, MacCounting& counting) { counting.virtual_machine = true; }, {}, {}, {}, {}},
  };
  for (const Row& row : rows) {
    MacUsage usage = m1_usage();
    MacCounting counting = kM1;
    row.change(usage, counting);
    const ProcessCounters counters = mac_counters(usage, counting);
    EXPECT_EQ(counters.instructions, row.instructions) << row.name;
    EXPECT_EQ(counters.energy_j, row.energy_j) << row.name;
    EXPECT_EQ(counters.cpu_s, row.cpu_s) << row.name;
    EXPECT_EQ(counters.performance_cpu_s, row.performance_cpu_s) << row.name;
    EXPECT_EQ(counters.empty(), counting.virtual_machine) << row.name;
  }
}

TEST(ProcessCounters, Between) {
  const ProcessCounters before{100, 50, 1.5, 2.0, {}, 10}, after{130, 40, {}, 2.25, 1.0, 20};
  const ProcessCounters between = counted_between(before, after);
  EXPECT_EQ(between.instructions, 30u);
  EXPECT_EQ(between.cycles, std::nullopt) << "a count that shrank is none";
  EXPECT_EQ(between.energy_j, std::nullopt) << "missing after";
  EXPECT_EQ(between.cpu_s, 0.25);
  EXPECT_EQ(between.performance_cpu_s, std::nullopt) << "missing before";
  EXPECT_EQ(between.peak_footprint_bytes, 20u);
  EXPECT_TRUE(counted_between({}, {}).empty());
}

TEST(PerfCount, IsWholeOrNone) {
  EXPECT_EQ(whole_count({7, 1000, 1000}), 7u);
  EXPECT_EQ(whole_count({0, 0, 0}), 0u) << "has not run since";
  EXPECT_EQ(whole_count({7, 1000, 999}), std::nullopt) << "shared the counter, or ran on another kind of core";
  EXPECT_EQ(whole_count({0, 1000, 0}), std::nullopt);
}

// Two packages with their cores, the first of them a second time, and a zone that holds the whole computer.
Files two_packages(const std::string& first_uj, const std::string& second_uj) {
  Files files;
  const auto zone = [&](const std::string& zone_name, const std::string& name, const std::string& energy_uj) {
    const std::string folder = "/sys/class/powercap/" + zone_name + "/";
    files[folder + "name"] = name + "\n";
    files[folder + "energy_uj"] = energy_uj + "\n";
    files[folder + "max_energy_range_uj"] = "1000000000\n";
  };
  zone("intel-rapl:0", "package-0", first_uj);
  zone("intel-rapl:0:0", "core", first_uj);
  zone("intel-rapl-mmio:0", "package-0", first_uj);
  zone("intel-rapl:1", "package-1", second_uj);
  zone("intel-rapl:2", "psys", first_uj);
  return files;
}

TEST(PackageEnergy, AddsUpPackagesAndComesRound) {
  Files files = two_packages("999000000", "5");
  PackageEnergy energy([&](const std::string& path) { return files_of(files)(path); }, folders_of(files));
  EXPECT_EQ(energy.joules(), 0.0);
  files = two_packages("999500000", "2000005");
  EXPECT_EQ(energy.joules(), 0.5 + 2);
  files = two_packages("250000", "2000005");
  EXPECT_EQ(energy.joules(), 0.5 + 2 + 0.75) << "over the range";
}

TEST(PackageEnergy, TellsHowSoonItMayComeRound) {
  const Files files = two_packages("1", "1");
  EXPECT_DOUBLE_EQ(PackageEnergy(files_of(files), folders_of(files)).round_s(), 1.0);
  EXPECT_TRUE(std::isinf(PackageEnergy(files_of({}), folders_of({})).round_s()));
}

TEST(PackageEnergy, IsNotKnown) {
  const std::pair<const char*, Files> rows[] = {
      {"nothing there", {}},
      {"not readable", {{"/sys/class/powercap/intel-rapl:0/name", "package-0\n"}}},
      {"no number", two_packages("plenty", "1")},
      {"negative", two_packages("1", "-1")},
      {"no package", {{"/sys/class/powercap/intel-rapl:0/name", "psys\n"}, {"/sys/class/powercap/intel-rapl:0/energy_uj", "1\n"}}},
  };
  for (const auto& [name, files] : rows) {
    PackageEnergy energy(files_of(files), folders_of(files));
    EXPECT_EQ(energy.joules(), std::nullopt) << name;
  }
  Files files = two_packages("1000000001", "1");
  PackageEnergy beyond([&](const std::string& path) { return files_of(files)(path); }, folders_of(files));
  EXPECT_EQ(beyond.joules(), 0.0);
  files = two_packages("1", "1");
  EXPECT_EQ(beyond.joules(), std::nullopt) << "it was beyond its own range";
}

// What there is depends on the machine: a virtual one has mostly nothing, and that is no error.
TEST(CounterReader, NeverShrinksAndNeverFails) {
  const auto child = spawn_child("echo");
  CounterReader reader(child->pid());
  std::string line;
  ProcessCounters last = reader.read();
  for (int turn = 0; turn < 3; ++turn) {
    ASSERT_TRUE(child->write_line("turn", kPatience));
    ASSERT_EQ(child->read_line(line, kLineBytes, kPatience), ReadStatus::line);
    const ProcessCounters now = reader.read(), between = counted_between(last, now);
    EXPECT_EQ(between.instructions.has_value(), now.instructions.has_value());
    EXPECT_EQ(between.cycles.has_value(), now.cycles.has_value());
    EXPECT_EQ(between.energy_j.has_value(), now.energy_j.has_value());
    last = now;
  }
  child->finish(kPatience);
  reader.read();
  EXPECT_EQ(CounterReader(child->pid()).read().instructions, std::nullopt) << "gone";
}

}  // namespace
}  // namespace m1bench
