// SPDX-License-Identifier: Apache-2.0
#include "app/progress_text.hpp"

#include <gtest/gtest.h>

namespace m1bench {
namespace {

Progress measuring() {
  Progress progress;
  progress.phase = "measuring";
  progress.case_name = "matmul/f32/64";
  progress.done = 14;
  progress.all = 24;
  progress.block = 3;
  progress.left_s = 130;
  progress.targets = {{"x86_64-v4/native", std::nullopt, 40}, {"x86_64-v2/native", 2.953, 80}};
  return progress;
}

TEST(ProgressText, OfABlockTellsWhatIsLeftAndHowEachTargetDoes) {
  EXPECT_EQ(live_text(measuring()), "[about 2:10 min left] 14/24 matmul/f32/64, block 3: x86_64-v2/native 2.95x");
  EXPECT_EQ(plain_text(measuring()), "measuring, 14 of 24 cases done, about 2:10 min left (x86_64-v4/native 40 s, x86_64-v2/native 80 s)");
}

TEST(ProgressText, OfACheckTellsTheTargetAndWhatTheBudgetAllows) {
  Progress progress;
  progress.phase = "checking";
  progress.case_name = "matmul/f32/64";
  progress.target = "arm64/qemu-user";
  progress.all = 2;
  EXPECT_EQ(live_text(progress), "0/2 checking matmul/f32/64 on arm64/qemu-user");
  EXPECT_EQ(plain_text(progress), "checking, 0 of 2 cases done");
  progress.left_s = 3 * 3600;
  progress.at_most = true;
  EXPECT_EQ(live_text(progress), "[at most 3.0 h left] 0/2 checking matmul/f32/64 on arm64/qemu-user");
}

TEST(ProgressText, TimesAreRoundedByLessThanATwentieth) {
  const struct {
    double seconds;
    const char* text;
  } kRows[]{{0, "0 s"}, {0.2, "1 s"}, {89.9, "90 s"}, {94, "1:30 min"}, {119, "2:00 min"}, {597, "10:00 min"}, {640, "11 min"},
            {7199, "120 min"}, {9000, "2.5 h"}};
  for (const auto& row : kRows) {
    Progress progress = measuring();
    progress.left_s = row.seconds;
    EXPECT_NE(live_text(progress).find(std::string("[about ") + row.text + " left]"), std::string::npos) << live_text(progress);
  }
}

TEST(ProgressText, NamesCannotSteerTheTerminal) {
  Progress progress = measuring();
  progress.case_name = "exec/\x1b[2J\n::error::x";
  progress.targets[1].name = "\x9b";
  for (const std::string& text : {live_text(progress), plain_text(progress)}) {
    EXPECT_EQ(text.find_first_of("\x1b\n\x9b"), std::string::npos) << text;
  }
}

}  // namespace
}  // namespace m1bench
