// SPDX-License-Identifier: Apache-2.0
#include "launch/worker_process.hpp"

#include <array>
#include <optional>

#include "launch/death.hpp"
#include "m1bench/core/error.hpp"
#include "platform/build_info.hpp"
#include "platform/clock.hpp"
#include "platform/counters.hpp"
#include "platform/files.hpp"
#include "platform/process.hpp"

namespace m1bench {
namespace {

constexpr double kGrace_s = 0.5;
constexpr std::size_t kLongestNote = 4096;

const char* name_of(Verb verb) {
  constexpr std::array kNames{"`prepare`", "`reference`", "`verify`", "`run`", "`dump`", "`train`", "`evaluate`", "`profile`", "`quit`"};
  return kNames[static_cast<std::size_t>(verb)];
}

// What the file of a program (as a command names it) holds; nothing if it cannot be read.
std::optional<ExecutableFile> executable_at(const std::string& program) {
  constexpr std::size_t kHead = 4096;
  try {
    const std::optional<std::string> path = find_program(program);
    return path ? std::optional(read_executable(read_head(*path, kHead))) : std::nullopt;
  } catch (const Error&) {
    return std::nullopt;
  }
}

class WorkerProcess final : public Worker {
 public:
  WorkerProcess(std::unique_ptr<Child> child, const Target& target) : child_(std::move(child)), target_(target) {}

  // Waits for the greeting; nothing if it came and is right. An empty `build_id` takes any, and becomes what came.
  std::optional<Death> greet(double timeout_s, std::string& build_id) {
    const double deadline = steady_seconds() + timeout_s;
    std::string note;
    for (;;) {
      std::string line;
      const ReadStatus status = child_->read_line(line, kMaxLine, deadline - steady_seconds());
      if (status != ReadStatus::line) return died(status, note + line, timeout_s);
      const std::optional<Reply> reply = decoded(line);
      if (reply && !reply->error.empty()) return refused(*reply);
      if (reply && reply->hello) {
        hello_ = *reply->hello;
        hello_.note = note;
        if (build_id.empty()) build_id = hello_.build_id;
        if (auto death = refuse(target_, hello_, build_id)) return death;
        counters_.emplace(child_->pid());
        return std::nullopt;
      }
      note += line + "\n";
      if (note.size() > kLongestNote) return died(ReadStatus::too_long, note, timeout_s);
    }
  }

  const Hello& hello() const override { return hello_; }

  OrDeath<Reply> ask(const Request& request, double timeout_s) override {
    during_ = name_of(request.verb);
    if (!child_->write_line(encode(request), timeout_s)) return died(ReadStatus::end, "", timeout_s);
    std::string line;
    const ReadStatus status = child_->read_line(line, kMaxLine, timeout_s);
    if (status != ReadStatus::line) return died(status, line, timeout_s);
    const std::optional<Reply> reply = decoded(line);
    if (!reply) return died(ReadStatus::line, line, timeout_s);
    if (!reply->error.empty()) return refused(*reply);
    return *reply;
  }

  ProcessCounters counters() override { return counters_ ? counters_->read() : ProcessCounters(); }

  void quit() override {
    child_->write_line(encode(Request{.verb = Verb::quit}), kGrace_s);
    child_->finish(kGrace_s);
  }

 private:
  static std::optional<Reply> decoded(const std::string& line) {
    try {
      return decode_reply(line);
    } catch (const Error&) {
      return std::nullopt;
    }
  }

  // The worker lives, but cannot do it.
  static Death refused(const Reply& reply) {
    constexpr std::size_t kLongestReason = 300;
    return {plain_text(reply.error, kLongestReason), "", false};
  }

  Death died(ReadStatus status, const std::string& partial, double timeout_s) {
    // Only a child that ended by itself has an exit worth waiting for.
    const ChildExit exit = status == ReadStatus::end ? child_->finish(kGrace_s) : child_->kill_now();
    const LastSeen seen{status, exit, child_->error_tail(), partial, during_, timeout_s};
    return explain_death(target_, seen, executable_at(worker_file(target_)));
  }

  std::unique_ptr<Child> child_;
  Target target_;
  Hello hello_;
  std::optional<CounterReader> counters_;  // from its greeting on
  std::string during_ = "start-up";
};

}  // namespace

OrDeath<std::unique_ptr<Worker>> WorkerProcessFactory::start(const Target& target, const std::vector<int>& cpus, double timeout_s) {
  Child::SpawnError error;
  auto child = Child::spawn({target.command, target.environment, cpus, memory_ ? memory_->descriptor() : -1}, error);
  if (!child) return explain_spawn_error(target, error, executable_at(target.command.empty() ? "" : target.command.front()));
  auto worker = std::make_unique<WorkerProcess>(std::move(child), target);
  std::string& build_id = build_ids_[target.side];
  const bool own = target.side != "base" && target.side != "head";
  if (own) build_id = build_info().build_id;
  if (auto death = worker->greet(timeout_s, build_id)) return *std::move(death);
  return std::unique_ptr<Worker>(std::move(worker));
}

}  // namespace m1bench
