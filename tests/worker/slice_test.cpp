// SPDX-License-Identifier: Apache-2.0
#include "worker/slice.hpp"

#include <gtest/gtest.h>

#include "platform/build_info.hpp"
#include "worker/session.hpp"

namespace m1bench {
namespace {

TEST(Slice, IsOfTheArchitectureThatRuns) {
  const CompiledSlice slice = compiled_slice();
#if defined(__x86_64__)
  EXPECT_EQ(slice.arch, "x86_64");
#else
  EXPECT_EQ(slice.arch, "arm64");
#endif
  EXPECT_TRUE(slice.slice.starts_with(slice.arch)) << slice.slice;
  EXPECT_FALSE(slice.simd.empty());
}

TEST(Slice, ItsOwnInstructionsExecute) { EXPECT_NO_THROW(execute_tier_instructions()); }

TEST(Hello, SaysWhatThisProcessIs) {
  const Hello hello = say_hello();
  EXPECT_EQ(hello.protocol, kProtocol);
  EXPECT_EQ(hello.build_id, build_info().build_id);
  EXPECT_EQ(hello.arch, compiled_slice().arch);
  EXPECT_EQ(hello.slice, compiled_slice().slice);
  EXPECT_FALSE(hello.cpu.empty());
  Reply greeting;
  greeting.hello = hello;
  EXPECT_EQ(decode_reply(encode(greeting)).hello->cpu, hello.cpu);
}

}  // namespace
}  // namespace m1bench
