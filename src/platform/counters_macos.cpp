// SPDX-License-Identifier: Apache-2.0
#include <libproc.h>
#include <sys/resource.h>

#include "platform/macos_facts.hpp"
#include "platform/raw_counters.hpp"

namespace m1bench {
namespace {

template <class Info>
bool usage_of(int pid, int flavor, Info& info) {
  return proc_pid_rusage(pid, flavor, reinterpret_cast<rusage_info_t*>(&info)) == 0;
}

template <class Info>
MacUsage usage_in(const Info& info) {
  MacUsage usage;
  usage.user_ticks = info.ri_user_time;
  usage.system_ticks = info.ri_system_time;
  usage.instructions = info.ri_instructions;
  usage.cycles = info.ri_cycles;
  usage.peak_footprint_bytes = info.ri_lifetime_max_phys_footprint;
  return usage;
}

// An unknown flavor is refused with EINVAL: macOS 12 and older know V4, which has neither energy nor kinds of cores.
std::optional<MacUsage> usage_of(int pid) {
  rusage_info_v6 newer{};
  if (usage_of(pid, RUSAGE_INFO_V6, newer)) {
    MacUsage usage = usage_in(newer);
    usage.performance_ticks = newer.ri_user_ptime + newer.ri_system_ptime;
    usage.energy_nj = newer.ri_energy_nj;
    return usage;
  }
  rusage_info_v4 older{};
  return usage_of(pid, RUSAGE_INFO_V4, older) ? std::optional(usage_in(older)) : std::nullopt;
}

const MacCounting& this_counting() {
  const auto number = [](const char* name) { return sysctl_number(read_sysctl, name); };
  static const MacCounting counting{number("kern.hv_vmm_present").value_or(0) != 0, number("hw.tbfrequency"),
                                    number("hw.nperflevels").value_or(0)};
  return counting;
}

}  // namespace

struct CounterReader::Impl {
  int pid;
};

CounterReader::CounterReader(int pid) : impl_(std::make_unique<Impl>(Impl{pid})) {}
CounterReader::~CounterReader() = default;

ProcessCounters CounterReader::read() {
  const std::optional<MacUsage> usage = usage_of(impl_->pid);
  return usage ? mac_counters(*usage, this_counting()) : ProcessCounters();
}

// What the kernel counted for a process can still be asked for when it has ended, until its exit status is collected.
struct ProgramCounter::Impl {};

ProgramCounter::ProgramCounter() = default;
ProgramCounter::~ProgramCounter() = default;

ProcessCounters ProgramCounter::counted(int pid) {
  const std::optional<MacUsage> usage = usage_of(pid);
  return usage ? mac_counters(*usage, this_counting()) : ProcessCounters();
}

}  // namespace m1bench
