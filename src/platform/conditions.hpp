// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <string>

namespace m1bench {

// What may change while a session goes on and would disturb it. What the OS does not tell is empty.
struct HostConditions {
  std::optional<double> load_average;           // one minute
  std::optional<double> steal_s;                // CPU seconds that a hypervisor gave to others, since boot, all CPUs
  std::map<std::string, double> thermal_c;      // zone -> degrees Celsius
  std::optional<std::string> thermal_pressure;  // "nominal" and worse (macOS)
  std::optional<bool> on_battery, low_power;
};

// As it is now. Milliseconds on Linux; macOS is asked through two children, some 20 ms each.
HostConditions host_conditions();

}  // namespace m1bench
