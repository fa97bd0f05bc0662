// SPDX-License-Identifier: Apache-2.0
#include "worker/slot.hpp"

#include <gtest/gtest.h>

#include <new>
#include <vector>

namespace m1bench {
namespace {

class Counting final : public Workload {
 public:
  void loop() override {
    if (++loops == fails_at) throw std::bad_alloc();
  }
  std::vector<NamedArray> inputs() override { return {}; }
  NamedArray answer() override { return {}; }
  std::uint64_t loops = 0, fails_at = 0;
};

TEST(Slot, RunsExactlyTheLoopsItIsTold) {
  Counting workload;
  std::uint64_t total = 0;
  for (const std::uint64_t loops : {1, 2, 1000, 1}) {
    const SlotTime time = time_slot(workload, loops);
    total += loops;
    EXPECT_EQ(workload.loops, total);
    EXPECT_GT(time.wall_s, 0);
    EXPECT_GE(time.cpu_s, 0);
  }
}

TEST(Slot, ASlowdownAddsTimeAndNoLoops) {
  Counting workload;
  time_slot(workload, 50, 10);
  EXPECT_EQ(workload.loops, 50u);
}

TEST(Slot, WhatALoopThrowsComesOut) {
  Counting workload;
  workload.fails_at = 3;
  EXPECT_THROW(time_slot(workload, 5), std::bad_alloc);
  EXPECT_EQ(workload.loops, 3u);
  time_slot(workload, 5);  // and the next slot is one as before
  EXPECT_EQ(workload.loops, 8u);
}

}  // namespace
}  // namespace m1bench
