// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "platform/conditions.hpp"
#include "platform/host.hpp"

// What Linux tells of itself in files: pure, so that the captured files of other machines test it on every OS.
namespace m1bench {

// The text of a file under /proc, /sys or /etc; nothing if there is none.
using ReadText = std::function<std::optional<std::string>(const std::string& path)>;
std::optional<std::string> read_system_file(const std::string& path);

// The names in a folder, in any order; empty if there is none.
using ListFolder = std::function<std::vector<std::string>(const std::string& path)>;
std::vector<std::string> list_system_folder(const std::string& path);

// The one line of most files under /sys, "" if there is none; the number that is alone in it.
std::string read_line_of(const ReadText& read, const std::string& path);
std::optional<std::int64_t> read_number(const ReadText& read, const std::string& path);

// All of HostFacts but `arch`. `hypervisor` is the CPUID signature, "" where there is none.
HostFacts linux_host_facts(const ReadText& read, std::string_view hypervisor);

// The least that this process's control group or one above it allows, of version 1 or 2; in CPUs.
std::optional<double> linux_cpu_limit(const ReadText& read);

// All of HostConditions but `load_average`. The kernel counts time in ticks.
HostConditions linux_conditions(const ReadText& read, const ListFolder& list, double ticks_per_s);

// "KVM" and so on from the CPUID signature and the firmware's vendor and product; nothing if none is known for a machine
// that is not real. Vendors whose cloud rents out bare metal too count only with a product that says otherwise.
std::optional<std::string> virtual_machine_name(std::string_view hypervisor, std::string_view vendor, std::string_view product);

// The bytes in a line such as "VmHWM:     5032 kB" of /proc/meminfo or /proc/self/status.
std::optional<std::uint64_t> parse_kib_line(std::string_view text, const std::string& key);

// How often a thread moved to another CPU, from /proc/self/sched, of which the beginning will do.
std::optional<std::uint64_t> parse_migrations(std::string_view sched);

// What an ARM /proc/cpuinfo, which has no name, says in numbers: "Cortex-A76", "Apple M1 Icestorm + Apple M1 Firestorm",
// "implementer 0x61 part 0x000" for one that is not in the table; "" if it says nothing.
std::string parse_arm_cpuinfo(std::string_view cpuinfo);

}  // namespace m1bench
