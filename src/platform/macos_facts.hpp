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

// Both give nothing for a name that this kernel does not know.
struct Sysctl {
  std::function<std::optional<std::string>(const std::string& name)> text;
  std::function<std::optional<std::int64_t>(const std::string& name)> number;
};

HostFacts macos_host_facts(const Sysctl& sysctl);

// What the notification com.apple.system.thermalpressurelevel carries: "nominal" for 0; nothing for an unknown level.
std::optional<std::string> thermal_pressure_name(std::uint64_t level);

// What `pmset -g batt` and `pmset -g` print. Nothing where they say neither yes nor no, as of a Mac without a battery.
std::optional<bool> parse_on_battery(std::string_view pmset_batt);
std::optional<bool> parse_low_power_mode(std::string_view pmset);

}  // namespace m1bench
