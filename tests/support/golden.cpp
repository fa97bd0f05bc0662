// SPDX-License-Identifier: Apache-2.0
#include "support/golden.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <iterator>

namespace m1bench {

void expect_golden(const std::string& name, std::string_view got) {
  const std::string path = std::string(M1BENCH_TEST_GOLDEN) + "/" + name;
  const char* update = std::getenv("M1BENCH_UPDATE_GOLDEN");
  if (update && std::string_view(update) == "1") {
    std::ofstream(path, std::ios::binary) << got;
    return;
  }
  std::ifstream file(path, std::ios::binary);
  ASSERT_TRUE(file) << path << " is missing; run with M1BENCH_UPDATE_GOLDEN=1 to write it";
  const std::string want((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  EXPECT_EQ(got, want) << path << " differs; if that is right, run with M1BENCH_UPDATE_GOLDEN=1";
}

}  // namespace m1bench
