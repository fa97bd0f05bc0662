// SPDX-License-Identifier: Apache-2.0
#include "platform/program.hpp"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <thread>

#include "m1bench/core/check.hpp"
#include "platform/affinity.hpp"
#include "platform/clock.hpp"
#include "platform/interrupt.hpp"
#include "platform/program_guard.hpp"
#include "platform/spawn.hpp"
#include "platform/usage.hpp"

namespace m1bench {
namespace {

constexpr std::size_t kTailBytes = 4096;
constexpr std::size_t kPipeBytes = 65536;
// What a pipe may still hold when its program has ended: a stranger that left the group may go on writing for ever.
constexpr int kLastPieces = 32;

// Empties the program's pipes and watches the clock for it. The process id is signalled only until stop(), which comes before
// its exit status is collected: until then the system cannot give the number to another.
class Watcher {
 public:
  Watcher(Descriptor output, Descriptor errors, const ProgramStart& start)
      : output_(std::move(output)), errors_(std::move(errors)), start_(start), end_(steady_seconds() + start.timeout_s) {
    usable_ = open_pipe(stopped_, stop_);
    if (usable_) thread_ = std::thread([this] { watch(); });
  }
  ~Watcher() { stop(); }
  Watcher(const Watcher&) = delete;
  Watcher& operator=(const Watcher&) = delete;

  bool usable() const { return usable_; }
  void started(pid_t pid) { pid_ = pid; }
  void stop() {
    stop_.close();
    if (thread_.joinable()) thread_.join();
  }

  // After stop().
  const std::string& error_tail() const { return tail_; }
  bool timed_out() const { return timed_out_; }
  bool was_interrupted() const { return interrupted_; }

 private:
  void watch() {
    for (;;) {
      const bool killed = timed_out_ || interrupted_;
      pollfd watched[] = {{output_.get(), POLLIN, 0},
                          {errors_.get(), POLLIN, 0},
                          {stopped_.get(), POLLIN, 0},
                          {killed ? -1 : interrupt_descriptor(), POLLIN, 0}};
      poll(watched, std::size(watched), milliseconds(killed));
      take_all();
      if (watched[2].revents != 0) break;
      if (killed || pid_ == 0) continue;
      interrupted_ = interrupted() != 0;
      timed_out_ = !interrupted_ && steady_seconds() >= end_;
      if (interrupted_ || timed_out_) {
        kill(-pid_, SIGKILL);
        kill(pid_, SIGKILL);
      }
    }
    for (int piece = 0; piece < kLastPieces && take_all(); ++piece) {
    }
  }

  // Until the deadline; and while there is nobody to kill yet, not for long.
  int milliseconds(bool killed) const {
    constexpr double kLongest_s = 60, kSoon_s = 0.001;
    const double left_s = killed ? kLongest_s : std::clamp(end_ - steady_seconds(), pid_ == 0 ? kSoon_s : 0.0, kLongest_s);
    return static_cast<int>(std::ceil(left_s * 1000));
  }

  // One read of each pipe; false if there was nothing.
  bool take_all() {
    const std::size_t printed = take(output_);
    if (printed > 0 && start_.on_output) start_.on_output({bytes_, printed});
    const std::size_t said = take(errors_);
    tail_.append(bytes_, said);
    if (tail_.size() > kTailBytes) tail_.erase(0, tail_.size() - kTailBytes);
    return printed + said > 0;
  }

  std::size_t take(Descriptor& from) {
    if (!from.is_open()) return 0;
    const ssize_t size = retry([&] { return read(from.get(), bytes_, sizeof bytes_); });
    if (size > 0) return static_cast<std::size_t>(size);
    if (size == 0 || errno != EAGAIN) from.close();
    return 0;
  }

  Descriptor output_, errors_, stopped_, stop_;
  const ProgramStart& start_;
  double end_;
  bool usable_ = false;
  std::atomic<pid_t> pid_{0};
  std::string tail_;
  bool timed_out_ = false, interrupted_ = false;
  char bytes_[kPipeBytes];
  std::thread thread_;
};

// posix_spawn's two descriptions, which must be destroyed.
class SpawnPlan {
 public:
  SpawnPlan(int input, int output, int errors) {
    posix_spawn_file_actions_init(&actions_);
    posix_spawn_file_actions_adddup2(&actions_, input, 0);
    posix_spawn_file_actions_adddup2(&actions_, output, 1);
    posix_spawn_file_actions_adddup2(&actions_, errors, 2);
    posix_spawnattr_init(&attributes_);
    posix_spawnattr_setflags(&attributes_, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);
    posix_spawnattr_setpgroup(&attributes_, 0);
    sigset_t all, none;
    sigfillset(&all);
    sigemptyset(&none);
    posix_spawnattr_setsigdefault(&attributes_, &all);
    posix_spawnattr_setsigmask(&attributes_, &none);
  }
  ~SpawnPlan() {
    posix_spawn_file_actions_destroy(&actions_);
    posix_spawnattr_destroy(&attributes_);
  }
  SpawnPlan(const SpawnPlan&) = delete;
  SpawnPlan& operator=(const SpawnPlan&) = delete;

