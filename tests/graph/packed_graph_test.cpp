// SPDX-License-Identifier: Apache-2.0
#include "m1bench/graph/packed_graph.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>

#include "graph/small_graphs.hpp"
#include "m1bench/graph/runner.hpp"
#include "support/data_error.hpp"
#include "support/models.hpp"

namespace m1bench {
namespace {

TEST(PackedGraph, RoundTrips) {
  const SmallGraph small;
  const std::string packed = pack_graph(small.graph);
  Mapped file(packed);
  const Graph graph = view_packed_graph(file.bytes());
  EXPECT_EQ(pack_graph(graph), packed);
  ASSERT_EQ(graph.tensors.size(), 8u);
  EXPECT_EQ(graph.tensors[1].name, "filter");
  EXPECT_EQ(graph.tensors[1].shape, (Shape{2, 2, 2, 1}));
  EXPECT_EQ(graph.tensors[1].scales, (std::vector<float>{0.25f, 0.5f}));
  EXPECT_TRUE(std::ranges::equal(graph.tensors[1].constant, small.graph.tensors[1].constant));
  EXPECT_EQ(graph.tensors[7].zero_point, -128);
  EXPECT_EQ(graph.operators[2].inputs, (std::vector<int>{4, 5, kNoTensor}));

  GraphRunner one(small.graph), other(graph);
  std::ranges::fill(one.input(), std::byte{17});
  std::ranges::fill(other.input(), std::byte{17});
  one.run();
  other.run();
  EXPECT_TRUE(std::ranges::equal(one.output(), other.output()));
}

TEST(PackedGraph, SharesConstantsThatTensorsShare) {
  SmallGraph small;
  const std::size_t before = pack_graph(small.graph).size();
  const std::vector<std::byte> big(64 * 100);
  GraphTensor tensor = small.graph.tensors[5];
  tensor.constant = big;
  tensor.shape = {64, 100};
  tensor.scales = {1};
  small.graph.tensors.push_back(tensor);
  small.graph.tensors.push_back(tensor);
  EXPECT_LT(pack_graph(small.graph).size(), before + 64 * 100 + 512);
}

// Whether every constant lies within the file.
bool stays_inside(const Graph& graph, std::span<const std::byte> file) {
  return std::ranges::all_of(graph.tensors, [&](const GraphTensor& tensor) {
    const auto* begin = tensor.constant.data();
    return tensor.constant.empty() || (begin >= file.data() && begin + tensor.constant.size() <= file.data() + file.size());
  });
}

// Whatever byte was changed, it is refused as data or a graph that is valid.
TEST(PackedGraph, TakesNoDamage) {
  const SmallGraph small;
  const std::string packed = pack_graph(small.graph);
  for (std::size_t size = 0; size < packed.size(); ++size) {
    Mapped file(packed.substr(0, size));
    EXPECT_NE(data_error_of([&] { view_packed_graph(file.bytes()); }), "nothing was thrown") << size;
  }
  for (std::size_t at = 0; at < packed.size(); ++at) {
    for (const char flip : {'\x01', '\x80', '\xFF'}) {
      std::string damaged = packed;
      damaged[at] = static_cast<char>(damaged[at] ^ flip);
      Mapped file(damaged);
      data_error_of([&] { EXPECT_TRUE(stays_inside(view_packed_graph(file.bytes()), file.bytes())) << at; });
    }
  }
}

}  // namespace
}  // namespace m1bench
