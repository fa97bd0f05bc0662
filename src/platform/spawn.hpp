// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <signal.h>
#include <sys/types.h>

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "platform/descriptor.hpp"
#include "platform/process.hpp"

// How a child comes to be. Used by the bodies of Child and run_program only.
namespace m1bench {

struct SpawnedProcess {
  pid_t pid = 0;
  Descriptor input, output, errors;  // this side's ends of its standard streams, non-blocking
};

// Returns once the child has become the command, or nothing and the reason why it could not.
std::optional<SpawnedProcess> spawn_process(const SpawnOptions& options, Child::SpawnError& error);

// Whether what waitid() told is the end of the child: macOS also tells of one that was only stopped, asked for or not.
inline bool tells_of_end(const siginfo_t& info) { return info.si_code == CLD_EXITED || info.si_code == CLD_KILLED || info.si_code == CLD_DUMPED; }

// This process's environment with these variables added or replaced, as "NAME=VALUE".
std::vector<std::string> merged_environment(const std::map<std::string, std::string>& changes);
// Pointers into `words`, with the null that execve wants behind them.
std::vector<char*> pointers(std::vector<std::string>& words);
// Keeps a reader of a pipe that vanishes from ending this process, and exit statuses from being lost.
void settle_own_signals();

// What the operating system can do for a child before it becomes the command; one body per OS, called between fork and exec,
// where only async-signal-safe calls are allowed.
using CpuMask = std::vector<unsigned long>;  // bit n of the whole is CPU n; empty: leave the child alone
CpuMask make_cpu_mask(const std::vector<int>& cpus);
bool die_with_parent(pid_t parent);    // false if the parent is gone already
int pin_to_cpus(const CpuMask& mask);  // 0 or errno
void hide_descriptors(int first);      // closes at exec whatever this process has open from this number on, inherited ones too

}  // namespace m1bench
