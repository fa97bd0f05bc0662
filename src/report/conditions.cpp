// SPDX-License-Identifier: Apache-2.0
#include "report/conditions.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "m1bench/core/text.hpp"

namespace m1bench {
namespace {

std::string on_or_off(bool on) { return on ? "on" : "off"; }

// "x before and y after"; one of them alone where the other is unknown, or both in one where they are alike.
std::string before_and_after(const std::string& before, const std::string& after) {
  if (before == after) return before;
  if (before.empty()) return after + " after";
  if (after.empty()) return before + " before";
  return before + " before and " + after + " after";
}

std::string load_text(const Conditions& conditions) {
  return conditions.load_average ? fmt::format("{:.2f}", *conditions.load_average) : "";
}

// Of the zone that is the hottest in the end, or at the start if no zone is known in the end.
std::string temperature_text(const Machine& machine) {
  const auto& last = machine.after.thermal_c.empty() ? machine.before.thermal_c : machine.after.thermal_c;
  const auto cooler = [](const auto& one, const auto& other) { return one.second < other.second; };
  const auto hottest = std::max_element(last.begin(), last.end(), cooler);
  if (hottest == last.end()) return "";
  const auto at = [&](const Conditions& conditions) {
    const auto found = conditions.thermal_c.find(hottest->first);
    return found == conditions.thermal_c.end() ? std::string() : fmt::format("{:.1f} C", found->second);
  };
  return hottest->first + " " + before_and_after(at(machine.before), at(machine.after));
}

// Of all CPUs together, so that it may be more than the time there was.
std::string steal_text(const Machine& machine, double elapsed_s) {
  if (!machine.before.steal_s || !machine.after.steal_s || elapsed_s <= 0) return "";
  const double stolen_s = std::max(0.0, *machine.after.steal_s - *machine.before.steal_s);
  return fmt::format("CPU time stolen {:.2f}% of the run's time", 100 * stolen_s / elapsed_s);
}

std::string power_text(std::optional<bool> before, std::optional<bool> after, const std::string& if_so,
                       const std::string& if_not) {
  const auto text = [&](std::optional<bool> fact) { return !fact ? "" : *fact ? if_so : if_not; };
  return before_and_after(text(before), text(after));
}

}  // namespace

std::string conditions_text(const Machine& machine, double elapsed_s) {
  const Conditions &before = machine.before, &after = machine.after;
  std::vector<std::string> facts;
  const auto add = [&](const std::string& label, const std::string& text) {
    if (!text.empty()) facts.push_back(label + text);
  };
  add("governor ", machine.governor.value_or(""));
  if (machine.turbo) add("turbo ", on_or_off(*machine.turbo));
  if (machine.smt) add("SMT ", on_or_off(*machine.smt));
  if (machine.cpu_limit) add("at most ", format_significant(*machine.cpu_limit, 3) + " CPUs");
  add("load ", before_and_after(load_text(before), load_text(after)));
  add("", steal_text(machine, elapsed_s));
  add("", temperature_text(machine));
  add("thermal pressure ", before_and_after(before.thermal_pressure.value_or(""), after.thermal_pressure.value_or("")));
  add("", power_text(before.on_battery, after.on_battery, "on battery", "on mains"));
  add("", power_text(before.low_power, after.low_power, "low-power mode", "full power"));
  return join(facts, ", ");
}

}  // namespace m1bench
