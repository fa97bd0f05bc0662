// SPDX-License-Identifier: Apache-2.0
#include "platform/macos_facts.hpp"

#include <array>

namespace m1bench {
namespace {

std::optional<std::uint64_t> size_of(const Sysctl& sysctl, const std::string& name) {
  const auto bytes = sysctl.number(name);
  if (!bytes || *bytes <= 0) return std::nullopt;  // a cache that is not there has size 0
  return static_cast<std::uint64_t>(*bytes);
}

// `prefix` is "hw." or "hw.perflevel0."; on Apple silicon the unqualified names describe the slowest cores.
HostLevel level_at(const Sysctl& sysctl, const std::string& prefix) {
  HostLevel level;
  level.cores = static_cast<int>(sysctl.number(prefix + "physicalcpu").value_or(0));
  level.l1d_bytes = size_of(sysctl, prefix + "l1dcachesize");
  level.l2_bytes = size_of(sysctl, prefix + "l2cachesize");
  level.l3_bytes = size_of(sysctl, prefix + "l3cachesize");
  return level;
}

}  // namespace

HostFacts macos_host_facts(const Sysctl& sysctl) {
  HostFacts facts;
  facts.os = "macOS " + sysctl.text("kern.osproductversion").value_or("");
  if (const auto build = sysctl.text("kern.osversion")) facts.os += " (" + *build + ")";
  facts.kernel = "Darwin " + sysctl.text("kern.osrelease").value_or("");
  // The kernel's own answer, the same in a translated process; uname's is not.
  facts.arch = sysctl.number("hw.optional.arm64") == 1 ? "arm64" : "x86_64";
  facts.cpu = sysctl.text("machdep.cpu.brand_string").value_or("");
  facts.logical_cpus = static_cast<int>(sysctl.number("hw.logicalcpu").value_or(0));
  facts.memory_bytes = size_of(sysctl, "hw.memsize");
  if (sysctl.number("kern.hv_vmm_present") == 1) facts.virtual_machine = "yes";

  const std::int64_t kinds = sysctl.number("hw.nperflevels").value_or(0);
  for (std::int64_t kind = 0; kind < kinds; ++kind) {
    const std::string prefix = "hw.perflevel" + std::to_string(kind) + '.';
    facts.levels.push_back(level_at(sysctl, prefix));
    if (kinds > 1) facts.levels.back().name = sysctl.text(prefix + "name").value_or("");
  }
  if (kinds == 0) facts.levels.push_back(level_at(sysctl, "hw."));
  return facts;
}

std::optional<std::string> thermal_pressure_name(std::uint64_t level) {
  constexpr std::array kNames{"nominal", "moderate", "heavy", "trapping", "sleeping"};  // as in OSThermalNotification.h
  return level < kNames.size() ? std::optional<std::string>(kNames[level]) : std::nullopt;
}

// The first line is "Now drawing from 'AC Power'" or 'Battery Power'; an uninterruptible supply is neither.
std::optional<bool> parse_on_battery(std::string_view pmset_batt) {
  const std::string_view line = pmset_batt.substr(0, pmset_batt.find('\n'));
  if (line.find("'AC Power'") != std::string_view::npos) return false;
  if (line.find("'Battery Power'") != std::string_view::npos) return true;
  return std::nullopt;
}

// A line " lowpowermode         1" among the settings in use.
std::optional<bool> parse_low_power_mode(std::string_view pmset) {
  const auto settings = parse_key_value_lines(pmset, ' ');
  const auto found = settings.find("lowpowermode");
  if (found == settings.end() || (found->second != "0" && found->second != "1")) return std::nullopt;
  return found->second == "1";
}

}  // namespace m1bench
