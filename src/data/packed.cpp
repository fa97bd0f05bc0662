// SPDX-License-Identifier: Apache-2.0
#include "m1bench/data/packed.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>

#include "m1bench/core/check.hpp"
#include "m1bench/core/error.hpp"

namespace m1bench {
namespace {

static_assert(std::endian::native == std::endian::little, "a packed file is mapped as it is");

constexpr std::uint64_t kMagic = 0x31'41'54'41'44'42'31'4D;  // the bytes "M1BDATA1"

struct Header {
  std::uint64_t magic = kMagic;
  std::uint32_t classes = 0;      // 0: features and targets; else pixels and labels
  std::uint32_t rank = 0;         // of one sample
  std::uint64_t extents[3] = {};  // those beyond the rank are 1
  std::uint64_t rows = 0;
  std::uint64_t payload_bytes = 0;  // follows from the rest; a file cut short at a row's end would else look whole
  std::uint64_t reserved = 0;
};
static_assert(sizeof(Header) == kPackedHeaderBytes);

// Far above any data set we read, and small enough that no product of them leaves 64 bits.
constexpr std::uint64_t kMaxExtent = 1 << 16, kMaxSample = 1 << 24, kMaxRows = 1 << 30, kMaxClasses = 256;

void require(bool condition, const std::string& what) {
  if (condition) return;
  throw Error(ErrorKind::data,
              "the decoded data file " + what + "; it was changed or cut short after it was written, so start the command again");
}

std::uint64_t sample_elements(const Header& header) {
  std::uint64_t elements = 1;
  for (const std::uint64_t extent : header.extents) {
    require(extent >= 1 && extent <= kMaxExtent, "has an impossible extent of " + std::to_string(extent) + " in its header");
    elements *= extent;
    require(elements <= kMaxSample, "has an impossible sample size in its header");
  }
  return elements;
}

Shape sample_shape(const Header& header) {
  const auto extent = [&](std::size_t axis) { return static_cast<std::int64_t>(header.extents[axis]); };
  switch (header.rank) {
    case 1: return {extent(0)};
    case 2: return {extent(0), extent(1)};
    default: return {extent(0), extent(1), extent(2)};
  }
}

template <class T>
std::span<const T> elements_at(std::span<const std::byte> file, std::size_t offset, std::size_t count) {
  return {reinterpret_cast<const T*>(file.data() + offset), count};
}

template <class T>
std::string_view bytes_of(std::span<const T> values) {
  return {reinterpret_cast<const char*>(values.data()), values.size_bytes()};
}

// The header, if it is ours and agrees with itself and with the size of the file.
Header read_header(std::span<const std::byte> file) {
  Header header;
  require(file.size() >= sizeof header, "has " + std::to_string(file.size()) + " bytes, fewer than its header");
  std::memcpy(&header, file.data(), sizeof header);
  require(header.magic == kMagic, "does not begin with M1BDATA1");
  require(header.reserved == 0, "has a header from another version");
  require(header.classes <= kMaxClasses, "announces " + std::to_string(header.classes) + " classes");
  require(header.rows <= kMaxRows, "announces " + std::to_string(header.rows) + " rows");
  require(header.rank >= 1 && header.rank <= 3, "has samples of rank " + std::to_string(header.rank));
  for (std::size_t axis = header.rank; axis < 3; ++axis) {
    require(header.extents[axis] == 1, "has more extents than axes in its header");
  }
  const std::uint64_t element_bytes = header.classes > 0 ? sizeof(std::uint8_t) : sizeof(float);
  require(header.payload_bytes == (sample_elements(header) + 1) * header.rows * element_bytes,
          "has sizes in its header that disagree");
  const std::uint64_t present = file.size() - sizeof header;
  require(present == header.payload_bytes, "holds " + std::to_string(present) + " bytes of data where its header announces " +
                                               std::to_string(header.payload_bytes));
  return header;
}

}  // namespace

std::string packed_header(const DatasetView& data) {
  check(data.sample.rank() >= 1 && data.sample.rank() <= 3, "a sample has one to three axes");
  Header header;
  header.classes = static_cast<std::uint32_t>(data.classes);
  header.rank = static_cast<std::uint32_t>(data.sample.rank());
  for (int axis = 0; axis < 3; ++axis) {
    header.extents[axis] = axis < data.sample.rank() ? static_cast<std::uint64_t>(data.sample[axis]) : 1;
  }
  header.rows = static_cast<std::uint64_t>(data.rows);
  header.payload_bytes =
      data.pixels.size_bytes() + data.labels.size_bytes() + data.features.size_bytes() + data.targets.size_bytes();
  std::string bytes(sizeof header, '\0');
  std::memcpy(bytes.data(), &header, sizeof header);
  return bytes;
}

std::array<std::string_view, 3> packed_pieces(const std::string& header, const DatasetView& data) {
  if (data.classes > 0) return {header, bytes_of(data.pixels), bytes_of(data.labels)};
  return {header, bytes_of(data.features), bytes_of(data.targets)};
}

DatasetView view_packed(std::span<const std::byte> file) {
  check(reinterpret_cast<std::uintptr_t>(file.data()) % alignof(float) == 0, "a packed file is aligned in memory");
  const Header header = read_header(file);
  DatasetView view;
  view.sample = sample_shape(header);
  view.rows = static_cast<std::int64_t>(header.rows);
  view.classes = static_cast<int>(header.classes);
  const std::size_t values = sample_elements(header) * header.rows;
  if (view.classes > 0) {
    view.pixels = elements_at<std::uint8_t>(file, sizeof header, values);
    view.labels = elements_at<std::uint8_t>(file, sizeof header + values, header.rows);
    require(std::all_of(view.labels.begin(), view.labels.end(), [&](std::uint8_t label) { return label < header.classes; }),
            "holds a label that is not a class");
  } else {
    const auto finite = [](float value) { return std::isfinite(value); };
    view.features = elements_at<float>(file, sizeof header, values);
    view.targets = elements_at<float>(file, sizeof header + values * sizeof(float), header.rows);
    require(std::all_of(view.features.begin(), view.features.end(), finite) &&
                std::all_of(view.targets.begin(), view.targets.end(), finite),
            "holds a number that is not finite");
  }
  return view;
}

}  // namespace m1bench
