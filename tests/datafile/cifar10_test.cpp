// SPDX-License-Identifier: Apache-2.0
#include "datafile/cifar10.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "support/data_error.hpp"

namespace m1bench {
namespace {

// One record: the red plane holds 1, the green one 2, the blue one 3; the pixel at (y, x) = (1, 2) holds 11, 12, 13.
std::string record(int label) {
  std::string bytes(1, static_cast<char>(label));
  for (int channel = 1; channel <= 3; ++channel) {
    std::string plane(1024, static_cast<char>(channel));
    plane[32 + 2] = static_cast<char>(10 + channel);
    bytes += plane;
  }
  return bytes;
}

TEST(Cifar10, TurnsPlanesIntoPixels) {
  Dataset set = empty_cifar10();
  const std::string first = record(3), second = record(9) + record(0);
  append_cifar10({"one", first}, set);
  append_cifar10({"two", second}, set);
  EXPECT_EQ(set.sample, (Shape{32, 32, 3}));
  EXPECT_EQ(set.rows, 3);
  EXPECT_EQ(set.classes, 10);
  EXPECT_EQ(set.labels, (std::vector<std::uint8_t>{3, 9, 0}));
  ASSERT_EQ(set.pixels.size(), 3u * 3072);
  for (std::size_t i = 0; i < set.pixels.size(); ++i) {
    const bool marked = i % 3072 / 3 == 32 + 2;
    ASSERT_EQ(set.pixels[i], i % 3 + (marked ? 11 : 1)) << i;
  }
}

TEST(Cifar10, SaysWhatIsWrongAndWhereAndKeepsTheSet) {
  struct Row {
    std::string name, bytes, message;
  };
  const std::string again =
      "; extract it again from https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz (md5 c32a1d4ab5d03f1284b67883e8d87530)";
  const std::vector<Row> table{
      {"empty", "", "batch: at byte 0: the file is empty where records of 3073 bytes were expected" + again},
      {"one byte", "x", "batch: at byte 0: 1 bytes are left over after whole records of 3073 bytes" + again},
      {"truncated", record(1) + record(2).substr(0, 3072),
       "batch: at byte 3073: 3072 bytes are left over after whole records of 3073 bytes" + again},
      {"trailing", record(1) + "x", "batch: at byte 3073: 1 bytes are left over after whole records of 3073 bytes" + again},
      {"too large", std::string(kMaxCifar10Bytes + kCifar10RecordBytes, '\0'),
       "batch: at byte 307300000: the file goes on where at most 100000 records of 3073 bytes were expected" + again},
      {"first label", record(10), "batch: at byte 0: label 10 where 0 to 9 was expected" + again},
      {"later label", record(9) + record(0) + record(255), "batch: at byte 6146: label 255 where 0 to 9 was expected" + again},
  };
  for (const Row& row : table) {
    Dataset set = empty_cifar10();
    append_cifar10({"good", record(5)}, set);
    EXPECT_EQ(data_error_of([&] { append_cifar10({"batch", row.bytes}, set); }), row.message) << row.name;
    EXPECT_EQ(set.rows, 1) << row.name;
    EXPECT_EQ(set.pixels.size(), 3072u) << row.name;
    EXPECT_EQ(set.labels.size(), 1u) << row.name;
  }
}

}  // namespace
}  // namespace m1bench
