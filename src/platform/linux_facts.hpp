// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "platform/host.hpp"

// What Linux tells of itself in files: pure, so that the captured files of other machines test it on every OS.
namespace m1bench {

// The text of a file under /proc, /sys or /etc; nothing if there is none.
using ReadText = std::function<std::optional<std::string>(const std::string& path)>;
std::optional<std::string> read_system_file(const std::string& path);

// All of HostFacts but `arch` and `load_average`. `hypervisor` is the CPUID signature, "" where there is none.
HostFacts linux_host_facts(const ReadText& read, std::string_view hypervisor);

// "KVM" and so on from the CPUID signature and the firmware's vendor and product; nothing if none is known for a machine
// that is not real. Vendors whose cloud rents out bare metal too count only with a product that says otherwise.
std::optional<std::string> virtual_machine_name(std::string_view hypervisor, std::string_view vendor, std::string_view product);

// The bytes in a line such as "VmHWM:     5032 kB" of /proc/meminfo or /proc/self/status.
std::optional<std::uint64_t> parse_kib_line(std::string_view text, const std::string& key);

// What an ARM /proc/cpuinfo, which has no name, says in numbers: "Cortex-A76", "Apple M1 Icestorm + Apple M1 Firestorm",
// "implementer 0x61 part 0x000" for one that is not in the table; "" if it says nothing.
std::string parse_arm_cpuinfo(std::string_view cpuinfo);

}  // namespace m1bench
