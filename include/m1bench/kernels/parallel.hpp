// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>

#include "m1bench/core/observer.hpp"

namespace m1bench {

// A fixed team of threads. Work is cut into at most `threads` contiguous panels whose borders depend on nothing but the
// size of the work and the team, so that results are the same bits from run to run.
class Parallel {
 public:
  // `on_thread_start` runs first in every thread but the caller's own, and gets its number, from 1 on; the caller's is 0. Throws
  // Error(memory) if they cannot all be started.
  explicit Parallel(int threads = 1, std::function<void(int)> on_thread_start = {});
  ~Parallel();
  Parallel(const Parallel&) = delete;
  Parallel& operator=(const Parallel&) = delete;

  int threads() const { return threads_; }

  // Calls body(begin, end) for panels that cover [0, n); panel borders are multiples of `grain`. Returns when all are done,
  // and then throws again what the first of them to fail threw. With one thread, or n <= grain, this is body(0, n) in the
  // caller. `body` may not call for_panels.
  void for_panels(std::int64_t n, std::int64_t grain, const std::function<void(std::int64_t, std::int64_t)>& body);

  // From now on tells `observer` (null: nobody) of each panel of a call that the team shares; a branch for each of these. Not to be
  // called by `body`.
  void observe(ShareObserver* observer) { observer_ = observer; }

  // At least `bytes` of memory for one kernel, on a border of cache lines and with anything in it. It is kept from call to call,
  // so that a kernel allocates in its first run only; the next call of scratch() takes it back. Not to be called by `body`.
  std::byte* scratch(std::size_t bytes);

 private:
  struct Team;
  struct Shared;
  struct CacheLine;
  int threads_;
  std::unique_ptr<Team> team_;
  ShareObserver* observer_ = nullptr;
  std::unique_ptr<CacheLine[]> scratch_;
  std::size_t scratch_lines_ = 0;
};

}  // namespace m1bench
