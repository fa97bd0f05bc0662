// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <optional>

namespace m1bench {

// What the operating system counted for one process, all its threads, since some moment before the first reading: only what
// two readings differ by means anything, the peak apart. Whatever is not counted here is empty.
struct ProcessCounters {
  std::optional<std::uint64_t> instructions, cycles;  // of this machine's CPU, whatever is being translated
  std::optional<double> energy_j;                     // macOS: of the process; Linux: of the CPU packages, whoever uses them
  std::optional<double> cpu_s, performance_cpu_s;     // on all cores, and of that on performance cores
  std::optional<std::uint64_t> peak_footprint_bytes;
  bool empty() const { return !instructions && !cycles && !energy_j && !cpu_s && !performance_cpu_s && !peak_footprint_bytes; }
};

// What was counted between two readings: a count that is missing in one of them or shrank is empty. The peak is the later one.
ProcessCounters counted_between(const ProcessCounters& before, const ProcessCounters& after);

// Reads the counters of a live child. Never fails: where the system counts nothing, forbids it or the child is gone, readings
// are empty. On Linux each thread costs two descriptors; threads that begin later are counted with those that began them, so
// open this while the child waits. A reading takes a few microseconds for each thread and package.
class CounterReader {
 public:
  explicit CounterReader(int pid);
  ~CounterReader();
  CounterReader(const CounterReader&) = delete;
  CounterReader& operator=(const CounterReader&) = delete;
  ProcessCounters read();

 private:
  struct Impl;  // one body per OS
  std::unique_ptr<Impl> impl_;
};

// Counts one program over its whole life. Make it right before the program is started, on the thread that starts it: on Linux
// that thread's own few thousand instructions until the end are counted too.
class ProgramCounter {
 public:
  ProgramCounter();
  ~ProgramCounter();
  ProgramCounter(const ProgramCounter&) = delete;
  ProgramCounter& operator=(const ProgramCounter&) = delete;
  // Once it has ended, and before its exit status is collected.
  ProcessCounters counted(int pid);

 private:
  struct Impl;  // one body per OS
  std::unique_ptr<Impl> impl_;
};

}  // namespace m1bench
