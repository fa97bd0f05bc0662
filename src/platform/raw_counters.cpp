// SPDX-License-Identifier: Apache-2.0
#include "platform/raw_counters.hpp"

#include <algorithm>
#include <limits>
#include <utility>

namespace m1bench {
namespace {

template <class T>
std::optional<T> grown(const std::optional<T>& before, const std::optional<T>& after) {
  return before && after && *after >= *before ? std::optional<T>(*after - *before) : std::nullopt;
}

std::optional<std::uint64_t> unless_zero(std::uint64_t count) { return count > 0 ? std::optional(count) : std::nullopt; }

}  // namespace

ProcessCounters counted_between(const ProcessCounters& before, const ProcessCounters& after) {
  ProcessCounters between;
  between.instructions = grown(before.instructions, after.instructions);
  between.cycles = grown(before.cycles, after.cycles);
  between.energy_j = grown(before.energy_j, after.energy_j);
  between.cpu_s = grown(before.cpu_s, after.cpu_s);
  between.performance_cpu_s = grown(before.performance_cpu_s, after.performance_cpu_s);
  between.peak_footprint_bytes = after.peak_footprint_bytes;
  return between;
}

ProcessCounters mac_counters(const MacUsage& usage, const MacCounting& counting) {
  ProcessCounters counters;
  if (counting.virtual_machine) return counters;
  counters.instructions = unless_zero(usage.instructions);
  counters.cycles = unless_zero(usage.cycles);
  if (usage.energy_nj && *usage.energy_nj > 0) counters.energy_j = static_cast<double>(*usage.energy_nj) / 1e9;
  counters.peak_footprint_bytes = unless_zero(usage.peak_footprint_bytes);
  if (!counting.ticks_per_second || *counting.ticks_per_second <= 0) return counters;
  const auto ticks_per_s = static_cast<double>(*counting.ticks_per_second);
  const std::uint64_t ticks = usage.user_ticks + usage.system_ticks;
  if (ticks > 0) counters.cpu_s = static_cast<double>(ticks) / ticks_per_s;
  if (usage.performance_ticks && counting.kinds_of_core > 1) {
    counters.performance_cpu_s = static_cast<double>(*usage.performance_ticks) / ticks_per_s;
  }
  return counters;
}

std::optional<std::uint64_t> whole_count(const PerfCount& count) {
  return count.running_ns >= count.enabled_ns ? std::optional(count.value) : std::nullopt;
}

PackageEnergy::PackageEnergy(ReadText read, const ListFolder& list) : read_(std::move(read)) {
  const std::string folder = "/sys/class/powercap/";
  for (const std::string& zone : list(folder)) {
    // A package is also there a second time as `intel-rapl-mmio:0`.
    if (!zone.starts_with("intel-rapl:") || !read_line_of(read_, folder + zone + "/name").starts_with("package-")) continue;
    const auto range_uj = read_number(read_, folder + zone + "/max_energy_range_uj");
    packages_.push_back({folder + zone + "/energy_uj", static_cast<std::uint64_t>(range_uj.value_or(0)), std::nullopt, 0});
  }
}

double PackageEnergy::round_s() const {
  constexpr double kMost_w = 1000;
  double shortest_s = std::numeric_limits<double>::infinity();
  for (const Package& package : packages_) shortest_s = std::min(shortest_s, static_cast<double>(package.range_uj) / 1e6 / kMost_w);
  return shortest_s;
}

std::optional<double> PackageEnergy::joules() {
  std::uint64_t sum_uj = 0;
  for (Package& package : packages_) {
    const auto read_uj = read_number(read_, package.file);
    if (!read_uj || *read_uj < 0) return std::nullopt;
    const auto now_uj = static_cast<std::uint64_t>(*read_uj);
    const std::uint64_t last_uj = package.last_uj.value_or(now_uj);
    const bool came_round = now_uj < last_uj;
    if (came_round && last_uj > package.range_uj) return std::nullopt;
    package.sum_uj += came_round ? package.range_uj - last_uj + now_uj : now_uj - last_uj;
    package.last_uj = now_uj;
    sum_uj += package.sum_uj;
  }
  return packages_.empty() ? std::nullopt : std::optional(static_cast<double>(sum_uj) / 1e6);
}

}  // namespace m1bench
