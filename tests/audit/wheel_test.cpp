// SPDX-License-Identifier: Apache-2.0
#include "audit/wheel.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace m1bench {
namespace {

using Texts = std::vector<std::string>;

TEST(Wheel, NameAndVersionOfTheFolder) {
  const struct {
    const char *folder, *name, *version;
  } rows[] = {
      {"lib/python3.11/site-packages/numpy-2.4.6.dist-info", "numpy", "2.4.6"},
      {"tensorflow_macos-2.12.0.dist-info", "tensorflow_macos", "2.12.0"},
      {"odd.dist-info", "odd", ""},
      {"", "", ""},
  };
  for (const auto& row : rows) {
    const Distribution found = distribution_of(row.folder);
    EXPECT_EQ(found.name, row.name);
    EXPECT_EQ(found.version, row.version);
    EXPECT_EQ(found.folder, row.folder);
  }
}

TEST(Wheel, Tags) {
  EXPECT_EQ(wheel_tags("Wheel-Version: 1.0\r\nTag: cp311-cp311-macosx_11_0_arm64\r\nTag:py3-none-any\nTagged: no\nTag:\n"),
            (Texts{"cp311-cp311-macosx_11_0_arm64", "py3-none-any"}));
  std::string many;
  for (int i = 0; i < 1000; ++i) many += "Tag: " + std::string(1000, 'x') + "\n";
  EXPECT_EQ(wheel_tags(many).size(), 64u);
  EXPECT_EQ(wheel_tags(many).front().size(), 200u);
}

TEST(Wheel, RecordedFilesOfMachineCode) {
  EXPECT_EQ(
      recorded_natives("numpy/core/a.so,sha256=x,1\nnumpy/__init__.py,,\n\"odd, \"\"name\"\".so\",,\nnumpy/.dylibs/b.dylib,,\r\n"
                       "numpy.libs/libc.so.6,,\n\"unended.so"),
      (Texts{"numpy/core/a.so", "odd, \"name\".so", "numpy/.dylibs/b.dylib", "numpy.libs/libc.so.6", "unended.so"}));
}

TEST(Wheel, WhatTagsPromise) {
  const struct {
    Texts tags;
    bool any;
    std::vector<System> systems;
    Texts architectures;
  } rows[] = {
      {{"cp311-cp311-macosx_11_0_arm64"}, false, {System::macos}, {"arm64"}},
      {{"cp311-cp311-macosx_10_9_universal2"}, false, {System::macos}, {"arm64", "x86_64"}},
      {{"cp27-none-macosx_10_6_intel.macosx_10_9_x86_64"}, false, {System::macos}, {"i386", "x86_64"}},
      {{"py3-none-manylinux_2_17_aarch64.manylinux2014_aarch64"}, false, {System::linux}, {"arm64"}},
      {{"cp311-cp311-musllinux_1_1_i686"}, false, {System::linux}, {"i386"}},
      {{"py3-none-any"}, true, {}, {}},
      {{"py3-none-win_amd64"}, false, {}, {}},
      {{""}, false, {}, {}},
      {{}, false, {}, {}},
  };
  for (const auto& row : rows) {
    const WheelPlatforms found = wheel_platforms(row.tags);
    const std::string name = row.tags.empty() ? "none" : row.tags.front();
    EXPECT_EQ(found.any, row.any) << name;
    EXPECT_EQ(found.systems, row.systems) << name;
    EXPECT_EQ(found.architectures, row.architectures) << name;
  }
}

}  // namespace
}  // namespace m1bench
