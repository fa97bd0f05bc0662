// SPDX-License-Identifier: Apache-2.0
#include <linux/perf_event.h>
#include <sys/syscall.h>

#include <cstdlib>
#include <string>
#include <utility>
#include <vector>

#include "platform/clock.hpp"
#include "platform/descriptor.hpp"
#include "platform/raw_counters.hpp"

namespace m1bench {
namespace {

// Of one thread and those it begins from now on, in user mode, which is all that kernel.perf_event_paranoid allows by default.
// Not open where that forbids even this, or where there is no such counter, as in most virtual machines.
Descriptor open_event(int thread, std::uint64_t event) {
  perf_event_attr attributes{};
  attributes.size = sizeof attributes;
  attributes.type = PERF_TYPE_HARDWARE;
  attributes.config = event;
  attributes.inherit = 1;
  attributes.exclude_kernel = 1;
  attributes.exclude_hv = 1;
  attributes.read_format = PERF_FORMAT_TOTAL_TIME_ENABLED | PERF_FORMAT_TOTAL_TIME_RUNNING;
  constexpr int kAnyCpu = -1, kNoGroup = -1;
  return Descriptor(static_cast<int>(syscall(SYS_perf_event_open, &attributes, thread, kAnyCpu, kNoGroup, PERF_FLAG_FD_CLOEXEC)));
}

// One kind of event over the threads of a process; all of them or none.
class Event {
 public:
  Event(const std::vector<int>& threads, std::uint64_t event) {
    for (const int thread : threads) {
      Descriptor opened = open_event(thread, event);
      if (!opened.is_open()) {
        descriptors_.clear();
        return;
      }
      descriptors_.push_back(std::move(opened));
    }
  }

  std::optional<std::uint64_t> count() const {
    std::optional<std::uint64_t> sum;
    for (const Descriptor& descriptor : descriptors_) {
      PerfCount read;
      if (::read(descriptor.get(), &read, sizeof read) != sizeof read) return std::nullopt;
      const auto count = whole_count(read);
      if (!count) return std::nullopt;
      sum = sum.value_or(0) + *count;
    }
    return sum;
  }

 private:
  std::vector<Descriptor> descriptors_;
};

std::vector<int> threads_of(int pid) {
  std::vector<int> threads;
  for (const std::string& name : list_system_folder("/proc/" + std::to_string(pid) + "/task/")) {
    if (const int thread = std::atoi(name.c_str()); thread > 0) threads.push_back(thread);
  }
  return threads;
}

}  // namespace

struct CounterReader::Impl {
  explicit Impl(const std::vector<int>& threads)
      : instructions(threads, PERF_COUNT_HW_INSTRUCTIONS), cycles(threads, PERF_COUNT_HW_CPU_CYCLES) {}
  Event instructions, cycles;
  PackageEnergy energy{read_system_file, list_system_folder};
};

namespace {

ProcessCounters read_counters(const Event& instructions, const Event& cycles, PackageEnergy& energy) {
  ProcessCounters counters;
  counters.instructions = instructions.count();
  counters.cycles = cycles.count();
  counters.energy_j = energy.joules();
  return counters;
}

}  // namespace

CounterReader::CounterReader(int pid) : impl_(std::make_unique<Impl>(threads_of(pid))) {}
CounterReader::~CounterReader() = default;

ProcessCounters CounterReader::read() { return read_counters(impl_->instructions, impl_->cycles, impl_->energy); }

// The counters of the calling thread go on in what it starts, and an ended child's are added to them before its end is told.
struct ProgramCounter::Impl {
  static constexpr int kThisThread = 0;
  Event instructions{{kThisThread}, PERF_COUNT_HW_INSTRUCTIONS}, cycles{{kThisThread}, PERF_COUNT_HW_CPU_CYCLES};
  PackageEnergy energy{read_system_file, list_system_folder};
  double start_s = steady_seconds();
  ProcessCounters before = read_counters(instructions, cycles, energy);
};

ProgramCounter::ProgramCounter() : impl_(std::make_unique<Impl>()) {}
ProgramCounter::~ProgramCounter() = default;

ProcessCounters ProgramCounter::counted(int) {
  ProcessCounters counted = counted_between(impl_->before, read_counters(impl_->instructions, impl_->cycles, impl_->energy));
  // Nobody looked meanwhile: a counter that came round would show too little, and nothing would tell.
  if (steady_seconds() - impl_->start_s >= impl_->energy.round_s()) counted.energy_j.reset();
  return counted;
}

}  // namespace m1bench
