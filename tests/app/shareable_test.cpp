// SPDX-License-Identifier: Apache-2.0
#include "app/shareable.hpp"

#include <gtest/gtest.h>

namespace m1bench {
namespace {

TEST(Shareable, HidesTheHomeFolderWhereverAPathStartsInIt) {
  m1bench::Run run;  // plain `Run` is a member of testing::Test
  run.session.arguments = {"all", "-o", "/home/ann/out", "--translator", "q:arm64=/home/ann/bin/q -L /home/ann"};
  Target target;
  target.command = {"/usr/bin/qemu-aarch64", "/home/ann/m1bench/libexec/m1bench-arm64"};
  target.environment = {{"QEMU_LD_PREFIX", "/home/ann/root"}};
  target.cause = "could not start /home/ann/bin/q";
  target.hello.emplace().note = "[BOX64] Running on a fast CPU\nLooking for /home/ann/m1bench";
  run.targets = {target};
  run.cases.emplace_back().parameters = {{"--prepare", "cp /home/ann/in ."}};
  run.warnings.emplace_back().message = "built from /home/ann/m1bench";
  const m1bench::Run kept = shareable(run, "/home/ann");
  EXPECT_EQ(kept.session.arguments, (std::vector<std::string>{"all", "-o", "~/out", "--translator", "q:arm64=~/bin/q -L ~"}));
  EXPECT_EQ(kept.targets[0].command[1], "~/m1bench/libexec/m1bench-arm64");
  EXPECT_EQ(kept.targets[0].environment.at("QEMU_LD_PREFIX"), "~/root");
  EXPECT_EQ(kept.targets[0].cause, "could not start ~/bin/q");
  EXPECT_EQ(kept.targets[0].hello->note, "[BOX64] Running on a fast CPU\nLooking for ~/m1bench");
  EXPECT_EQ(kept.cases[0].parameters.at("--prepare"), "cp ~/in .");
  EXPECT_EQ(kept.warnings[0].message, "built from ~/m1bench");
}

TEST(Shareable, TextAlone) {
  EXPECT_EQ(shareable(std::string("/home/ann/m1bench"), "/home/ann"), "~/m1bench");
  EXPECT_EQ(shareable(std::string("/home/anna/m1bench"), "/home/ann"), "/home/anna/m1bench");
  EXPECT_EQ(shareable(std::string("/opt"), "/"), "/opt");
}

TEST(Shareable, LeavesOtherPathsAlone) {
  m1bench::Run run;
  run.session.arguments = {"/home/anna/out", "/srv/out"};
  EXPECT_EQ(shareable(run, "/home/ann").session.arguments, run.session.arguments);
  EXPECT_EQ(shareable(run, "").session.arguments, run.session.arguments);
  EXPECT_EQ(shareable(run, "/").session.arguments, run.session.arguments);
}

}  // namespace
}  // namespace m1bench
