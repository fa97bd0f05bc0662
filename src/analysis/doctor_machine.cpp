// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "analysis/doctor_checks.hpp"
#include "analysis/warnings_detectors.hpp"
#include "m1bench/core/text.hpp"

namespace m1bench {
namespace {

// One symptom, if there is one.
Symptoms if_so(bool condition, const std::string& message) { return condition ? Symptoms{{message, "", ""}} : Symptoms{}; }

}  // namespace

Symptoms check_lock(const DoctorFacts& facts) { return if_so(!facts.lock_trouble.empty(), facts.lock_trouble); }

Symptoms check_driver(const DoctorFacts& facts) {
  const std::string translator = facts.tool.translator.value_or("native");
  if (translator == "native") return {};
  std::string message = "m1bench itself runs under " + translator;
  if (translator == "rosetta2") message += ", started from a Rosetta shell; native workers stay native (`arch -arm64`)";
  return {{message, "", ""}};
}

Symptoms check_memory_order(const DoctorFacts& facts) {
  const bool rosetta = std::any_of(facts.targets.begin(), facts.targets.end(), [](const DoctorTarget& entry) {
    return entry.target.translator == "rosetta-linux" && entry.tried;
  });
  return if_so(rosetta,
               "Rosetta for Linux makes this virtual machine order all memory accesses as x86 does, which slows native code too");
}

Symptoms check_build(const DoctorFacts& facts) {
  const std::string& type = facts.tool.build_type;
  return if_so(!is_fast_build_type(type), "m1bench was built as " + (type.empty() ? "nothing in particular" : type));
}

Symptoms check_measuring(const DoctorFacts& facts) {
  const int pid = facts.measuring.value_or(0);
  return if_so(facts.measuring.has_value(),
               "another m1bench is measuring" + (pid > 0 ? " (pid " + std::to_string(pid) + ")" : ""));
}

Symptoms check_battery(const DoctorFacts& facts) {
  return if_so(facts.machine.before.on_battery == true, "the machine runs on its battery");
}

Symptoms check_low_power(const DoctorFacts& facts) {
  return if_so(facts.machine.before.low_power == true, "the machine is in low-power mode");
}

Symptoms check_heat(const DoctorFacts& facts) {
  const Conditions& now = facts.machine.before;
  const std::string pressure = now.thermal_pressure.value_or("nominal");
  if (pressure != "nominal") return {{"the machine is under thermal pressure (" + pressure + ")", "", ""}};
  const auto cooler = [](const auto& one, const auto& other) { return one.second < other.second; };
  const auto zone = std::max_element(now.thermal_c.begin(), now.thermal_c.end(), cooler);
  if (zone == now.thermal_c.end() || zone->second <= kHot_c) return {};
  return {{"the machine is hot already: " + zone->first + " has " + format_significant(zone->second, 3) + " degrees", "", ""}};
}

Symptoms check_load(const DoctorFacts& facts) {
  const int cpus = facts.machine.logical_cpus;
  const double load = facts.machine.before.load_average.value_or(0);
  return if_so(cpus > 0 && load > kBusyShare * cpus, "other programs keep the machine busy: the load average is " +
                                                         format_significant(load, 2) + " on " +
                                                         count_of(static_cast<std::size_t>(cpus), "CPU"));
}

Symptoms check_governor(const DoctorFacts& facts) {
  const std::string governor = facts.machine.governor.value_or("");
  return if_so(governor == "powersave" || governor == "conservative",
               "the CPU's governor is " + governor + ", which raises the clock late or not at all");
}

Symptoms check_cpu_limit(const DoctorFacts& facts) {
  const auto limit = facts.machine.cpu_limit;
  return if_so(limit && (facts.machine.logical_cpus <= 0 || *limit < facts.machine.logical_cpus),
               "a control group stops this process whenever it has used " + format_significant(limit.value_or(0), 3) +
                   " CPUs' worth of time");
}

Symptoms check_virtual_machine(const DoctorFacts& facts) {
  const std::string name = facts.machine.virtual_machine.value_or("");
  return if_so(!name.empty(), "this is a virtual machine" + (name == "yes" ? "" : " (" + name + ")") +
                                  ", whose host may take CPU time away and hide sensors and counters");
}

Symptoms check_turbo(const DoctorFacts& facts) {
  return if_so(facts.machine.turbo == true, "the clock may rise above its base (turbo), and falls again as the CPU gets warm");
}

Symptoms check_smt(const DoctorFacts& facts) {
  return if_so(facts.machine.smt == true,
               "two threads share a core (SMT), so that another program may slow one that has a CPU to itself");
}

}  // namespace m1bench
