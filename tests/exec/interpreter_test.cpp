// SPDX-License-Identifier: Apache-2.0
#include "exec/interpreter.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <array>

#include "platform/files.hpp"

namespace m1bench {
namespace {

void put(std::string& bytes, std::size_t at, std::uint64_t value, int width) {
  for (int i = 0; i < width; ++i) bytes[at + static_cast<std::size_t>(i)] = static_cast<char>(value >> (8 * i));
}

// As much of a program for arm64 as names its loader.
std::string elf_program(const std::string& loader) {
  std::string bytes(64 + 56, '\0');
  bytes.replace(0, 6, "\x7F" "ELF\x02\x01");
  put(bytes, 16, 2, 2);    // ET_EXEC
  put(bytes, 18, 183, 2);  // EM_AARCH64
  put(bytes, 32, 64, 8);
  put(bytes, 54, 56, 2);
  put(bytes, 56, 1, 2);
  put(bytes, 64, 3, 4);  // PT_INTERP
  put(bytes, 64 + 8, bytes.size(), 8);
  put(bytes, 64 + 32, loader.size() + 1, 8);
  return bytes + loader + '\0';
}

TEST(Interpreter, IsNamedByTheBeginningOfAFile) {
  const std::string far = elf_program("/lib/ld.so");
  const struct {
    std::string head, interpreter;
  } rows[] = {
      {"#!/bin/sh\necho", "/bin/sh"},
      {"#! /usr/bin/env python3\n", "/usr/bin/env"},
      {"#!\t/a b", "/a"},
      {"#!/bin/sh\r\n", "/bin/sh\r"},
      {"#!", ""},
      {"#!   \n/bin/sh", ""},
      {"echo #!/bin/sh", ""},
      {"", ""},
      {elf_program("/lib/ld-linux-aarch64.so.1"), "/lib/ld-linux-aarch64.so.1"},
      {far.substr(0, far.size() - 3), ""},
      {far.substr(0, 100), ""},
  };
  for (const auto& row : rows) EXPECT_EQ(interpreter_of(row.head), row.interpreter) << row.head;
}

TEST(Interpreter, ThatIsMissingIsNamed) {
  const TemporaryDirectory folder;
  const std::string program = folder.path() + "/p";
  const auto explained = [&](const std::string& text) {
    write_file(program, std::array<std::string_view, 1>{text});
    chmod(program.c_str(), 0755);
    return explain_missing_interpreter(program);
  };
  const auto script = explained("#!/nonexistent/python3\n");
  ASSERT_TRUE(script);
  EXPECT_EQ(script->cause, "could not start " + program + ": its interpreter /nonexistent/python3 is missing");
  EXPECT_EQ(script->remedy, "install it, or correct the first line of the file");
  EXPECT_EQ(explained(elf_program("/nonexistent/ld.so"))->cause, "could not start " + program + ": its dynamic loader /nonexistent/ld.so is missing");
  EXPECT_NE(explained("#!/bin/sh\r\n")->remedy.find("carriage return"), std::string::npos);
  EXPECT_FALSE(explained("#!/bin/sh\n"));
  EXPECT_FALSE(explained("\x7F" "ELF"));
  EXPECT_FALSE(explain_missing_interpreter(folder.path() + "/absent"));
}

}  // namespace
}  // namespace m1bench
