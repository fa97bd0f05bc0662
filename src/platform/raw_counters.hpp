// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "platform/counters.hpp"
#include "platform/linux_facts.hpp"

// From what kernels hand out to ProcessCounters: pure, so that it is tested on every OS.
namespace m1bench {

// Of proc_pid_rusage, in its units. The second group is told from RUSAGE_INFO_V6 (macOS 13) on.
struct MacUsage {
  std::uint64_t user_ticks = 0, system_ticks = 0;
  std::uint64_t instructions = 0, cycles = 0;
  std::uint64_t peak_footprint_bytes = 0;

  std::optional<std::uint64_t> performance_ticks;  // user and system, on performance cores
  std::optional<std::uint64_t> energy_nj;
};

// What turns them into ProcessCounters.
struct MacCounting {
  bool virtual_machine = false;                 // kern.hv_vmm_present: a guest has no counters, and what it reads is not its own
  std::optional<std::int64_t> ticks_per_second; // hw.tbfrequency, the host's also in a translated process
  std::int64_t kinds_of_core = 0;               // hw.nperflevels: with one kind alone there are no performance cores
};

// Zero is "not counted": no process gets as far as being asked without an instruction.
ProcessCounters mac_counters(const MacUsage& usage, const MacCounting& counting);

// A count of Linux's perf events, as read() returns it. They share the CPU's few counters and those of one kind of core: for
// `running_ns` of `enabled_ns` this one was counted. What was not counted all the time is no count, and no guess is made of it.
struct PerfCount {
  std::uint64_t value = 0, enabled_ns = 0, running_ns = 0;
};
std::optional<std::uint64_t> whole_count(const PerfCount& count);

// The energy of all CPU packages, of which Intel's and AMD's Linux drivers keep a count of microjoules that starts over at its
// range. Other zones are parts of a package or, like "psys", hold it. Usually only root may read it.
class PackageEnergy {
 public:
  PackageEnergy(ReadText read, const ListFolder& list);
  // Joules since the first reading, which is 0; nothing without a package or if one cannot be read. Ask more often than a counter
  // comes round, which takes minutes.
  std::optional<double> joules();
  // The shortest time in which a counter may come round, even where a package takes more than any does.
  double round_s() const;

 private:
  struct Package {
    std::string file;
    std::uint64_t range_uj = 0;
    std::optional<std::uint64_t> last_uj;
    std::uint64_t sum_uj = 0;
  };
  ReadText read_;
  std::vector<Package> packages_;
};

}  // namespace m1bench
