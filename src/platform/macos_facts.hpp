// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "platform/host.hpp"

// What macOS tells of itself through sysctl: pure, so that the captured answers of other machines test it on every OS.
namespace m1bench {

// The bytes that sysctlbyname gives for a name; nothing for one that this kernel does not know, or whose value is too large.
using ReadSysctl = std::function<std::optional<std::string>(const std::string& name)>;

// Of the kernel that runs this (has a body on macOS alone).
std::optional<std::string> read_sysctl(const std::string& name);

// A string, up to the NUL that ends it; a whole number of 4 or 8 bytes, as the kernel has either. Nothing for a name that is
// not there, and of numbers for every other size.
std::optional<std::string> sysctl_text(const ReadSysctl& read, const std::string& name);
std::optional<std::int64_t> sysctl_number(const ReadSysctl& read, const std::string& name);

HostFacts macos_host_facts(const ReadSysctl& read);

// The version of macOS: what it says itself ("15.6"), unless that is older than the kernel ("24.6.0" is of macOS 15). A program
// that was linked with an old SDK, or started with SYSTEM_VERSION_COMPAT=1, is told 10.16 or 16.0 instead of the truth; the
// kernel's release is not changed for it, but tells no more than the first number.
std::string macos_version(const std::string& product, const std::string& kernel_release);

// 15 of "macOS 15.6 (24G84)", as in HostFacts::os; nothing of another system.
std::optional<int> macos_major(std::string_view os);

// What the notification com.apple.system.thermalpressurelevel carries: "nominal" for 0; nothing for an unknown level.
std::optional<std::string> thermal_pressure_name(std::uint64_t level);

// What `pmset -g batt` and `pmset -g` print. Nothing where they say neither yes nor no, as of a Mac without a battery.
std::optional<bool> parse_on_battery(std::string_view pmset_batt);
std::optional<bool> parse_low_power_mode(std::string_view pmset);

}  // namespace m1bench
