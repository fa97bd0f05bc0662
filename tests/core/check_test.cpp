// SPDX-License-Identifier: Apache-2.0
#include "m1bench/core/check.hpp"

#include <gtest/gtest.h>

#include "m1bench/core/error.hpp"

namespace m1bench {
namespace {

TEST(Check, NamesTheCaller) {
  EXPECT_NO_THROW(check(true, "fine"));
  try {
    check(false, "two is three");
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::internal);
    EXPECT_NE(std::string(error.what()).find("two is three (check_test.cpp:"), std::string::npos) << error.what();
  }
}

}  // namespace
}  // namespace m1bench
