// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

// Child processes that talk in lines. Nothing here throws for what a child does: how it died is data.
namespace m1bench {

// "NAME=VALUE" of all that a child inherits.
std::vector<std::string> inherited_environment();

struct SpawnOptions {
  std::vector<std::string> command;                // command[0] is looked up in PATH if it has no slash
  std::map<std::string, std::string> environment;  // added to or replacing the parent's
  std::vector<int> cpus;                           // pin the child to these; empty or unsupported: leave it alone
  int shared_memory = -1;                          // a descriptor that the child gets as kSharedDescriptor; -1: none
};

struct ChildExit {
  std::optional<int> exit_code;  // exactly one of these two
  std::optional<int> signal;
};

enum class ReadStatus {
  line,         // a whole line was read
  end,          // the child closed its output (it is about to be or already dead)
  timed_out,    // no whole line before the deadline
  too_long,     // more bytes than allowed without a newline
  interrupted,  // an interrupt of the driver (platform/interrupt.hpp) came first
};

// One child with pipes on its standard input and output. Its standard error is drained into a tail of at most 4 KiB while
// lines are read or awaited, so that a chatty child never blocks. The child leads its own process group (a Ctrl-C in the
// terminal reaches the driver alone), dies with the driver on Linux (PR_SET_PDEATHSIG), inherits no descriptor of the driver's
// that is not named in the options, and starts with default signal handlers and an empty signal mask. The destructor kills and reaps it.
class Child {
 public:
  // Why a spawn failed, as errno (ENOENT: no such program; EBADARCH on macOS: no slice that can run).
  struct SpawnError {
    int error_number = 0;
    std::string message;  // "qemu-aarch64: No such file or directory"
  };

  // The child, or nothing and `error` filled in. A failing exec in the child is reported here, not as an exit code.
  static std::unique_ptr<Child> spawn(const SpawnOptions& options, SpawnError& error);
  ~Child();
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

  int pid() const;

  // Writes `line` and a newline; false if the child no longer reads (never SIGPIPE), or if it is slow to and `timeout_s` passes
  // or an interrupt comes first. After false its input is closed.
  bool write_line(const std::string& line, double timeout_s);

  // Reads up to and without the next newline into `line`; at most `max_bytes`. On anything but `line`, `line` holds what
  // had arrived so far (at most max_bytes), so that garbage can be shown. A line that came before the interrupt or the
  // deadline is returned first; half a line stays for the next call.
  ReadStatus read_line(std::string& line, std::size_t max_bytes, double timeout_s);

  // The child sees the end of its input.
  void close_input();

  // What the child wrote to its standard error last, at most 4 KiB.
  const std::string& error_tail() const;

  // Closes the child's input, waits up to `grace_s` for it to end, then kills its process group; reaps it. May be called again.
  ChildExit finish(double grace_s);
  // Kills the process group at once and reaps.
  ChildExit kill_now();

 private:
  struct Impl;
  explicit Child(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

// Runs a command to its end with its output captured (at most `max_bytes`), for questions such as `qemu-aarch64 --version`.
struct CommandOutput {
  bool started = false;
  bool timed_out = false;
  ChildExit exit;
  std::string out;
};
CommandOutput run_command(const SpawnOptions& options, std::size_t max_bytes, double timeout_s);

// "SIGILL" for 4 and so on; "signal 71" for one without a name.
std::string signal_name(int signal);

// The absolute path of `program` as PATH finds it (or itself, if it has a slash and is executable).
std::optional<std::string> find_program(const std::string& program);

}  // namespace m1bench
