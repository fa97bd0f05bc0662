// SPDX-License-Identifier: Apache-2.0
#include "platform/linux_facts.hpp"

#include <functional>
#include <set>

#include "m1bench/core/error.hpp"
#include "platform/files.hpp"

namespace m1bench {
namespace {

const std::string kCpus = "/sys/devices/system/cpu/";

std::string cpu_folder(int cpu) { return kCpus + "cpu" + std::to_string(cpu) + '/'; }

// Intel's hybrids have a performance counter device per kind of core; so has no other machine.
std::vector<HostLevel> intel_levels(const ReadText& read) {
  std::vector<HostLevel> levels;
  for (const auto& [device, name] :
       {std::pair("cpu_core", "Performance"), std::pair("cpu_atom", "Efficiency"), std::pair("cpu_lowpower", "Low power")}) {
    HostLevel level;
    level.name = name;
    level.cpus = parse_cpu_list(read_line_of(read, "/sys/devices/" + std::string(device) + "/cpus"));
    if (!level.cpus.empty()) levels.push_back(level);
  }
  return levels;
}

// Arm machines tell each CPU's capacity relative to the fastest, 1024.
std::vector<HostLevel> capacity_levels(const ReadText& read, const std::vector<int>& cpus) {
  std::map<std::int64_t, std::vector<int>, std::greater<>> by_capacity;
  for (const int cpu : cpus) by_capacity[read_number(read, cpu_folder(cpu) + "cpu_capacity").value_or(0)].push_back(cpu);
  std::vector<HostLevel> levels;
  for (const auto& [capacity, members] : by_capacity) {
    HostLevel level;
    level.name = levels.empty() ? "Performance" : levels.size() + 1 == by_capacity.size() ? "Efficiency" : "Middle";
    level.cpus = members;
    levels.push_back(level);
  }
  return levels;
}

// Hardware threads of one core name the same siblings.
int count_cores(const ReadText& read, const std::vector<int>& cpus) {
  std::set<std::string> cores;
  for (const int cpu : cpus) {
    std::string siblings = read_line_of(read, cpu_folder(cpu) + "topology/core_cpus_list");
    if (siblings.empty()) siblings = read_line_of(read, cpu_folder(cpu) + "topology/thread_siblings_list");
    cores.insert(siblings.empty() ? std::to_string(cpu) : siblings);
  }
  return static_cast<int>(cores.size());
}

void add_caches(const ReadText& read, HostLevel& level) {
  if (level.cpus.empty()) return;
  for (int index = 0;; ++index) {
    const std::string folder = cpu_folder(level.cpus.front()) + "cache/index" + std::to_string(index) + '/';
    const auto depth = read_number(read, folder + "level");
    if (!depth) return;
    const auto bytes = parse_cache_size(read_line_of(read, folder + "size"));
    if (read_line_of(read, folder + "type") == "Instruction") continue;
    if (depth == 1) level.l1d_bytes = bytes;
    if (depth == 2) level.l2_bytes = bytes;
    if (depth == 3) level.l3_bytes = bytes;
  }
}

std::vector<HostLevel> levels_of(const ReadText& read, const std::vector<int>& cpus) {
  std::vector<HostLevel> levels = intel_levels(read);
  if (levels.size() < 2) levels = capacity_levels(read, cpus);
  if (levels.size() == 1) levels.front().name.clear();
  for (HostLevel& level : levels) {
    level.cores = count_cores(read, level.cpus);
    add_caches(read, level);
  }
  return levels;
}

std::string os_name(const ReadText& read) {
  for (const char* path : {"/etc/os-release", "/usr/lib/os-release"}) {
    if (const auto text = read(path)) {
      const auto values = parse_key_value_lines(*text, '=');
      if (const auto found = values.find("PRETTY_NAME"); found != values.end()) return found->second;
    }
  }
  return "Linux";
}

struct Maker {
  std::string_view mark, name;
};

// Intel's driver has a switch of its own, which is on where turbo is off.
std::optional<bool> turbo_of(const ReadText& read) {
  if (const auto off = read_number(read, kCpus + "intel_pstate/no_turbo")) return *off == 0;
  if (const auto on = read_number(read, kCpus + "cpufreq/boost")) return *on == 1;
  return std::nullopt;
}

std::optional<bool> smt_of(const ReadText& read) {
  const auto active = read_number(read, kCpus + "smt/active");
  return active ? std::optional(*active == 1) : std::nullopt;
}

constexpr Maker kHypervisors[] = {
    // CPUID leaf 0x40000000
    {"KVMKVMKVM", "KVM"},           {"VMwareVMware", "VMware"},    {"Microsoft Hv", "Hyper-V"},
    {"XenVMMXenVMM", "Xen"},        {"TCGTCGTCGTCG", "QEMU"},      {"bhyve bhyve ", "bhyve"},
    {"VBoxVBoxVBox", "VirtualBox"}, {" lrpepyh  vr", "Parallels"}, {"ACRNACRNACRN", "ACRN"},
};
constexpr Maker kFirmwares[] = {
    // the beginning of DMI's "vendor product"
    {"QEMU ", "QEMU"},
    {"VMware, Inc. VMware", "VMware"},
    {"innotek GmbH VirtualBox", "VirtualBox"},
    {"Xen ", "Xen"},
    {"Microsoft Corporation Virtual Machine", "Hyper-V"},
    {"Parallels ", "Parallels"},
    {"Apple Inc. Apple Virtualization", "Apple Virtualization"},
    {"Google Google Compute Engine", "Google Compute Engine"},
    {"Amazon EC2 ", "Amazon EC2"},
};

}  // namespace

std::optional<std::string> virtual_machine_name(std::string_view hypervisor, std::string_view vendor, std::string_view product) {
  for (const Maker& maker : kHypervisors) {
    if (hypervisor == maker.mark) return std::string(maker.name);
  }
  const std::string firmware = std::string(vendor) + ' ' + std::string(product);
  for (const Maker& maker : kFirmwares) {
    if (firmware.starts_with(maker.mark) && !firmware.ends_with(".metal")) return std::string(maker.name);
  }
  return std::nullopt;
}

std::optional<std::string> read_system_file(const std::string& path) {
  constexpr std::uint64_t kMostBytes = 16 << 20;  // /proc/cpuinfo of the largest machines is a tenth of that
  try {
    return read_file(path, kMostBytes);
  } catch (const Error&) {
    return std::nullopt;  // a fact that cannot be had
  }
}

std::vector<std::string> list_system_folder(const std::string& path) {
  try {
    return list_directory(path);
  } catch (const Error&) {
    return {};
  }
}

std::string read_line_of(const ReadText& read, const std::string& path) {
  const std::string text = read(path).value_or("");
  return text.substr(0, text.find('\n'));
}

std::optional<std::int64_t> read_number(const ReadText& read, const std::string& path) {
  return parse_whole_number(read(path).value_or(""));
}

HostFacts linux_host_facts(const ReadText& read, std::string_view hypervisor) {
  HostFacts facts;
  facts.os = os_name(read);
  facts.kernel = "Linux " + read_line_of(read, "/proc/sys/kernel/osrelease");
  const std::string cpuinfo = read("/proc/cpuinfo").value_or("");
  facts.cpu = parse_cpuinfo_model(cpuinfo);
  const std::vector<int> cpus = parse_cpu_list(read_line_of(read, kCpus + "online"));
  facts.logical_cpus = static_cast<int>(cpus.size());
  facts.levels = levels_of(read, cpus);
  facts.memory_bytes = parse_meminfo_total(read("/proc/meminfo").value_or(""));

  const std::string vendor = read_line_of(read, "/sys/class/dmi/id/sys_vendor");
  facts.virtual_machine = virtual_machine_name(hypervisor, vendor, read_line_of(read, "/sys/class/dmi/id/product_name"));
  const auto values = parse_key_value_lines(cpuinfo, ':');
  const auto flags = values.find("flags");
  if (!facts.virtual_machine && flags != values.end() && (' ' + flags->second + ' ').find(" hypervisor ") != std::string::npos) {
    facts.virtual_machine = "yes";
  }
  if (const std::string governor = read_line_of(read, kCpus + "cpu0/cpufreq/scaling_governor"); !governor.empty()) {
    facts.governor = governor;
  }
  facts.turbo = turbo_of(read);
  facts.smt = smt_of(read);
  facts.cpu_limit = linux_cpu_limit(read);
  return facts;
}

}  // namespace m1bench
