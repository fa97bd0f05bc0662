// SPDX-License-Identifier: Apache-2.0
#include "app/machine.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <optional>
#include <string>

#include "platform/build_info.hpp"
#include "platform/clock.hpp"
#include "platform/conditions.hpp"
#include "platform/host.hpp"
#include "platform/sha256.hpp"

namespace m1bench {

std::vector<int> measuring_cpus() {
  const std::vector<int> allowed = allowed_cpus();
  std::vector<int> fastest;
  const HostFacts facts = host_facts();
  if (!facts.levels.empty()) {
    const std::vector<int>& level = facts.levels.front().cpus;
    std::copy_if(allowed.begin(), allowed.end(), std::back_inserter(fastest),
                 [&](int cpu) { return std::find(level.begin(), level.end(), cpu) != level.end(); });
  }
  return fastest.empty() ? allowed : fastest;
}

Tool this_tool() {
  const BuildInfo& build = build_info();
  return {build.version, build.commit, build.dirty, build.build_id, build.build_type, build.compiler, build.flags, build.strict_fp, build.libraries,
          own_translator()};
}

Machine this_machine() {
  const HostFacts facts = host_facts();
  Machine machine;
  machine.id = machine_id();
  machine.os = facts.os;
  machine.kernel = facts.kernel;
  machine.arch = facts.arch;
  machine.cpu = facts.cpu;
  machine.model = facts.model;
  machine.logical_cpus = facts.logical_cpus;
  for (const HostLevel& level : facts.levels) {
    machine.levels.push_back({level.name, level.cores, level.l1d_bytes, level.l2_bytes, level.l3_bytes});
  }
  machine.memory_bytes = facts.memory_bytes;
  machine.virtual_machine = facts.virtual_machine;
  machine.governor = facts.governor;
  machine.turbo = facts.turbo;
  machine.smt = facts.smt;
  machine.cpu_limit = facts.cpu_limit;
  machine.timer_resolution_s = timer_resolution_s();
  machine.timebase_hz = facts.timebase_hz;
  machine.before = conditions_now();
  return machine;
}

Conditions conditions_now() {
  const HostConditions now = host_conditions();
  return {now.load_average, now.steal_s, now.thermal_c, now.thermal_pressure, now.on_battery, now.low_power};
}

// The file is the word before `worker`; more than one target may be in it.
void hash_executables(std::vector<Target>& targets) {
  std::map<std::string, std::optional<std::string>> hashes;
  for (Target& target : targets) {
    if (!target.available || target.command.size() < 2) continue;
    const std::string& file = target.command[target.command.size() - 2];
    if (!hashes.contains(file)) hashes[file] = sha256_of_file(file);
    target.sha256 = hashes[file];
  }
}

}  // namespace m1bench
