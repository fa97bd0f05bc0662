// SPDX-License-Identifier: Apache-2.0
#include "datafile/tflite.hpp"

#include <gtest/gtest.h>

#include <cstring>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "m1bench/graph/packed_graph.hpp"
#include "m1bench/tensor/tensor.hpp"
#include "support/data_error.hpp"

namespace m1bench {
namespace {

std::string model(const std::string& name) {
  std::ifstream in(std::string(M1BENCH_TEST_DATA) + "/tflite/" + name + ".tflite", std::ios::binary);
  EXPECT_TRUE(in) << name;
  return {std::istreambuf_iterator<char>(in), {}};
}

TEST(Tflite, ReadsTheTrainedNetwork) {
  const std::string packed = pack_tflite({"m.tflite", model("mnist-cnn-int8")});
  Tensor<std::uint8_t> mapped(Shape{static_cast<std::int64_t>(packed.size())});
  std::memcpy(mapped.data(), packed.data(), packed.size());
  const Graph graph = view_packed_graph(std::as_bytes(mapped.span()));
  std::vector<std::string_view> kinds;
  for (const Operator& op : graph.operators) kinds.push_back(name_of(op.kind));
  EXPECT_EQ(kinds, (std::vector<std::string_view>{"CONV_2D", "MAX_POOL_2D", "RESHAPE", "FULLY_CONNECTED", "SOFTMAX"}));
  EXPECT_EQ(graph.tensors[static_cast<std::size_t>(graph.input)].shape, (Shape{1, 28, 28, 1}));
  EXPECT_EQ(graph.operators[0].activation, Activation::relu);
  EXPECT_EQ(graph.tensors[static_cast<std::size_t>(graph.operators[0].inputs[1])].scales.size(), 32u);
  EXPECT_EQ(flop_of(graph), 2.0 * (26 * 26 * 32 * 9 + 5408 * 10));
}

TEST(Tflite, ReadsBytesWhereverTheyLie) {
  const std::string file = model("random-0"), wanted = pack_tflite({"m", file});
  for (std::size_t shift = 1; shift < 16; ++shift) {
    const std::string moved = std::string(shift, ' ') + file;
    EXPECT_EQ(pack_tflite({"m", std::string_view(moved).substr(shift)}), wanted) << shift;
  }
}

TEST(Tflite, NamesTheFileThePlaceAndTheReason) {
  struct Row {
    const char *name, *message;
  };
  const std::vector<Row> table{
      {"activation", "operator 0 (CONV_2D) has the fused activation 4, which is not supported"},
      {"buffer", "tensor 1 (t1) has the buffer 1000, which does not exist"},
      {"custom-operator", "operator 0 (CUSTOM) is the custom operator '', which is not supported"},
      {"cycle", "operator 0 (CONV_2D) reads tensor 4, which nothing has computed before it"},
      {"five-axes", "tensor 0 (t0) has 5 axes where at most four are supported"},
      {"huge", "tensor 3 (t3) has the impossible shape 1x65536x65536x65536"},
      {"negative-extent", "tensor 0 (t0) has the extent -4"},
      {"newer-operator", "operator 0 (builtin 200) is not supported"},
      {"no-options", "operator 0 (CONV_2D) has no options of its own kind"},
      {"no-subgraph", "the model has 0 subgraphs where one is supported"},
      {"opcode", "operator 0 (?) has no entry in the model's list of operators"},
      {"operator", "operator 0 (EXP) is not supported"},
      {"operator-version", "operator 0 (CONV_2D) has version 99 where 1 to 8 are supported"},
      {"outside", "tensor 1 (t1) keeps its data outside the model's tables, which is not supported"},
      {"padding", "operator 0 (CONV_2D) has the padding 9, which does not exist"},
      {"scale-0", "tensor 0 (t0) has a scale that is not a positive number"},
      {"shuffled", "operator 2 (FULLY_CONNECTED) has shuffled weights, which are not supported"},
      {"stride-0", "operator 0 (CONV_2D) has a stride, a dilation or a window that is not between 1 and 65536"},
      {"two-inputs", "the graph has 2 inputs where one is supported"},
      {"two-outputs", "operator 0 (CONV_2D) has 2 outputs where one was expected"},
      {"type", "tensor 0 (t0) has the type FLOAT16, which is not supported"},
      {"variable", "tensor 0 (t0) is a variable, which is not supported"},
      {"version-4", "the model has format version 4 where 3 is supported"},
      {"zero-points", "tensor 1 (t1) has zero points that differ, which is not supported"},
  };
  for (const Row& row : table) {
    const std::string file = model(std::string("refused/") + row.name);
    EXPECT_EQ(data_error_of([&] { pack_tflite({"m.tflite", file}); }), std::string("m.tflite: ") + row.message) << row.name;
  }
}

TEST(Tflite, RefusesWhatIsNoModel) {
  const std::string no_model =
      "m: this is no TensorFlow Lite model (at byte 4 there is no \"TFL3\"); name a file that a converter wrote";
  for (const std::string& file : {std::string(), std::string("TFL3"), std::string(5000, '\0'), std::string("\0\0\0\0TFL", 7)}) {
    EXPECT_EQ(data_error_of([&] { pack_tflite({"m", file}); }), no_model);
  }
  const std::string loop("\4\0\0\0TFL3\0\0\0\0\0\0\0\0", 16);
  EXPECT_EQ(data_error_of([&] { pack_tflite({"m", loop}); }).substr(0, 40), "m: an offset or a size in the file leads");
}

// Cut short or with any byte changed, a file is refused as data or is another model; memory checkers watch the rest.
TEST(Tflite, SurvivesDamage) {
  const std::string file = model("random-1");
  for (std::size_t size = 0; size + 64 < file.size(); size += 7) {
    EXPECT_NE(data_error_of([&] { pack_tflite({"m", std::string_view(file).substr(0, size)}); }), "nothing was thrown") << size;
  }
  for (std::size_t at = 0; at < file.size(); ++at) {
    for (const char flip : {'\x01', '\x7F', '\x80'}) {
      std::string damaged = file;
      damaged[at] = static_cast<char>(damaged[at] ^ flip);
      data_error_of([&] { pack_tflite({"m", damaged}); });
    }
  }
}

}  // namespace
}  // namespace m1bench
