// SPDX-License-Identifier: Apache-2.0
#include "datafile/idx.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "support/data_error.hpp"

namespace m1bench {
namespace {

std::string big_endian(std::initializer_list<std::uint32_t> words) {
  std::string bytes;
  for (const std::uint32_t word : words) {
    for (int shift = 24; shift >= 0; shift -= 8) bytes += static_cast<char>(word >> shift);
  }
  return bytes;
}

std::string images(std::uint32_t rows, std::size_t pixels) {
  std::string file = big_endian({0x803, rows, 28, 28});
  for (std::size_t i = 0; i < pixels; ++i) file += static_cast<char>(i % 251);
  return file;
}

std::string labels(const std::vector<int>& values) {
  std::string file = big_endian({0x801, static_cast<std::uint32_t>(values.size())});
  for (const int value : values) file += static_cast<char>(value);
  return file;
}

TEST(Idx, ReadsImagesAndLabels) {
  const std::string image_file = images(2, 2 * 784), label_file = labels({7, 0});
  const Dataset set = parse_mnist({"images", image_file}, {"labels", label_file});
  EXPECT_EQ(set.sample, (Shape{28, 28, 1}));
  EXPECT_EQ(set.rows, 2);
  EXPECT_EQ(set.classes, 10);
  ASSERT_EQ(set.pixels.size(), 2u * 784);
  for (std::size_t i = 0; i < set.pixels.size(); ++i) ASSERT_EQ(set.pixels[i], i % 251);
  EXPECT_EQ(set.labels, (std::vector<std::uint8_t>{7, 0}));
}

TEST(Idx, SaysWhatIsWrongAndWhere) {
  struct Row {
    std::string name, images, labels, message;
  };
  const std::string good_images = images(1, 784), good_labels = labels({7});
  const std::string again = "; get it again from http://yann.lecun.com/exdb/mnist/";
  const std::string images_wanted = " where 0x00000803 (images) was expected";
  const std::string labels_wanted = " where 0x00000801 (labels) was expected";
  const std::string swapped = "; the two files were probably swapped, so give each its own name back";
  const std::vector<Row> table{
      {"empty", "", good_labels, "images: at byte 0: the file ends within its header of 16 bytes" + again},
      {"short header", good_images.substr(0, 15), good_labels,
       "images: at byte 15: the file ends within its header of 16 bytes" + again},
      {"short label header", good_images, good_labels.substr(0, 7),
       "labels: at byte 7: the file ends within its header of 8 bytes" + again},
      {"swapped", labels({1, 2, 3, 4, 5, 6, 7, 8}), good_images,
       "images: at byte 0: 0x00000801 (labels)" + images_wanted + swapped},
      {"swapped labels", good_images, good_images,
       "labels: at byte 0: 0x00000803 (images)" + labels_wanted + swapped},
      {"gzip", good_images, "\x1f\x8b\x08" + std::string(20, '\0'),
       "labels: at byte 0: a gzip stream" + labels_wanted + "; let its name end in .gz"},
      {"floats", big_endian({0xD03, 1, 28, 28}), good_labels, "images: at byte 0: 0x00000D03" + images_wanted + again},
      {"rank 4", big_endian({0x804, 1, 28, 28, 1}), good_labels, "images: at byte 0: 0x00000804" + images_wanted + again},
      {"not IDX", "GIF89a, or something longer", good_labels, "images: at byte 0: 0x47494638" + images_wanted + again},
      {"no rows", images(0, 0), labels({}), "images: at byte 4: 0 rows where 1 to 1000000 were expected" + again},
      {"too many rows", images(1000001, 0), good_labels,
       "images: at byte 4: 1000001 rows where 1 to 1000000 were expected" + again},
      {"negative rows", images(0xFFFFFFFF, 0), good_labels, "images: at byte 4: 4294967295 rows where"},
      {"height", big_endian({0x803, 1, 32, 28}), good_labels, "images: at byte 8: an extent of 32 where 28 was expected" + again},
      {"width", big_endian({0x803, 1, 28, 27}), good_labels, "images: at byte 12: an extent of 27 where 28 was expected" + again},
      {"truncated", good_images.substr(0, 799), good_labels,
       "images: at byte 799: the file has 799 bytes where its header announces 800" + again},
      {"trailing", good_images + "x", good_labels,
       "images: at byte 800: the file has 801 bytes where its header announces 800" + again},
      {"truncated labels", good_images, good_labels.substr(0, 8),
       "labels: at byte 8: the file has 8 bytes where its header announces 9" + again},
      {"counts", good_images, labels({1, 2}),
       "labels: at byte 4: 2 labels where images holds 1 images; take both files from one set"},
      {"label 10", images(2, 2 * 784), labels({9, 10}), "labels: at byte 9: label 10 where 0 to 9 was expected" + again},
      {"label 255", good_images, labels({255}), "labels: at byte 8: label 255 where 0 to 9 was expected" + again},
  };
  for (const Row& row : table) {
    const std::string message = data_error_of([&] { parse_mnist({"images", row.images}, {"labels", row.labels}); });
    EXPECT_EQ(message.substr(0, row.message.size()), row.message) << row.name;
  }
}

}  // namespace
}  // namespace m1bench
