// SPDX-License-Identifier: Apache-2.0
#include "session/launches.hpp"

#include <array>
#include <optional>
#include <span>
#include <string_view>
#include <utility>

#include "platform/files.hpp"

namespace m1bench {
namespace {

template <class T>
std::string_view raw(const T& value) {
  return {reinterpret_cast<const char*>(&value), sizeof value};
}

// The answer of a launch is 1: one worker that proved to be what was asked for. Whoever is not ends the case with the reason.
// Neither CPU time nor memory is told: they would be of processes that are gone.
class Launcher final : public Worker {
 public:
  Launcher(WorkerFactory& workers, SessionClock& clock, Target target, std::vector<int> cpus)
      : workers_(workers), clock_(clock), target_(std::move(target)), cpus_(std::move(cpus)) {}

  const Hello& hello() const override { return hello_; }
  void quit() override {}

  // Spawn, hello, quit.
  std::optional<Death> launch(double timeout_s) {
    auto started = workers_.start(target_, cpus_, timeout_s);
    if (auto* death = std::get_if<Death>(&started)) return *death;
    Worker& worker = *std::get<std::unique_ptr<Worker>>(started);
    hello_ = worker.hello();
    worker.quit();
    return std::nullopt;
  }

  OrDeath<Reply> ask(const Request& request, double timeout_s) override {
    Reply reply;
    // The same for all targets: launches have no other input than the target itself.
    if (request.verb == Verb::prepare) reply.input_checksum = "0000000000000000";
    if (request.verb == Verb::reference) write_reference(request.path, reply);
    std::optional<Death> death;
    if (request.verb == Verb::run) death = run(request, timeout_s, reply);
    if (request.verb == Verb::verify) death = verify(request, timeout_s, reply);
    return death ? OrDeath<Reply>(*death) : OrDeath<Reply>(reply);
  }

 private:
  static constexpr double kOne = 1;

  static void write_reference(const std::string& path, Reply& reply) {
    constexpr float kExactly = 0;
    write_file(path, std::array{raw(kOne), raw(kExactly)});
    reply.elements = 1;
  }

  std::optional<Death> launches(std::uint64_t loops, double timeout_s, double& seconds) {
    const double start = clock_.now_s();
    for (std::uint64_t loop = 0; loop < loops; ++loop) {
      if (auto death = launch(timeout_s)) return death;
    }
    seconds = clock_.now_s() - start;
    return std::nullopt;
  }

  std::optional<Death> run(const Request& request, double timeout_s, Reply& reply) {
    double untimed = 0;
    if (auto death = launches(request.warm_loops, timeout_s, untimed)) return death;
    if (auto death = launches(request.loops, timeout_s, reply.wall_s)) return death;
    reply.wall_s *= request.slowdown;
    reply.output_checksum = hello_.build_id;
    return std::nullopt;
  }

  std::optional<Death> verify(const Request& request, double timeout_s, Reply& reply) {
    if (auto death = launches(request.loops, timeout_s, reply.loop_s)) return death;
    reply.loop_s /= static_cast<double>(request.loops);
    write_file(request.path, std::array{raw(kOne)});
    reply.dtype = "f64";
    reply.elements = 1;
    reply.output_checksum = hello_.build_id;
    return std::nullopt;
  }

  WorkerFactory& workers_;
  SessionClock& clock_;
  Target target_;
  std::vector<int> cpus_;
  Hello hello_;
};

}  // namespace

OrDeath<std::unique_ptr<Worker>> start_worker(SessionContext& context, const Target& target, const Case& item,
                                              const std::vector<int>& cpus) {
  if (!times_launches(item)) return context.workers->start(target, cpus, context.limits.case_timeout_s);
  auto launcher = std::make_unique<Launcher>(*context.workers, *context.clock, target, cpus);
  if (auto death = launcher->launch(context.limits.case_timeout_s)) return *death;
  return std::unique_ptr<Worker>(std::move(launcher));
}

}  // namespace m1bench
