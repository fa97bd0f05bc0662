// SPDX-License-Identifier: Apache-2.0
#include "platform/macos_facts.hpp"

#include <array>
#include <charconv>
#include <cstring>

namespace m1bench {
namespace {

// A cache that is not there has size 0.
std::optional<std::uint64_t> above_zero(const ReadSysctl& read, const std::string& name) {
  const auto number = sysctl_number(read, name);
  if (!number || *number <= 0) return std::nullopt;
  return static_cast<std::uint64_t>(*number);
}

int count_at(const ReadSysctl& read, const std::string& name) {
  constexpr std::int64_t kMostCpus = 1 << 16;
  const std::int64_t count = sysctl_number(read, name).value_or(0);
  return count < 0 || count > kMostCpus ? 0 : static_cast<int>(count);
}

// The number before the first dot.
std::optional<int> first_number(std::string_view version) {
  int number = 0;
  const auto [end, error] = std::from_chars(version.data(), version.data() + version.size(), number);
  const bool whole = end == version.data() + version.size() || *end == '.' || *end == ' ';
  return error == std::errc() && whole && number > 0 ? std::optional(number) : std::nullopt;
}

// Darwin 20 to 24 are macOS 11 to 15, Darwin 25 is macOS 26.
std::optional<int> major_of_kernel(const std::string& release) {
  constexpr int kMacos11 = 20, kMacos26 = 25;
  const auto darwin = first_number(release);
  if (!darwin || *darwin < kMacos11) return std::nullopt;
  return *darwin < kMacos26 ? *darwin - 9 : *darwin + 1;
}

// `prefix` is "hw." or "hw.perflevel0."; on Apple silicon the unqualified names describe the slowest cores.
HostLevel level_at(const ReadSysctl& read, const std::string& prefix) {
  HostLevel level;
  level.cores = count_at(read, prefix + "physicalcpu");
  level.l1d_bytes = above_zero(read, prefix + "l1dcachesize");
  level.l2_bytes = above_zero(read, prefix + "l2cachesize");
  level.l3_bytes = above_zero(read, prefix + "l3cachesize");
  return level;
}

// Fastest first, as the kernel numbers them. Their names are Apple's and change from chip to chip. An Intel Mac has none, and
// neither have cores that are all alike a name worth telling ("Standard").
std::vector<HostLevel> levels_of(const ReadSysctl& read) {
  std::vector<HostLevel> levels;
  const int kinds = count_at(read, "hw.nperflevels");
  for (int kind = 0; kind < kinds; ++kind) {
    const std::string prefix = "hw.perflevel" + std::to_string(kind) + '.';
    HostLevel level = level_at(read, prefix);
    if (level.cores == 0) break;  // announced, but not there
    if (kinds > 1) level.name = sysctl_text(read, prefix + "name").value_or("");
    levels.push_back(std::move(level));
  }
  if (levels.empty()) levels.push_back(level_at(read, "hw."));
  return levels;
}

}  // namespace

std::optional<std::string> sysctl_text(const ReadSysctl& read, const std::string& name) {
  const auto bytes = read(name);
  return bytes ? std::optional(bytes->substr(0, bytes->find('\0'))) : std::nullopt;
}

std::optional<std::int64_t> sysctl_number(const ReadSysctl& read, const std::string& name) {
  const auto bytes = read(name);
  std::int64_t value = 0;
  std::int32_t narrow = 0;
  if (bytes && bytes->size() == sizeof value) {
    std::memcpy(&value, bytes->data(), sizeof value);
    return value;
  }
  if (!bytes || bytes->size() != sizeof narrow) return std::nullopt;
  std::memcpy(&narrow, bytes->data(), sizeof narrow);
  return narrow;
}

std::string macos_version(const std::string& product, const std::string& kernel_release) {
  const auto kernel = major_of_kernel(kernel_release);
  return kernel && first_number(product).value_or(0) < *kernel ? std::to_string(*kernel) : product;
}

std::optional<int> macos_major(std::string_view os) {
  constexpr std::string_view kName = "macOS ";
  return os.starts_with(kName) ? first_number(os.substr(kName.size())) : std::nullopt;
}

HostFacts macos_host_facts(const ReadSysctl& read) {
  HostFacts facts;
  const std::string release = sysctl_text(read, "kern.osrelease").value_or("");
  facts.os = "macOS " + macos_version(sysctl_text(read, "kern.osproductversion").value_or(""), release);
  if (const auto build = sysctl_text(read, "kern.osversion")) facts.os += " (" + *build + ")";
  facts.kernel = "Darwin " + release;
  // The kernel's own answer, the same in a translated process; uname's is not.
  facts.arch = sysctl_number(read, "hw.optional.arm64") == 1 ? "arm64" : "x86_64";
  facts.cpu = sysctl_text(read, "machdep.cpu.brand_string").value_or("");
  facts.model = sysctl_text(read, "hw.model");
  facts.logical_cpus = count_at(read, "hw.logicalcpu");
  facts.levels = levels_of(read);
  facts.memory_bytes = above_zero(read, "hw.memsize");
  if (sysctl_number(read, "kern.hv_vmm_present") == 1) facts.virtual_machine = "yes";
  facts.timebase_hz = above_zero(read, "hw.tbfrequency");
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
