// SPDX-License-Identifier: Apache-2.0
#include "m1bench/kernels/parallel.hpp"

#include <algorithm>
#include <thread>

#define EIGEN_USE_THREADS
#include <unsupported/Eigen/CXX11/ThreadPool>

namespace m1bench {
namespace {

// Eigen's thread environment, with a hook for what a platform wants done in each new thread.
class HookedEnvironment {
 public:
  struct Task {
    std::function<void()> f;
  };
  class EnvThread {
   public:
    explicit EnvThread(std::function<void()> f) : thread_(std::move(f)) {}
    ~EnvThread() { thread_.join(); }
    void OnCancel() {}

   private:
    std::thread thread_;
  };

  explicit HookedEnvironment(std::function<void()> hook = {}) : hook_(std::move(hook)) {}
  EnvThread* CreateThread(std::function<void()> f) {
    return new EnvThread([hook = hook_, f = std::move(f)] {
      if (hook) hook();
      f();
    });
  }
  Task CreateTask(std::function<void()> f) { return {std::move(f)}; }
  void ExecuteTask(const Task& task) { task.f(); }

 private:
  std::function<void()> hook_;
};

}  // namespace

struct Parallel::Team {
  Team(int threads, std::function<void()> hook) : pool(threads, true, HookedEnvironment(std::move(hook))) {}
  Eigen::ThreadPoolTempl<HookedEnvironment> pool;
};

Parallel::Parallel(int threads, std::function<void()> on_thread_start) : threads_(std::max(1, threads)) {
  if (threads_ > 1) team_ = std::make_unique<Team>(threads_ - 1, std::move(on_thread_start));
}
Parallel::~Parallel() = default;

void Parallel::for_panels(std::int64_t n, std::int64_t grain, const std::function<void(std::int64_t, std::int64_t)>& body) {
  const std::int64_t grains = (n + grain - 1) / grain;
  const std::int64_t panels = std::min<std::int64_t>(threads_, grains);
  if (panels <= 1) {
    if (n > 0) body(0, n);
    return;
  }
  const auto border = [&](std::int64_t panel) { return std::min(n, grains * panel / panels * grain); };
  Eigen::Barrier done(static_cast<unsigned>(panels - 1));
  for (std::int64_t panel = 1; panel < panels; ++panel) {
    team_->pool.Schedule([&, panel] {
      body(border(panel), border(panel + 1));
      done.Notify();
    });
  }
  body(border(0), border(1));
  done.Wait();
}

}  // namespace m1bench
