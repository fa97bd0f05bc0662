// SPDX-License-Identifier: Apache-2.0
#include <stdlib.h>

#include <cstdint>
#include <utility>
#include <vector>

#include "platform/conditions.hpp"
#include "platform/macos_facts.hpp"
#include "platform/process.hpp"

// Of <notify.h>, which is part of the SDK but not of the headers that cross compilers bring along. Both are in libSystem.
extern "C" {
std::uint32_t notify_register_check(const char* name, int* token);
std::uint32_t notify_get_state(int token, std::uint64_t* state);
}

namespace m1bench {
namespace {

constexpr std::uint32_t kNotifyOk = 0;  // NOTIFY_STATUS_OK

// What a notification carries. A name that nobody ever set carries 0. Registered for as long as the program runs.
class Notification {
 public:
  explicit Notification(const char* name) : registered_(notify_register_check(name, &token_) == kNotifyOk) {}
  std::optional<std::uint64_t> state() const {
    std::uint64_t state = 0;
    if (!registered_ || notify_get_state(token_, &state) != kNotifyOk) return std::nullopt;
    return state;
  }

 private:
  int token_ = 0;
  bool registered_;
};

// A virtual machine has no sensors, so that nobody sets the state, which then reads as "nominal".
std::optional<std::string> thermal_pressure() {
  if (sysctl_number(read_sysctl, "kern.hv_vmm_present").value_or(0) != 0) return std::nullopt;
  static const Notification notification("com.apple.system.thermalpressurelevel");
  const auto level = notification.state();
  return level ? thermal_pressure_name(*level) : std::nullopt;
}

// No contract says that macOS sets it, so only "on" is an answer.
std::optional<bool> low_power_notified() {
  static const Notification notification("com.apple.system.lowpowermode");
  return notification.state() == 1 ? std::optional(true) : std::nullopt;
}

// Power is told by frameworks that nothing else here needs; libSystem alone does not know. So the system's own tool is asked.
std::string pmset(std::vector<std::string> words) {
  constexpr std::size_t kMostBytes = 1 << 16;
  constexpr double kPatience_s = 5;
  words.insert(words.begin(), {"/usr/bin/pmset", "-g"});
  return run_command({std::move(words), {}, {}}, kMostBytes, kPatience_s).out;
}

}  // namespace

HostConditions host_conditions() {
  HostConditions now;
  double load = 0;
  if (getloadavg(&load, 1) == 1) now.load_average = load;
  now.thermal_pressure = thermal_pressure();
  now.on_battery = parse_on_battery(pmset({"batt"}));
  now.low_power = parse_low_power_mode(pmset({}));
  if (!now.low_power) now.low_power = low_power_notified();
  return now;
}

}  // namespace m1bench
