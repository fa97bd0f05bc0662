// SPDX-License-Identifier: Apache-2.0
#include "platform/shared_memory.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>
#include <string>

#include "m1bench/core/error.hpp"
#include "platform/child_programs.hpp"

namespace m1bench {
namespace {

constexpr std::uint64_t kBytes = 1 << 20;

void write_text(const SharedMapping& mapping, const char* text) { std::memcpy(mapping.bytes().data(), text, std::strlen(text) + 1); }

TEST(SharedMemory, BeginsAsZerosAndOutlivesItsMappings) {
  const auto memory = SharedMemory::make(kBytes);
  ASSERT_NE(memory, nullptr);
  EXPECT_GT(memory->descriptor(), kSharedDescriptor);
  {
    const SharedMapping mapping(memory->descriptor(), kBytes);
    EXPECT_TRUE(std::ranges::all_of(mapping.bytes(), [](std::byte byte) { return byte == std::byte{0}; }));
    write_text(mapping, "kept");
  }
  const SharedMapping again(memory->descriptor(), kBytes);
  EXPECT_STREQ(reinterpret_cast<const char*>(again.bytes().data()), "kept");
}

TEST(SharedMemory, AChildSeesItUnderItsNumberAndWritesBack) {
  const auto memory = SharedMemory::make(kBytes);
  ASSERT_NE(memory, nullptr);
  const SharedMapping mapping(memory->descriptor(), kBytes);
  write_text(mapping, "ping");
  SpawnOptions command = child_command("swap-shared", "pong");
  command.shared_memory = memory->descriptor();
  EXPECT_EQ(run_command(command, 100, kPatience).out, "ping\n");
  EXPECT_STREQ(reinterpret_cast<const char*>(mapping.bytes().data()), "pong");
}

TEST(SharedMemory, NothingElseIsInherited) {
  const auto memory = SharedMemory::make(kBytes);
  ASSERT_NE(memory, nullptr);
  SpawnOptions command = child_command("descriptors");
  EXPECT_EQ(run_command(command, 100, kPatience).out, "3\n");
  command.shared_memory = memory->descriptor();
  EXPECT_EQ(run_command(command, 100, kPatience).out, "4\n");
}

TEST(SharedMemory, WhatIsNotThereIsRefused) {
  const auto memory = SharedMemory::make(kBytes);
  ASSERT_NE(memory, nullptr);
  EXPECT_THROW(SharedMapping(memory->descriptor(), 2 * kBytes), Error) << "touching it would be a bus error";
  EXPECT_THROW(SharedMapping(-1, kBytes), Error);
}

}  // namespace
}  // namespace m1bench
