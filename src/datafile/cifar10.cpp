// SPDX-License-Identifier: Apache-2.0
#include "datafile/cifar10.hpp"

#include <algorithm>
#include <string>

namespace m1bench {
namespace {

constexpr std::size_t kPlane = 32 * 32, kChannels = 3;

std::string remedy() { return std::string("extract it again from ") + kCifar10Source; }

void require_whole_records(const NamedBytes& file) {
  const std::size_t size = file.bytes.size(), left = size % kCifar10RecordBytes;
  const std::string records = "records of " + std::to_string(kCifar10RecordBytes) + " bytes";
  if (size == 0) bad_file(file.name, 0, "the file is empty where " + records + " were expected", remedy());
  if (size > kMaxCifar10Bytes) {
    bad_file(file.name, kMaxCifar10Bytes, "the file goes on where at most 100000 " + records + " were expected", remedy());
  }
  if (left != 0) bad_file(file.name, size - left, std::to_string(left) + " bytes are left over after whole " + records, remedy());
}

void require_labels(const NamedBytes& file) {
  for (std::size_t offset = 0; offset < file.bytes.size(); offset += kCifar10RecordBytes) {
    const auto label = static_cast<std::uint8_t>(file.bytes[offset]);
    if (label > 9) bad_file(file.name, offset, "label " + std::to_string(label) + " where 0 to 9 was expected", remedy());
  }
}

}  // namespace

Dataset empty_cifar10() { return {.sample = {32, 32, 3}, .rows = 0, .classes = 10}; }

void append_cifar10(const NamedBytes& file, Dataset& set) {
  require_whole_records(file);
  require_labels(file);
  const std::size_t records = file.bytes.size() / kCifar10RecordBytes;
  std::size_t out = set.pixels.size();
  set.pixels.resize(out + records * kPlane * kChannels);
  for (std::size_t record = 0; record < records; ++record) {
    const char* bytes = file.bytes.data() + record * kCifar10RecordBytes;
    set.labels.push_back(static_cast<std::uint8_t>(bytes[0]));
    for (std::size_t i = 0; i < kPlane; ++i) {
      for (std::size_t c = 0; c < kChannels; ++c) set.pixels[out++] = static_cast<std::uint8_t>(bytes[1 + c * kPlane + i]);
    }
  }
  set.rows += static_cast<std::int64_t>(records);
}

}  // namespace m1bench
