// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>

#include "analysis/ratios.hpp"
#include "analysis/warnings_detectors.hpp"
#include "m1bench/core/text.hpp"
#include "stats/robust.hpp"

namespace m1bench {
namespace {

constexpr double kCanaryOff = 0.10, kDriftedShare = 0.10;
constexpr double kStolenShare = 0.05;  // of the session's time
constexpr double kHotter_c = 15;
// The trimmed mean and the median of slots shed about this share of bad slots; what is more gets into the ratio.
constexpr double kMigratedShare = 0.5;  // of blocks

Findings about_conditions(const WarningEvidence& evidence, std::optional<bool> Conditions::*condition, const char* message) {
  for (const Machine* machine : machines_of(evidence.run)) {
    if ((machine->before.*condition).value_or(false) || (machine->after.*condition).value_or(false)) return {{"", "", message}};
  }
  return {};
}

// Blocks that met a canary far from its median over the session; a repeated one met one.
std::size_t drifted_blocks(const Sitting& sitting) {
  std::vector<double> canaries;
  for (const Block* block : sitting.blocks) {
    if (block->canary_s) canaries.push_back(*block->canary_s);
  }
  const double usual = canaries.empty() ? 0 : median(canaries);
  return static_cast<std::size_t>(std::count_if(sitting.blocks.begin(), sitting.blocks.end(), [&](const Block* block) {
    return block->superseded || (block->canary_s && std::abs(*block->canary_s - usual) > kCanaryOff * usual);
  }));
}

// The zone that was hot and had become so; "" for none.
std::string hot_zone(const Machine& machine) {
  for (const auto& [zone, after] : machine.after.thermal_c) {
    const auto before = machine.before.thermal_c.find(zone);
    if (after <= kHot_c || before == machine.before.thermal_c.end() || after - before->second < kHotter_c) continue;
    return zone + " went from " + format_significant(before->second, 3) + " to " + format_significant(after, 3) + " degrees";
  }
  return "";
}

template <class Judge>
Findings of_single_threads(const WarningEvidence& evidence, Judge judge) {
  Findings findings;
  for (const Series& series : evidence.series) {
    if (series.item->threads != 1 || runs_program(*series.item)) continue;  // a program may wait for what it likes
    const std::string message = judge(series);
    if (!message.empty())
      findings.push_back({series.item->name, series.target->name, at_case(series.item->name, series.target->name) + message});
  }
  return findings;
}

}  // namespace

Findings find_canary_drift(const WarningEvidence& evidence) {
  Findings findings;
  for (const Sitting& sitting : evidence.sittings) {
    const std::size_t drifted = drifted_blocks(sitting), blocks = sitting.blocks.size();
    if (static_cast<double>(drifted) <= kDriftedShare * static_cast<double>(blocks)) continue;
    const auto repeated =
        std::count_if(sitting.blocks.begin(), sitting.blocks.end(), [](const Block* block) { return block->superseded; });
    findings.push_back({"", "",
                        "the machine's own speed was over " + format_percent(kCanaryOff) + " off after " +
                            std::to_string(drifted) + " of " + count_of(blocks, "block") + ", of which " +
                            std::to_string(repeated) + " were repeated"});
  }
  return findings;
}

Findings find_high_load(const WarningEvidence& evidence) {
  Findings findings;
  for (const Machine* machine : machines_of(evidence.run)) {
    const double most = kBusyShare * machine->logical_cpus;
    const double before = machine->before.load_average.value_or(0);
    const double after = machine->after.load_average.value_or(0) - evidence.run.session.threads;  // m1bench's own part
    if (machine->logical_cpus <= 0 || std::max(before, after) <= most) continue;
    const bool at_first = before > most;
    findings.push_back({"", "",
                        "the load average of other programs was " + format_significant(at_first ? before : after, 2) +
                            (at_first ? " before" : " after") + " the run, on " +
                            count_of(static_cast<std::size_t>(machine->logical_cpus), "CPU")});
  }
  return findings;
}

Findings find_steal(const WarningEvidence& evidence) {
  Findings findings;
  for (const Sitting& sitting : evidence.sittings) {
    const auto &before = sitting.machine->before.steal_s, &after = sitting.machine->after.steal_s;
    if (!before || !after || !sitting.seconds) continue;
    const double stolen = *after - *before;
    if (stolen <= kStolenShare * *sitting.seconds) continue;
    findings.push_back({"", "",
                        "the hypervisor gave " + format_seconds(stolen) + " of CPU time to other virtual machines in the " +
                            format_seconds(*sitting.seconds) + " of the run"});
  }
  return findings;
}

Findings find_battery(const WarningEvidence& evidence) {
  return about_conditions(evidence, &Conditions::on_battery, "the machine ran on its battery");
}

Findings find_low_power(const WarningEvidence& evidence) {
  return about_conditions(evidence, &Conditions::low_power, "the machine was in low-power mode");
}

Findings find_hot(const WarningEvidence& evidence) {
  Findings findings;
  for (const Machine* machine : machines_of(evidence.run)) {
    std::string message;
    for (const Conditions* conditions : {&machine->before, &machine->after}) {
      const std::string pressure = conditions->thermal_pressure.value_or("nominal");
      if (pressure != "nominal") message = "the machine was under thermal pressure (" + pressure + ")";
    }
    if (message.empty()) message = hot_zone(*machine);
    if (!message.empty()) findings.push_back({"", "", message});
  }
  return findings;
}

Findings find_stolen_time(const WarningEvidence& evidence) {
  return of_single_threads(evidence, [](const Series& series) -> std::string {
    const Waiting found = waiting_of(series.entries);
    if (!found.often()) return "";
    return std::to_string(found.waited) + " of " + std::to_string(found.slots) +
           " slots had to wait for a CPU (wall time over 1.05 of the CPU time)";
  });
}

Findings find_migrations(const WarningEvidence& evidence) {
  return of_single_threads(evidence, [](const Series& series) -> std::string {
    const auto moved =
        static_cast<std::size_t>(std::count_if(series.entries.begin(), series.entries.end(),
                                               [](const TargetBlock* entry) { return entry->migrations.value_or(0) > 0; }));
    if (static_cast<double>(moved) <= kMigratedShare * static_cast<double>(series.entries.size())) return "";
    return "moved to another CPU while it was timed, in " + std::to_string(moved) + " of " +
           count_of(series.entries.size(), "block");
  });
}

}  // namespace m1bench
