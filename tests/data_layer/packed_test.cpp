// SPDX-License-Identifier: Apache-2.0
#include "m1bench/data/packed.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>
#include <functional>
#include <limits>
#include <vector>

#include "m1bench/data/synthetic.hpp"
#include "support/data_error.hpp"

namespace m1bench {
namespace {

// As the driver writes it; an allocation is aligned as a mapping is.
std::vector<std::byte> pack(const Dataset& set) {
  const DatasetView view = set.view();
  const std::string header = packed_header(view);
  std::vector<std::byte> file;
  for (const std::string_view piece : packed_pieces(header, view)) {
    const auto bytes = std::as_bytes(std::span(piece));
    file.insert(file.end(), bytes.begin(), bytes.end());
  }
  return file;
}

template <class T>
void put(std::vector<std::byte>& file, std::size_t offset, T value) {
  std::memcpy(file.data() + offset, &value, sizeof value);
}

TEST(Packed, RoundTripsImages) {
  const Dataset set = synthetic_cifar10(7, 0, 1);
  const std::vector<std::byte> file = pack(set);
  EXPECT_EQ(file.size(), kPackedHeaderBytes + 7 * 3073);
  const DatasetView view = view_packed(file);
  EXPECT_EQ(view.sample, set.sample);
  EXPECT_EQ(view.rows, 7);
  EXPECT_EQ(view.classes, 10);
  EXPECT_TRUE(std::ranges::equal(view.pixels, set.pixels));
  EXPECT_TRUE(std::ranges::equal(view.labels, set.labels));
  EXPECT_TRUE(view.features.empty() && view.targets.empty());
  EXPECT_EQ(static_cast<const void*>(view.pixels.data()), file.data() + kPackedHeaderBytes) << "a view copies nothing";
}

TEST(Packed, RoundTripsRegression) {
  const Dataset set = synthetic_regression(7, 0, 1);
  const std::vector<std::byte> file = pack(set);
  const DatasetView view = view_packed(file);
  EXPECT_EQ(view.sample, Shape{100});
  EXPECT_EQ(view.rows, 7);
  EXPECT_EQ(view.classes, 0);
  EXPECT_TRUE(std::ranges::equal(view.features, set.features));
  EXPECT_TRUE(std::ranges::equal(view.targets, set.targets));
  EXPECT_TRUE(view.pixels.empty() && view.labels.empty());
}

TEST(Packed, RefusesWhatIsNotWhatTheDriverWrote) {
  using File = std::vector<std::byte>;
  struct Row {
    std::string name;
    std::function<void(File&)> damage;
    std::string message;
  };
  // Offsets: magic 0, classes 8, rank 12, extents 16, rows 40, payload 48, reserved 56, pixels 64.
  const std::vector<Row> table{
      {"empty", [](File& f) { f.clear(); }, "has 0 bytes, fewer than its header"},
      {"short header", [](File& f) { f.resize(63); }, "has 63 bytes, fewer than its header"},
      {"magic", [](File& f) { put<std::uint8_t>(f, 7, '2'); }, "does not begin with M1BDATA1"},
      {"reserved", [](File& f) { put<std::uint64_t>(f, 56, 1); }, "another version"},
      {"classes", [](File& f) { put<std::uint32_t>(f, 8, 257); }, "257 classes"},
      {"regression after all", [](File& f) { put<std::uint32_t>(f, 8, 0); }, "sizes in its header that disagree"},
      {"rank 0", [](File& f) { put<std::uint32_t>(f, 12, 0); }, "rank 0"},
      {"rank 4", [](File& f) { put<std::uint32_t>(f, 12, 4); }, "rank 4"},
      {"extent 0", [](File& f) { put<std::uint64_t>(f, 16, 0); }, "extent of 0"},
      {"huge extent", [](File& f) { put<std::uint64_t>(f, 16, ~0ULL); }, "extent of 18446744073709551615"},
      {"huge sample", [](File& f) { put<std::uint64_t>(f, 16, 65536); put<std::uint64_t>(f, 24, 65536); }, "sample size"},
      {"hidden extent", [](File& f) { put<std::uint32_t>(f, 12, 2); put<std::uint64_t>(f, 32, 2); }, "more extents than axes"},
      {"rows", [](File& f) { put<std::uint64_t>(f, 40, 3); }, "sizes in its header that disagree"},
      {"huge rows", [](File& f) { put<std::uint64_t>(f, 40, ~0ULL); }, "18446744073709551615 rows"},
      {"payload", [](File& f) { put<std::uint64_t>(f, 48, 1); }, "sizes in its header that disagree"},
      {"truncated", [](File& f) { f.pop_back(); }, "holds 1569 bytes of data where its header announces 1570"},
      {"trailing", [](File& f) { f.push_back(std::byte{0}); }, "holds 1571 bytes of data where its header announces 1570"},
      {"label", [](File& f) { f.back() = std::byte{10}; }, "a label that is not a class"},
  };
  for (const Row& row : table) {
    File file = pack(synthetic_mnist(2, 0, 1));
    row.damage(file);
    const std::string message = data_error_of([&] { view_packed(file); });
    EXPECT_NE(message.find(row.message), std::string::npos) << row.name << ": " << message;
    EXPECT_NE(message.find("start the command again"), std::string::npos) << row.name << ": " << message;
  }
}

TEST(Packed, RefusesNumbersThatAreNotFinite) {
  Dataset feature = synthetic_regression(2, 0, 1), target = feature;
  feature.features.front() = std::numeric_limits<float>::infinity();
  target.targets.back() = std::numeric_limits<float>::quiet_NaN();
  for (const Dataset& set : {feature, target}) {
    const std::string message = data_error_of([&] { view_packed(pack(set)); });
    EXPECT_NE(message.find("not finite"), std::string::npos) << message;
  }
}

TEST(Packed, RefusesAFileThatIsNotAlignedInMemory) {
  const std::vector<std::byte> file = pack(synthetic_regression(2, 0, 1));
  try {
    view_packed(std::span(file).subspan(1));
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::internal);
  }
}

}  // namespace
}  // namespace m1bench