  // 0 or errno.
  int spawn(pid_t& pid, const std::string& program, std::vector<std::string> words, std::vector<std::string> environment) const {
    return posix_spawn(&pid, program.c_str(), &actions_, &attributes_, pointers(words).data(), pointers(environment).data());
  }

 private:
  posix_spawn_file_actions_t actions_;
  posix_spawnattr_t attributes_;
};

ProgramEnd refused(const ProgramStart& start, int error_number, const std::string& what) {
  ProgramEnd end;
  end.not_started = Child::SpawnError{error_number, (what.empty() ? start.command.front() : what) + ": " + system_reason(error_number)};
  return end;
}

// Only who was told of a stopped child, which is collected here so that it is told once, sleeps for a moment before it asks again.
void await_end(pid_t pid) {
  constexpr int kMoment_ms = 1;
  for (;;) {
    siginfo_t info{};
    const int result = retry([&] { return waitid(P_PID, static_cast<id_t>(pid), &info, WEXITED | WNOWAIT); });
    if (result != 0 || tells_of_end(info)) return;
    waitid(P_PID, static_cast<id_t>(pid), &info, WSTOPPED | WCONTINUED | WNOHANG);
    poll(nullptr, 0, kMoment_ms);
  }
}

// A file's or a device's contents; nothing and errno else, and never a wait for whoever writes into a fifo.
Descriptor open_input(const std::string& name) {
  Descriptor input(open(name.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  struct stat status {};
  if (!input.is_open() || fstat(input.get(), &status) != 0) return {};
  if (!S_ISREG(status.st_mode) && !S_ISCHR(status.st_mode)) {
    input.close();
    errno = EINVAL;
    return {};
  }
  fcntl(input.get(), F_SETFL, fcntl(input.get(), F_GETFL) & ~O_NONBLOCK);  // a program expects to wait for what it reads
  return input;
}

double seconds(const timeval& time) { return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) * 1e-6; }

// Collects the exit status and what the system counted.
void reap(pid_t pid, ProgramEnd& end) {
  int status = 0;
  rusage used{};
  end.exit = {std::nullopt, SIGKILL};  // what it is if no status can be had
  if (retry([&] { return wait4(pid, &status, 0, &used); }) != pid) return;
  if (WIFEXITED(status)) end.exit = {WEXITSTATUS(status), std::nullopt};
  if (WIFSIGNALED(status)) end.exit = {std::nullopt, WTERMSIG(status)};
  end.cpu_s = seconds(used.ru_utime) + seconds(used.ru_stime);
  end.max_rss_bytes = child_max_rss_bytes(used.ru_maxrss);
  end.context_switches = static_cast<std::uint64_t>(used.ru_nvcsw + used.ru_nivcsw);
  end.page_faults = static_cast<std::uint64_t>(used.ru_minflt + used.ru_majflt);
}

}  // namespace

ProgramEnd run_program(const ProgramStart& start) {
  check(!start.command.empty(), "a program to run has at least one word");
  settle_own_signals();
  constexpr int kFirstOther = 3;
  static const bool hidden = (hide_descriptors(kFirstOther), true);  // whatever this process itself inherited
  static_cast<void>(hidden);
  static ProgramGuard guard;
  const std::string& name = start.command.front();
  const std::optional<std::string> program = name.find('/') != std::string::npos ? name : find_program(name);
  if (!program) return refused(start, ENOENT, "");
  const std::string input_name = start.input.empty() ? "/dev/null" : start.input;
  const Descriptor input = open_input(input_name);
  if (!input.is_open()) return refused(start, errno, input_name);
  Descriptor output, output_end, errors, errors_end;
  if (!open_pipe(output, output_end) || !open_pipe(errors, errors_end) || !set_nonblocking(output.get()) || !set_nonblocking(errors.get())) {
    return refused(start, errno, "cannot make a pipe");
  }
  std::vector<std::string> environment = merged_environment(start.environment);
  const SpawnPlan plan(input.get(), output_end.get(), errors_end.get());
  // Before this thread is pinned, for what it begins inherits where it may run. The program is to; the watcher is not.
  Watcher watcher(std::move(output), std::move(errors), start);
  if (!watcher.usable()) return refused(start, errno, "cannot make a pipe");
  const PinnedThread pinned(start.cpus);
  ProgramCounter counter;

  ProgramEnd end;
  pid_t pid = 0;
  const double started_s = steady_seconds();
  if (const int error_number = plan.spawn(pid, *program, start.command, std::move(environment)); error_number != 0) {
    return refused(start, error_number, "");
  }
  guard.watch(pid);
  watcher.started(pid);
  output_end.close();
  errors_end.close();
  await_end(pid);
  end.wall_s = steady_seconds() - started_s;
  end.counted = counter.counted(pid);
  kill(-pid, SIGKILL);
  watcher.stop();
  guard.watch(ProgramGuard::kNobody);
  reap(pid, end);
  end.error_tail = watcher.error_tail();
  end.timed_out = watcher.timed_out();
  end.interrupted = watcher.was_interrupted();
  return end;
}

}  // namespace m1bench
