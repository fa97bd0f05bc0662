// SPDX-License-Identifier: Apache-2.0
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>

#include <algorithm>
#include <cmath>
#include <string_view>

#include "platform/clock.hpp"
#include "platform/interrupt.hpp"
#include "platform/process.hpp"
#include "platform/spawn.hpp"

// All waiting happens in Impl::wait, one poll() with an end; all reading in Impl::pump, which never waits. A process id is
// signalled only while its exit status has not been collected, for until then the system cannot give the number to another.
namespace m1bench {
namespace {

constexpr std::size_t kTailBytes = 4096;
constexpr std::size_t kPipeBytes = 65536;               // what a pipe holds: one read empties it
constexpr std::size_t kBufferedWhileWriting = 1 << 20;  // of a child that talks while it is talked to
constexpr double kKillPatience_s = 10;                  // a killed process in an uninterruptible wait is left behind after this

class Deadline {
 public:
  explicit Deadline(double seconds) : end_(steady_seconds() + seconds) {}
  double left() const { return end_ - steady_seconds(); }
  bool passed() const { return left() <= 0; }

 private:
  double end_;
};

}  // namespace

struct Child::Impl {
  explicit Impl(SpawnedProcess&& spawned) : process(std::move(spawned)) {}

  SpawnedProcess process;
  std::string buffer;       // output that no line was made of yet
  std::size_t scanned = 0;  // so many bytes of it hold no newline
  std::string tail;         // of standard error
  std::optional<ChildExit> exit;

  enum class For { read, write, end };

  // Sleeps until something happens that `purpose` cares about, or for `seconds`, or less; the caller looks again.
  void wait(For purpose, double seconds, bool output_wanted = true) {
    pollfd watched[] = {{output_wanted ? process.output.get() : -1, POLLIN, 0},
                        {process.errors.get(), POLLIN, 0},
                        {purpose == For::write ? process.input.get() : -1, POLLOUT, 0},
                        {purpose == For::end ? -1 : interrupt_descriptor(), POLLIN, 0}};
    const double milliseconds = std::ceil(std::clamp(seconds, 0.0, 60.0) * 1000);
    poll(watched, std::size(watched), static_cast<int>(milliseconds));
  }

  // Takes what the child has written by now; its output only while the buffer holds at most `most_buffered` bytes.
  void pump(std::size_t most_buffered) {
    char bytes[kPipeBytes];
    if (buffer.size() <= most_buffered) buffer.append(bytes, take(process.output, bytes));
    tail.append(bytes, take(process.errors, bytes));
    if (tail.size() > kTailBytes) tail.erase(0, tail.size() - kTailBytes);
  }

  static std::size_t take(Descriptor& from, char (&bytes)[kPipeBytes]) {
    if (!from.is_open()) return 0;
    const ssize_t size = retry([&] { return read(from.get(), bytes, sizeof bytes); });
    if (size > 0) return static_cast<std::size_t>(size);
    if (size == 0 || errno != EAGAIN) from.close();
    return 0;
  }

  // Moves the next line out of the buffer, or as much of it as is allowed.
  std::optional<ReadStatus> take_line(std::string& line, std::size_t max_bytes) {
    const std::size_t newline = buffer.find('\n', scanned);
    scanned = std::min(newline, buffer.size());
    if (scanned > max_bytes) {
      hand_out(line, max_bytes, 0);
      return ReadStatus::too_long;
    }
    if (newline == std::string::npos) return std::nullopt;
    hand_out(line, newline, 1);
    return ReadStatus::line;
  }

  void hand_out(std::string& line, std::size_t size, std::size_t separator) {
    line.assign(buffer, 0, size);
    buffer.erase(0, size + separator);
    scanned = 0;
  }

  // True once the process is dead, whose status is left to be collected.
  bool has_ended() const {
    siginfo_t info{};
    const int result = retry([&] { return waitid(P_PID, static_cast<id_t>(process.pid), &info, WEXITED | WNOHANG | WNOWAIT); });
    return result != 0 || tells_of_end(info);
  }

