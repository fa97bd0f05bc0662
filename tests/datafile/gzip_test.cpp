// SPDX-License-Identifier: Apache-2.0
#include "datafile/gzip.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "support/data_error.hpp"
#include "support/hex.hpp"

namespace m1bench {
namespace {

const std::string kText = "hello, hello, hello";
const std::string kHello = from_hex("1f8b0800000000000203cb48cdc9c9d751c840a2009fa1ca0913000000");
const std::string kNothing = from_hex("1f8b080000000000020303000000000000000000");
// 100000 zero bytes.
const std::string kZeros = from_hex("1f8b0800000000000203edc13101000000c2a0f54f6d0d0fa0") + std::string(96, '\0') +
                           from_hex("8057037d9511d4a0860100");

TEST(Gunzip, GivesWhatWasCompressed) {
  EXPECT_EQ(gunzip(kHello, 100, "file"), kText);
  EXPECT_EQ(gunzip(kHello, kText.size(), "file"), kText) << "the limit itself is allowed";
  EXPECT_EQ(gunzip(kNothing, 0, "file"), "");
  EXPECT_EQ(gunzip(kZeros, 1'000'000, "file"), std::string(100'000, '\0')) << "more than the first buffer holds";
}

TEST(Gunzip, JoinsMembers) {
  EXPECT_EQ(gunzip(kHello + kNothing + kHello, 100, "file"), kText + kText);
}

TEST(Gunzip, SaysWhatIsWrongAndWhere) {
  struct Row {
    std::string name, bytes;
    std::size_t max_bytes;
    std::string message;
  };
  std::string checksum = kHello, length = kHello, method = kHello, block = kHello;
  checksum[21] = static_cast<char>(checksum[21] ^ 1);
  length[25] = static_cast<char>(length[25] ^ 1);
  method[2] = 7;
  block[10] = static_cast<char>(0xFF);
  // Where and why a damaged stream is given up differs between zlib and its successors.
  const std::string damaged = "the gzip stream is damaged (";
  const std::string early = ": the gzip stream ends too early; download it again";
  const std::vector<Row> table{
      {"empty", "", 100, "f.gz: at byte 0" + early},
      {"one byte", "\x1f", 100, "f.gz: at byte 1" + early},
      {"not gzip", "hello", 100, damaged},
      {"method", method, 100, damaged},
      {"block", block, 100, damaged},
      {"truncated header", kHello.substr(0, 9), 100, "f.gz: at byte 9" + early},
      {"truncated data", kHello.substr(0, 15), 100, "f.gz: at byte 15" + early},
      {"truncated checksum", kHello.substr(0, 28), 100, "f.gz: at byte 28" + early},
      {"truncated member", kHello + kHello.substr(0, 15), 100, "f.gz: at byte 44" + early},
      {"checksum", checksum, 100, damaged},
      {"length", length, 100, damaged},
      {"trailing", kHello + "xy", 100, damaged},
      {"too large", kHello, kText.size() - 1, "holds more than the 18 bytes expected"},
      {"bomb", kZeros, 70'000, "holds more than the 70000 bytes expected"},
      {"too large together", kHello + kHello, 30, "holds more than the 30 bytes expected"},
  };
  for (const Row& row : table) {
    const std::string message = data_error_of([&] { gunzip(row.bytes, row.max_bytes, "f.gz"); });
    EXPECT_TRUE(message.starts_with("f.gz: at byte ")) << row.name << ": " << message;
    EXPECT_NE(message.find(row.message), std::string::npos) << row.name << ": " << message;
    EXPECT_TRUE(message.ends_with("; download it again")) << row.name << ": " << message;
  }
}

}  // namespace
}  // namespace m1bench
