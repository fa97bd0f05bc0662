// SPDX-License-Identifier: Apache-2.0
#include "m1bench/kernels/parallel.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <new>
#include <set>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace m1bench {
namespace {

using Panel = std::pair<std::int64_t, std::int64_t>;

// The panels of one call, in order of their begin.
std::vector<Panel> panels_of(Parallel& parallel, std::int64_t n, std::int64_t grain) {
  std::mutex mutex;
  std::vector<Panel> panels;
  parallel.for_panels(n, grain, [&](std::int64_t begin, std::int64_t end) {
    const std::lock_guard lock(mutex);
    panels.emplace_back(begin, end);
  });
  std::ranges::sort(panels);
  return panels;
}

class Panels : public testing::TestWithParam<int> {};

TEST_P(Panels, CoverEverythingOnceInWholeGrains) {
  Parallel parallel(GetParam());
  EXPECT_EQ(parallel.threads(), GetParam());
  for (const std::int64_t n : {0, 1, 2, 3, 7, 15, 16, 17, 31, 32, 33, 100, 1000, 4097}) {
    for (const std::int64_t grain : {1, 2, 7, 16, 1024}) {
      SCOPED_TRACE("n " + std::to_string(n) + ", grain " + std::to_string(grain));
      const std::vector<Panel> panels = panels_of(parallel, n, grain);
      std::int64_t next = 0;
      for (const auto& [begin, end] : panels) {
        EXPECT_EQ(begin, next);
        EXPECT_LT(begin, end);
        EXPECT_EQ(begin % grain, 0);
        next = end;
      }
      EXPECT_EQ(next, n);
      // As many panels as there are threads or grains, whichever is less.
      EXPECT_EQ(static_cast<std::int64_t>(panels.size()), std::min<std::int64_t>(GetParam(), (n + grain - 1) / grain));
      EXPECT_EQ(panels, panels_of(parallel, n, grain));
    }
  }
}
INSTANTIATE_TEST_SUITE_P(Threads, Panels, testing::Values(1, 2, 3, 8), testing::PrintToStringParamName());

// How many shares each thread began and ended, one at a time.
class CountedShares final : public ShareObserver {
 public:
  explicit CountedShares(int threads) : begun_(static_cast<std::size_t>(threads)), ended_(begun_.size()) {}
  void begin_share(int thread) override { ++begun_.at(static_cast<std::size_t>(thread)); }
  void end_share(int thread) override {
    const auto at = static_cast<std::size_t>(thread);
    EXPECT_EQ(++ended_.at(at), begun_[at]) << thread;
  }
  int all() const {
    EXPECT_EQ(begun_, ended_);
    int sum = 0;
    for (const int count : ended_) sum += count;
    return sum;
  }
  int callers() const { return ended_[0]; }

