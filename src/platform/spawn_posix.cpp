// SPDX-License-Identifier: Apache-2.0
#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>

#include "m1bench/core/check.hpp"
#include "platform/shared_memory.hpp"
#include "platform/spawn.hpp"

extern char** environ;

// fork and exec rather than posix_spawn: pinning and dying with the parent have no posix_spawn attribute, and one body then
// serves every OS. The command, its words and its environment are made ready before the fork, since the child may not
// allocate. A close-on-exec pipe tells the two outcomes apart: it ends when the exec succeeds and carries a Failure otherwise.
namespace m1bench {
namespace {

enum class Stage : int { pin, streams, exec };
struct Failure {
  Stage stage;
  int error_number;
};

// Everything the child needs, by plain pointers and numbers.
struct Plan {
  const char* program;
  char* const* arguments;
  char* const* environment;
  const CpuMask* cpus;
  pid_t parent;
  int input, output, errors, status, shared_memory;
};

void reset_signals() {
  struct sigaction fresh {};
  fresh.sa_handler = SIG_DFL;
  for (int signal = 1; signal < NSIG; ++signal) sigaction(signal, &fresh, nullptr);  // the few that cannot be set stay
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, nullptr);
}

[[noreturn]] void give_up(int status, Stage stage) {
  const Failure failure{stage, errno};
  static_cast<void>(!write(status, &failure, sizeof failure));
  _exit(127);
}

[[noreturn]] void become_command(const Plan& plan) {
  setpgid(0, 0);
  if (!die_with_parent(plan.parent)) _exit(127);
  if (const int error_number = pin_to_cpus(*plan.cpus); error_number != 0) {
    errno = error_number;
    give_up(plan.status, Stage::pin);
  }
  if (dup2(plan.input, 0) < 0 || dup2(plan.output, 1) < 0 || dup2(plan.errors, 2) < 0) give_up(plan.status, Stage::streams);
  const bool shares = plan.shared_memory >= 0;
  if (shares && dup2(plan.shared_memory, kSharedDescriptor) < 0) give_up(plan.status, Stage::streams);
  hide_descriptors(shares ? kSharedDescriptor + 1 : kSharedDescriptor);
  reset_signals();
  execve(plan.program, plan.arguments, plan.environment);
  give_up(plan.status, Stage::exec);
}

// Signals stay blocked across the fork: a handler of this process must not run in the child, where it would report an
// interrupt through the pipe that both share.
pid_t fork_without_signals(const Plan& plan) {
  sigset_t all, before;
  sigfillset(&all);
  sigprocmask(SIG_SETMASK, &all, &before);
  const pid_t pid = fork();
  if (pid == 0) become_command(plan);
  const int error_number = errno;
  sigprocmask(SIG_SETMASK, &before, nullptr);
  errno = error_number;
  return pid;
}

std::string failure_message(const SpawnOptions& options, const Failure& failure) {
  std::string message = options.command.front() + ": ";
  if (failure.stage == Stage::pin) {
    message += "pinning to CPU";
    for (const int cpu : options.cpus) message += ' ' + std::to_string(cpu);
    message += ": ";
  }
  return message + system_reason(failure.error_number);
}

std::optional<SpawnedProcess> refuse(const SpawnOptions& options, const Failure& failure, Child::SpawnError& error) {
  error = {failure.error_number, failure_message(options, failure)};
  return std::nullopt;
}

}  // namespace

std::vector<std::string> inherited_environment() {
  std::vector<std::string> entries;
  for (char** entry = environ; entry != nullptr && *entry != nullptr; ++entry) entries.emplace_back(*entry);
  return entries;
}

std::vector<std::string> merged_environment(const std::map<std::string, std::string>& changes) {
  std::vector<std::string> entries = inherited_environment();
  std::erase_if(entries, [&](const std::string& entry) { return changes.contains(entry.substr(0, entry.find('='))); });
  for (const auto& [name, value] : changes) entries.push_back(name + '=' + value);
  return entries;
}

std::vector<char*> pointers(std::vector<std::string>& words) {
  std::vector<char*> result;
  for (std::string& word : words) result.push_back(word.data());
  result.push_back(nullptr);
  return result;
}

// A pipe's reader may vanish at any time, which is an answer here and no reason to die; and where whoever started this
// program had SIGCHLD ignored, exit statuses would be lost.
void settle_own_signals() {
  struct sigaction now {};
  if (sigaction(SIGPIPE, nullptr, &now) == 0 && now.sa_handler == SIG_DFL) signal(SIGPIPE, SIG_IGN);
  if (sigaction(SIGCHLD, nullptr, &now) == 0 && now.sa_handler == SIG_IGN) signal(SIGCHLD, SIG_DFL);
}

std::optional<SpawnedProcess> spawn_process(const SpawnOptions& options, Child::SpawnError& error) {
  check(!options.command.empty(), "a command to spawn has at least one word");
  settle_own_signals();
  const std::string& name = options.command.front();
  const bool has_slash = name.find('/') != std::string::npos;
  const std::optional<std::string> program = has_slash ? name : find_program(name);
  if (!program) return refuse(options, {Stage::exec, ENOENT}, error);

  std::vector<std::string> words = options.command, environment = merged_environment(options.environment);
  const std::vector<char*> arguments = pointers(words), variables = pointers(environment);
  const CpuMask cpus = make_cpu_mask(options.cpus);
  SpawnedProcess child;
  Descriptor input, output, errors, status, status_end;
  if (!open_pipe(input, child.input) || !open_pipe(child.output, output) || !open_pipe(child.errors, errors) ||
      !open_pipe(status, status_end) || !set_nonblocking(child.input.get()) || !set_nonblocking(child.output.get()) ||
      !set_nonblocking(child.errors.get())) {
    return refuse(options, {Stage::streams, errno}, error);
  }
  child.pid = fork_without_signals({program->c_str(), arguments.data(), variables.data(), &cpus, getpid(), input.get(),
                                    output.get(), errors.get(), status_end.get(), options.shared_memory});
  if (child.pid < 0) return refuse(options, {Stage::exec, errno}, error);

  status_end.close();
  Failure failure{};
  const ssize_t size = retry([&] { return read(status.get(), &failure, sizeof failure); });
  if (size != static_cast<ssize_t>(sizeof failure)) return child;
  retry([&] { return waitpid(child.pid, nullptr, 0); });
  return refuse(options, failure, error);
}

}  // namespace m1bench
