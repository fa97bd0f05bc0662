// SPDX-License-Identifier: Apache-2.0
#include "app/machine.hpp"

#include <gtest/gtest.h>

#include <array>

#include "platform/files.hpp"

namespace m1bench {
namespace {

TEST(Machine, HashesTheExecutablesOfTargetsThatRan) {
  const TemporaryDirectory folder;
  const std::string path = folder.path() + "/m1bench-arm64";
  write_file(path, std::array<std::string_view, 1>{"abc"});
  std::vector<Target> targets(5);
  targets[0].command = {path, "worker"};
  targets[1].command = {"/usr/bin/env", "-i", path, "worker"};
  targets[2].command = {path + "-gone", "worker"};
  targets[3].command = {path, "worker"};
  for (Target& target : targets) target.available = true;
  targets[3].available = false;
  hash_executables(targets);
  const std::string of_abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
  const std::optional<std::string> expected[] = {of_abc, of_abc, {}, {}, {}};
  for (std::size_t i = 0; i < targets.size(); ++i) EXPECT_EQ(targets[i].sha256, expected[i]) << i;
}

}  // namespace
}  // namespace m1bench