  // False if it lives on at the deadline. Its output goes nowhere meanwhile, so that it is never kept from ending by a full
  // pipe. A death usually shows as the end of both pipes; where something else holds them open, a look every 20 ms finds it.
  bool await_end(const Deadline& deadline) {
    double step_s = 0.001;
    for (;;) {
      pump(kPipeBytes);
      buffer.clear();
      scanned = 0;
      if (has_ended()) return true;
      if (deadline.passed()) return false;
      wait(For::end, std::min(step_s, deadline.left()));
      step_s = std::min(2 * step_s, 0.020);
    }
  }

  // Kills what is left of the group, collects the status and whatever the child said last. The child itself is killed by name
  // as well, for it may have left its group.
  void reap() {
    kill(-process.pid, SIGKILL);
    kill(process.pid, SIGKILL);
    exit = ChildExit{std::nullopt, SIGKILL};  // what it is if no status can be had
    int status = 0;
    if (await_end(Deadline(kKillPatience_s)) && retry([&] { return waitpid(process.pid, &status, 0); }) == process.pid) {
      if (WIFEXITED(status)) exit = ChildExit{WEXITSTATUS(status), std::nullopt};
      if (WIFSIGNALED(status)) exit = ChildExit{std::nullopt, WTERMSIG(status)};
    }
    pump(kPipeBytes);
    process.output.close();
    process.errors.close();
  }
};

Child::Child(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Child::~Child() { kill_now(); }

std::unique_ptr<Child> Child::spawn(const SpawnOptions& options, SpawnError& error) {
  std::optional<SpawnedProcess> process = spawn_process(options, error);
  if (!process) return nullptr;
  return std::unique_ptr<Child>(new Child(std::make_unique<Impl>(std::move(*process))));
}

int Child::pid() const { return impl_->process.pid; }
const std::string& Child::error_tail() const { return impl_->tail; }
void Child::close_input() { impl_->process.input.close(); }

bool Child::write_line(const std::string& line, double timeout_s) {
  const Deadline deadline(timeout_s);
  const std::string text = line + '\n';
  Descriptor& input = impl_->process.input;
  for (std::string_view rest = text; !rest.empty();) {
    const ssize_t size = retry([&] { return write(input.get(), rest.data(), rest.size()); });
    if (size >= 0) {
      rest.remove_prefix(static_cast<std::size_t>(size));
      continue;
    }
    if (errno != EAGAIN || interrupted() != 0 || deadline.passed()) {
      input.close();  // nothing may follow half a line
      return false;
    }
    impl_->wait(Impl::For::write, deadline.left(), impl_->buffer.size() <= kBufferedWhileWriting);
    impl_->pump(kBufferedWhileWriting);
  }
  return true;
}

ReadStatus Child::read_line(std::string& line, std::size_t max_bytes, double timeout_s) {
  const Deadline deadline(timeout_s);
  for (;;) {
    if (const auto status = impl_->take_line(line, max_bytes)) return *status;
    impl_->pump(max_bytes);
    if (const auto status = impl_->take_line(line, max_bytes)) return *status;
    if (!impl_->process.output.is_open()) {
      impl_->hand_out(line, impl_->buffer.size(), 0);
      return ReadStatus::end;
    }
    if (interrupted() != 0 || deadline.passed()) {
      line = impl_->buffer;  // kept as well: the line may yet be completed
      return interrupted() != 0 ? ReadStatus::interrupted : ReadStatus::timed_out;
    }
    impl_->wait(Impl::For::read, deadline.left());
  }
}

ChildExit Child::finish(double grace_s) {
  close_input();
  if (!impl_->exit) {
    impl_->await_end(Deadline(grace_s));
    impl_->reap();
  }
  return *impl_->exit;
}

ChildExit Child::kill_now() { return finish(0); }

}  // namespace m1bench
