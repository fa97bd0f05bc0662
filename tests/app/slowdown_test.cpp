// SPDX-License-Identifier: Apache-2.0
#include "app/slowdown.hpp"

#include <gtest/gtest.h>

#include "m1bench/core/error.hpp"

namespace m1bench {
namespace {

Run two_builds() {
  Run run;
  for (const char* target : {"x86_64-v4/native", "arm64/qemu-user"}) {
    for (const char* side : {"base", "head"}) {
      Target& added = run.targets.emplace_back();
      added.side = side;
      added.name = std::string(side) + ":" + target;
    }
  }
  run.cases.emplace_back().name = "matmul/f32/256";
  return run;
}

// The targets that an option slows, in the run's order: "1" or "0" each.
std::string slowed(const std::string& option) {
  m1bench::Run run = two_builds();
  apply_slowdown(run, option);
  std::string text;
  for (const Target& target : run.targets) text += target.slowdown.contains("matmul/f32/256") ? '1' : '0';
  return text;
}

TEST(ApplySlowdown, NamesASideATargetOrNeither) {
  EXPECT_EQ(slowed("matmul/f32/256=1.05"), "1111");
  EXPECT_EQ(slowed("head:matmul/f32/256=1.05"), "0101");
  EXPECT_EQ(slowed("base:matmul/f32/256=1.05"), "1010");
  EXPECT_EQ(slowed("aarch64/qemu-user:matmul/f32/256=1.05"), "0011");
  EXPECT_EQ(slowed("head:x86_64-v4/native:matmul/f32/256=1.05"), "0100");
  m1bench::Run run = two_builds();
  apply_slowdown(run, "head:matmul/f32/256=1.05");
  EXPECT_DOUBLE_EQ(run.targets[1].slowdown.at("matmul/f32/256"), 1.05);
}

TEST(ApplySlowdown, RefusesWhatItCannotDo) {
  for (const char* option : {"", "matmul/f32/256", "=1.05", "matmul/f32/256=", "matmul/f32/256=fast", "matmul/f32/256=0.9",
                             "matmul/f32/256=1e9", "matmul/f32/256=nan", "matmul/f32/99=2", "head:x86_64-v9/native:matmul/f32/256=2"}) {
    EXPECT_THROW(slowed(option), Error) << option;
  }
}

}  // namespace
}  // namespace m1bench
