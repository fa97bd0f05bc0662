// SPDX-License-Identifier: Apache-2.0
#include "m1bench/kernels/parallel.hpp"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <exception>
#include <future>
#include <mutex>
#include <string>
#include <system_error>
#include <thread>

#define EIGEN_USE_THREADS
#include <unsupported/Eigen/CXX11/ThreadPool>

#include "m1bench/core/error.hpp"

namespace m1bench {
namespace {

// Eigen's thread environment, with a hook for what a platform wants done in each new thread. A pool cannot be left half
// built, for nobody would end the threads it already has: all wait for the last one, and leave if it cannot be started.
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

  HookedEnvironment(int threads, std::function<void(int)> hook) : hook_(std::move(hook)), start_(std::make_shared<Start>()) {
    start_->missing = threads;
  }
  EnvThread* CreateThread(std::function<void()> f) try {
    auto* thread = new EnvThread([hook = hook_, number = start_->missing, complete = start_->complete, f = std::move(f)] {
      if (!complete.get()) return;
      if (hook) hook(number);
      f();
    });
    if (--start_->missing == 0) start_->promise.set_value(true);
    return thread;
  } catch (...) {
    start_->promise.set_value(false);
    throw;
  }
  Task CreateTask(std::function<void()> f) { return {std::move(f)}; }
  void ExecuteTask(const Task& task) { task.f(); }

 private:
  struct Start {
    int missing = 0;
    std::promise<bool> promise;
    std::shared_future<bool> complete{promise.get_future()};
  };
  std::function<void(int)> hook_;
  std::shared_ptr<Start> start_;  // Eigen copies its environment
};

// How many panels are still to come. Halves of one product end within microseconds of each other, in less time than it takes
// to fall asleep and be woken: so whoever waits looks for a tenth of a millisecond or so before that.
class Countdown {
 public:
  explicit Countdown(std::int64_t count) : state_(2 * count) {}

  void arrive() {
    if (state_.fetch_sub(2, std::memory_order_acq_rel) != 3) return;  // not the last, or nobody sleeps: may be gone by now
    const std::lock_guard lock(mutex_);
    over_ = true;
    woken_.notify_one();
  }

  void wait() {
    constexpr int kLooks = 4000;
    for (int look = 0; look < kLooks; ++look) {
      if (state_.load(std::memory_order_acquire) == 0) return;
      pause();
    }
    if (state_.fetch_or(1, std::memory_order_acq_rel) == 0) return;
    std::unique_lock lock(mutex_);
    woken_.wait(lock, [this] { return over_; });
  }

 private:
  // Leaves the core to its other thread for a moment, and the memory to who will write.
  static void pause() {
#if defined(__x86_64__)
    __builtin_ia32_pause();
#elif defined(__aarch64__)
    asm volatile("isb");  // YIELD takes no time on most cores, this about as much as PAUSE
#endif
  }

  std::atomic<std::int64_t> state_;  // twice the panels to come, and one if somebody sleeps
  std::mutex mutex_;
  std::condition_variable woken_;
  bool over_ = false;
};

// The panels of one call, and what the first of them to fail threw.
class Panels {
 public:
  Panels(std::int64_t n, std::int64_t grain, std::int64_t count, const std::function<void(std::int64_t, std::int64_t)>& body)
      : n_(n), grain_(grain), count_(count), body_(body), to_come_(count) {}

  void run(std::int64_t panel) {
    try {
      body_(border(panel), border(panel + 1));
    } catch (...) {
      const std::lock_guard lock(mutex_);
      if (!thrown_) thrown_ = std::current_exception();
    }
  }
  // The last that its thread says of a panel: then this may be gone.
  void arrive() { to_come_.arrive(); }

  void finish() {
    to_come_.wait();
    if (thrown_) std::rethrow_exception(thrown_);
  }

 private:
  std::int64_t border(std::int64_t panel) const {
    const std::int64_t grains = (n_ + grain_ - 1) / grain_;
    return std::min(n_, grains * panel / count_ * grain_);
  }

  std::int64_t n_, grain_, count_;
  const std::function<void(std::int64_t, std::int64_t)>& body_;
  std::mutex mutex_;
  std::exception_ptr thrown_;
  Countdown to_come_;
};

}  // namespace

struct Parallel::Team {
  Team(int threads, std::function<void(int)> hook) : pool(threads, true, HookedEnvironment(threads, std::move(hook))) {}
  Eigen::ThreadPoolTempl<HookedEnvironment> pool;
};

// One call, as the threads of the team see it.
struct Parallel::Shared {
  Panels& panels;
  Eigen::ThreadPoolTempl<HookedEnvironment>& pool;
  ShareObserver* observer;

  void run(std::int64_t panel) const {
    if (observer) observer->begin_share(pool.CurrentThreadId() + 1);  // -1 is nobody's of the pool
    panels.run(panel);
    if (observer) observer->end_share(pool.CurrentThreadId() + 1);
    panels.arrive();
  }
};

struct alignas(64) Parallel::CacheLine {
  std::byte bytes[64];
};

Parallel::Parallel(int threads, std::function<void(int)> on_thread_start) : threads_(std::max(1, threads)) {
  if (threads_ == 1) return;
  try {
    team_ = std::make_unique<Team>(threads_ - 1, std::move(on_thread_start));
  } catch (const std::system_error& error) {
    throw Error(ErrorKind::memory, "cannot start " + std::to_string(threads_) + " threads (" + error.what() + "); use fewer");
  }
}
Parallel::~Parallel() = default;

void Parallel::for_panels(std::int64_t n, std::int64_t grain, const std::function<void(std::int64_t, std::int64_t)>& body) {
  const std::int64_t count = std::min<std::int64_t>(threads_, (n + grain - 1) / grain);
  if (count <= 1) {
    if (n > 0) body(0, n);
    return;
  }
  Panels panels(n, grain, count, body);
  const Shared shared{panels, team_->pool, observer_};
  // Two words are captured: std::function holds them without allocating, so that scheduling cannot fail half-way.
  for (std::int64_t panel = 1; panel < count; ++panel) team_->pool.Schedule([&shared, panel] { shared.run(panel); });
  shared.run(0);
  panels.finish();
}

std::byte* Parallel::scratch(std::size_t bytes) {
  const std::size_t lines = (bytes + sizeof(CacheLine) - 1) / sizeof(CacheLine);
  if (lines > scratch_lines_) {
    scratch_.reset();  // before the larger one, which need not fit beside it
    scratch_lines_ = 0;
    scratch_.reset(new CacheLine[lines]);
    scratch_lines_ = lines;
  }
  return scratch_ ? scratch_[0].bytes : nullptr;
}

}  // namespace m1bench