 private:
  std::vector<int> begun_, ended_;  // by thread, each of which writes its own
};

TEST_P(Panels, AreToldOfWhereTheyAreShared) {
  constexpr int kCalls = 20;
  Parallel parallel(GetParam());
  CountedShares seen(GetParam());
  parallel.observe(&seen);
  for (int call = 0; call < kCalls; ++call) panels_of(parallel, 1000, 1);
  panels_of(parallel, 1, 1);
  EXPECT_EQ(seen.all(), GetParam() == 1 ? 0 : kCalls * GetParam());
  if (GetParam() > 1) {
    EXPECT_EQ(seen.callers(), kCalls);
    EXPECT_THROW(parallel.for_panels(GetParam(), 1, [](auto, auto) { throw std::runtime_error("no"); }), std::runtime_error);
    EXPECT_EQ(seen.all(), (kCalls + 1) * GetParam()) << "a share that throws has ended";
  }
  parallel.observe(nullptr);
  panels_of(parallel, 1000, 1);
  EXPECT_LE(seen.all(), (kCalls + 1) * GetParam());
}

TEST(Parallel, ScratchIsKeptUntilMoreIsAskedFor) {
  Parallel parallel(2);
  EXPECT_EQ(parallel.scratch(0), nullptr);
  std::byte* const small = parallel.scratch(100);
  std::fill_n(small, 100, std::byte{1});
  EXPECT_EQ(reinterpret_cast<std::uintptr_t>(small) % 64, 0u);
  EXPECT_EQ(parallel.scratch(100), small);
  EXPECT_EQ(parallel.scratch(1), small);
  std::byte* const large = parallel.scratch(1 << 20);
  std::fill_n(large, 1 << 20, std::byte{2});
  EXPECT_EQ(reinterpret_cast<std::uintptr_t>(large) % 64, 0u);
  EXPECT_EQ(parallel.scratch(100), large);
}

// Panels that end at once, and one so late that whoever waits for it has fallen asleep.
TEST(Parallel, WaitsForTheLastPanelHoweverLate) {
  Parallel parallel(3);
  for (int round = 0; round < 200; ++round) {
    std::atomic<int> done = 0;
    parallel.for_panels(3, 1, [&](std::int64_t begin, std::int64_t) {
      if (begin == round % 4) std::this_thread::sleep_for(std::chrono::milliseconds(round % 5));
      ++done;
    });
    EXPECT_EQ(done, 3);
  }
}

TEST(Parallel, NeedsAtLeastTheCaller) {
  for (const int threads : {0, -3}) {
    Parallel parallel(threads);
    EXPECT_EQ(parallel.threads(), 1);
    EXPECT_EQ(panels_of(parallel, 5, 1), (std::vector<Panel>{{0, 5}}));
  }
}

TEST(Parallel, TheHookRunsFirstInEveryThreadButTheCallers) {
  std::mutex mutex;
  std::set<std::thread::id> hooked, worked;
  std::set<int> numbers;
  {
    Parallel parallel(4, [&](int number) {
      const std::lock_guard lock(mutex);
      hooked.insert(std::this_thread::get_id());
      numbers.insert(number);
    });
    parallel.for_panels(4, 1, [&](std::int64_t, std::int64_t) {
      const std::lock_guard lock(mutex);
      worked.insert(std::this_thread::get_id());
    });
  }  // a thread that had nothing to do has run its hook at the latest now
  EXPECT_EQ(hooked.size(), 3u);
  EXPECT_EQ(numbers, (std::set<int>{1, 2, 3}));
  EXPECT_FALSE(hooked.count(std::this_thread::get_id()));
  hooked.insert(std::this_thread::get_id());
  EXPECT_TRUE(std::ranges::includes(hooked, worked));
}

TEST(Parallel, AnExceptionReachesTheCallerOnceAllPanelsAreDone) {
  Parallel parallel(3);
  for (const std::int64_t culprit : {0, 1, 2}) {
    std::atomic<int> done = 0;
    const auto body = [&](std::int64_t begin, std::int64_t) {
      if (begin == culprit) throw std::bad_alloc();
      ++done;
    };
    EXPECT_THROW(parallel.for_panels(3, 1, body), std::bad_alloc) << culprit;
    EXPECT_EQ(done, 2) << culprit;
  }
  EXPECT_THROW(parallel.for_panels(3, 1, [](std::int64_t, std::int64_t) { throw std::runtime_error("each"); }),
               std::runtime_error);
  EXPECT_EQ(panels_of(parallel, 3, 1), (std::vector<Panel>{{0, 1}, {1, 2}, {2, 3}}));  // and the team is as good as new
}

TEST(Parallel, AnExceptionOfTheOnlyPanelIsTheCallers) {
  Parallel parallel(3);
  EXPECT_THROW(parallel.for_panels(1, 1, [](std::int64_t, std::int64_t) { throw std::bad_alloc(); }), std::bad_alloc);
}

}  // namespace
}  // namespace m1bench
