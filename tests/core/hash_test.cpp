// SPDX-License-Identifier: Apache-2.0
#include "m1bench/core/hash.hpp"

#include <gtest/gtest.h>

namespace m1bench {
namespace {

// The vectors of draft-eastlake-fnv.
TEST(ShortHash, IsFnv1a) {
  EXPECT_EQ(short_hash(""), "cbf29ce484222325");
  EXPECT_EQ(short_hash("a"), "af63dc4c8601ec8c");
  EXPECT_EQ(short_hash("foobar"), "85944171f73967e8");
}

}  // namespace
}  // namespace m1bench
