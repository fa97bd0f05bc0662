// SPDX-License-Identifier: Apache-2.0
#include "platform/sha256.hpp"

#include <gtest/gtest.h>

#include <array>

#include "platform/files.hpp"

namespace m1bench {
namespace {

// FIPS 180-2, appendix B.1
const std::string kOfAbc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

TEST(Sha256, Files) {
  const TemporaryDirectory folder;
  for (const char* name : {"/plain", "/with a blank", "/back\\slash", "/new\nline"}) {
    write_file(folder.path() + name, std::array<std::string_view, 1>{"abc"});
    EXPECT_EQ(sha256_of_file(folder.path() + name), kOfAbc) << name;
  }
  EXPECT_EQ(sha256_of_file(folder.path() + "/none"), std::nullopt);
  EXPECT_EQ(sha256_of_file(folder.path()), std::nullopt);
}

TEST(Sha256, Lines) {
  const TemporaryDirectory folder;
  const std::string path = folder.path() + "/line";
  write_file(path, std::array<std::string_view, 1>{"a b\n"});
  const auto hash = sha256_of_line("a b");
  ASSERT_TRUE(hash);
  EXPECT_EQ(hash, sha256_of_file(path));
  EXPECT_NE(hash, sha256_of_line("a c"));
}

TEST(Sha256, WhatTheProgramsPrint) {
  EXPECT_EQ(parse_sha256_line(kOfAbc + "  file"), kOfAbc);
  EXPECT_EQ(parse_sha256_line(kOfAbc + " *file"), kOfAbc);
  EXPECT_EQ(parse_sha256_line("\\" + kOfAbc + "  back\\\\slash"), kOfAbc);
  const std::string cut = kOfAbc.substr(1);
  for (const std::string& line : {std::string(), kOfAbc, kOfAbc + "0  file", cut + "  file", "x" + cut + "  file"}) {
    EXPECT_EQ(parse_sha256_line(line), std::nullopt) << line;
  }
}

}  // namespace
}  // namespace m1bench
