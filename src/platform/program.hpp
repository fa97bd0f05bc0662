// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "platform/counters.hpp"
#include "platform/process.hpp"

// Somebody else's program, timed from its start to its end.
namespace m1bench {

struct ProgramStart {
  std::vector<std::string> command;                // command[0] is looked up in PATH if it has no slash
  std::map<std::string, std::string> environment;  // added to or replacing the parent's
  std::vector<int> cpus;                           // keep it on these; empty or unsupported: leave it alone
  std::string input;                               // the file it reads from; "": none (/dev/null)
  double timeout_s = 0;                            // it is killed after this
  std::function<void(std::string_view)> on_output; // gets its standard output as it comes, from a thread of its own; may be empty
};

struct ProgramEnd {
  std::optional<Child::SpawnError> not_started;  // and then nothing else
  ChildExit exit;
  bool timed_out = false;
  bool interrupted = false;  // m1bench itself was told to stop (platform/interrupt.hpp)
  double wall_s = 0;         // from right before it was spawned until its end was seen
  double cpu_s = 0;          // its own and that of children it waited for
  std::optional<std::uint64_t> max_rss_bytes, context_switches, page_faults;
  ProcessCounters counted;   // over its whole life, descriptors and start-up included
  std::string error_tail;    // what it wrote to its standard error last, at most 4 KiB
};

// Spawns it as the leader of its own process group, and waits. The waiting thread sleeps in waitid() and does nothing else, so
// that its clock is read at once; another thread empties both pipes, which disturbs a program less than a full pipe, and kills the
// group at the deadline or on an interrupt. What it left running in its group is killed when it ends, and does not keep anything
// open; nor does it outlive this process, however that ends. Never throws for what a program does. 100 us besides the program's own time.
ProgramEnd run_program(const ProgramStart& start);

}  // namespace m1bench
