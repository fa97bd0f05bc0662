// SPDX-License-Identifier: Apache-2.0
#include "result/shard.hpp"

#include <gtest/gtest.h>

namespace m1bench {
namespace {

TEST(Shard, IsReadAsItIsWritten) {
  const auto shard = parse_shard("2/13");
  ASSERT_TRUE(shard);
  EXPECT_EQ(shard->index, 2);
  EXPECT_EQ(shard->count, 13);
  EXPECT_TRUE(parse_shard("1/1"));
  EXPECT_TRUE(parse_shard("2147483647/2147483647"));
}

TEST(Shard, NothingElseIsOne) {
  for (const char* text : {"",
                           "/",
                           "1",
                           "1/",
                           "/1",
                           "0/1",
                           "2/1",
                           "-1/2",
                           "+1/2",
                           "1/-2",
                           "01/2",
                           "1/02",
                           " 1/2",
                           "1/2 ",
                           "1 / 2",
                           "1/2/3",
                           "a/b",
                           "1/b",
                           "1.0/2",
                           "0x1/2",
                           "4294967297/4294967298",
                           "1/2147483648"}) {
    EXPECT_FALSE(parse_shard(text)) << "'" << text << "'";
  }
}

TEST(Shard, EachCaseIsInExactlyOne) {
  for (std::size_t number = 0; number < 20; ++number) {
    int owners = 0;
    for (int index = 1; index <= 3; ++index) owners += Shard{index, 3}.has(number);
    EXPECT_EQ(owners, 1) << number;
  }
  EXPECT_TRUE((Shard{2, 3}.has(1) && Shard{2, 3}.has(4)));
}

}  // namespace
}  // namespace m1bench
