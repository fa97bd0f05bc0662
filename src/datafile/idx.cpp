// SPDX-License-Identifier: Apache-2.0
#include "datafile/idx.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <span>
#include <string>

namespace m1bench {
namespace {

// An IDX file begins with two zero bytes, the element type and the rank, then one big-endian 32-bit extent for each axis.
constexpr std::uint32_t kImagesMagic = 0x0803, kLabelsMagic = 0x0801;  // 0x08: unsigned bytes
constexpr const char* kRemedy = "get it again from http://yann.lecun.com/exdb/mnist/";

std::uint32_t big_endian_at(std::string_view bytes, std::size_t offset) {
  std::uint32_t value = 0;
  for (std::size_t i = 0; i < 4; ++i) value = value << 8 | static_cast<std::uint8_t>(bytes[offset + i]);
  return value;
}

std::string describe_magic(std::uint32_t magic) {
  char text[16];
  std::snprintf(text, sizeof text, "0x%08X", static_cast<unsigned>(magic));
  if (magic == kImagesMagic) return std::string(text) + " (images)";
  if (magic == kLabelsMagic) return std::string(text) + " (labels)";
  return text;
}

void require_magic(const NamedBytes& file, std::uint32_t wanted) {
  const std::uint32_t found = big_endian_at(file.bytes, 0);
  if (found == wanted) return;
  const std::string expected = " where " + describe_magic(wanted) + " was expected";
  if (found == kImagesMagic || found == kLabelsMagic) {
    bad_file(file.name, 0, describe_magic(found) + expected,
             "the two files were probably swapped, so give each its own name back");
  }
  if (found >> 16 == 0x1F8B) bad_file(file.name, 0, "a gzip stream" + expected, "let its name end in .gz");
  bad_file(file.name, 0, describe_magic(found) + expected, kRemedy);
}

// The elements after the header of an IDX file whose first extent is its rows and whose others are `rest`.
std::string_view idx_elements(const NamedBytes& file, std::uint32_t magic, std::span<const std::uint32_t> rest) {
  const std::size_t header_bytes = 4 * (2 + rest.size());
  if (file.bytes.size() < header_bytes) {
    bad_file(file.name, file.bytes.size(), "the file ends within its header of " + std::to_string(header_bytes) + " bytes",
             kRemedy);
  }
  require_magic(file, magic);
  const std::uint32_t rows = big_endian_at(file.bytes, 4);
  if (rows < 1 || rows > kMaxIdxRows) {
    bad_file(file.name, 4, std::to_string(rows) + " rows where 1 to " + std::to_string(kMaxIdxRows) + " were expected", kRemedy);
  }
  std::size_t row_bytes = 1;
  for (std::size_t axis = 0; axis < rest.size(); ++axis) {
    const std::size_t offset = 8 + 4 * axis;
    const std::uint32_t extent = big_endian_at(file.bytes, offset);
    if (extent != rest[axis]) {
      bad_file(file.name, offset,
               "an extent of " + std::to_string(extent) + " where " + std::to_string(rest[axis]) + " was expected", kRemedy);
    }
    row_bytes *= extent;
  }
  const std::size_t wanted = header_bytes + rows * row_bytes;
  if (file.bytes.size() != wanted) {
    bad_file(file.name, std::min(file.bytes.size(), wanted),
             "the file has " + std::to_string(file.bytes.size()) + " bytes where its header announces " + std::to_string(wanted),
             kRemedy);
  }
  return file.bytes.substr(header_bytes);
}

}  // namespace

Dataset parse_mnist(const NamedBytes& images, const NamedBytes& labels) {
  constexpr std::array<std::uint32_t, 2> kImage{28, 28};
  constexpr std::size_t kLabelsHeader = 8;
  const std::string_view pixels = idx_elements(images, kImagesMagic, kImage);
  const std::string_view classes = idx_elements(labels, kLabelsMagic, {});
  const std::size_t rows = pixels.size() / (28 * 28);
  if (classes.size() != rows) {
    bad_file(labels.name, 4,
             std::to_string(classes.size()) + " labels where " + images.name + " holds " + std::to_string(rows) + " images",
             "take both files from one set (train or t10k)");
  }
  const auto not_a_class = [](char label) { return static_cast<std::uint8_t>(label) > 9; };
  const auto wrong = std::find_if(classes.begin(), classes.end(), not_a_class);
  if (wrong != classes.end()) {
    bad_file(labels.name, kLabelsHeader + static_cast<std::size_t>(wrong - classes.begin()),
             "label " + std::to_string(static_cast<std::uint8_t>(*wrong)) + " where 0 to 9 was expected", kRemedy);
  }
  Dataset set{.sample = {28, 28, 1}, .rows = static_cast<std::int64_t>(rows), .classes = 10};
  set.pixels.assign(pixels.begin(), pixels.end());
  set.labels.assign(classes.begin(), classes.end());
  return set;
}

}  // namespace m1bench
