// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <utility>

#include "m1bench/core/text.hpp"
#include "platform/linux_facts.hpp"

namespace m1bench {
namespace {

// The line "cpu  user nice system idle iowait irq softirq steal ...", in ticks of all CPUs since boot.
std::optional<double> steal_seconds(const std::string& stat, double ticks_per_s) {
  constexpr std::size_t kSteal = 8;
  std::vector<std::string> words = split(stat.substr(0, stat.find('\n')), ' ');
  std::erase(words, "");
  if (words.size() <= kSteal || words.front() != "cpu" || ticks_per_s <= 0) return std::nullopt;
  const auto ticks = parse_whole_number(words[kSteal]);
  if (!ticks || *ticks < 0) return std::nullopt;
  return static_cast<double>(*ticks) / ticks_per_s;
}

// By type, as the zones' own numbers may change from boot to boot: "acpitz", and "acpitz 2" for the next one of that type.
std::map<std::string, double> thermal_zones(const ReadText& read, const ListFolder& list) {
  // Sensors that are off or not there tell numbers such as -274000 or 255000.
  constexpr double kColdest_c = -50, kHottest_c = 150;
  const std::string folder = "/sys/class/thermal/";
  std::vector<std::string> names = list(folder);
  std::erase_if(names, [](const std::string& name) { return !name.starts_with("thermal_zone"); });
  std::sort(names.begin(), names.end(), [](const std::string& a, const std::string& b) {
    return std::pair(a.size(), a) < std::pair(b.size(), b);  // thermal_zone2 before thermal_zone10
  });
  std::map<std::string, int> count;
  std::map<std::string, double> zones;
  for (const std::string& name : names) {
    const std::string type = read_line_of(read, folder + name + "/type");
    if (type.empty()) continue;
    const int number = ++count[type];  // counted even if unreadable now, so that later zones keep their names
    const auto millidegrees = read_number(read, folder + name + "/temp");
    if (!millidegrees) continue;
    const double celsius = static_cast<double>(*millidegrees) / 1000;
    if (celsius > kColdest_c && celsius <= kHottest_c) zones[number == 1 ? type : type + ' ' + std::to_string(number)] = celsius;
  }
  return zones;
}

// A charger that delivers decides; without one, what the battery does. A desktop usually tells of neither.
std::optional<bool> on_battery(const ReadText& read, const ListFolder& list) {
  const std::string folder = "/sys/class/power_supply/";
  bool charger = false, draining = false, full = false;
  for (const std::string& name : list(folder)) {
    const auto fact = [&](const char* file) { return read_line_of(read, folder + name + '/' + file); };
    if (fact("scope") == "Device") continue;  // a mouse's or a keyboard's
    const std::string type = fact("type"), status = fact("status");
    if (type == "Mains" || type == "USB") charger = charger || fact("online") == "1";
    if (type != "Battery") continue;
    draining = draining || status == "Discharging";
    full = full || status == "Charging" || status == "Full" || status == "Not charging";
  }
  if (!charger && !draining && !full) return std::nullopt;
  return !charger && draining;
}

}  // namespace

HostConditions linux_conditions(const ReadText& read, const ListFolder& list, double ticks_per_s) {
  HostConditions now;
  now.steal_s = steal_seconds(read("/proc/stat").value_or(""), ticks_per_s);
  now.thermal_c = thermal_zones(read, list);
  now.on_battery = on_battery(read, list);
  // The other profiles do not say that power is not saved by other means.
  if (read_line_of(read, "/sys/firmware/acpi/platform_profile") == "low-power") now.low_power = true;
  return now;
}

}  // namespace m1bench
