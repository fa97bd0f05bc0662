// SPDX-License-Identifier: Apache-2.0
#include "m1bench/graph/packed_graph.hpp"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <map>
#include <type_traits>

#include "graph/require.hpp"

namespace m1bench {
namespace {

static_assert(std::endian::native == std::endian::little, "a packed file is mapped as it is");

constexpr std::uint64_t kMagic = 0x31'48'50'52'47'42'31'4D;  // the bytes "M1BGRPH1"
constexpr std::size_t kAlignment = 64;

struct Header {
  std::uint64_t magic = kMagic;
  std::uint64_t file_bytes = 0;
  std::uint64_t tensors = 0, operators = 0;
  std::int64_t input = 0, output = 0;
  std::uint64_t reserved[2] = {};
};
static_assert(sizeof(Header) == 64);

std::size_t aligned(std::size_t bytes) { return (bytes + kAlignment - 1) / kAlignment * kAlignment; }

// Words of a fixed order, appended to a file.
class Writer {
 public:
  template <class T>
  void operator()(const T& value) {
    static_assert(std::is_arithmetic_v<T> || std::is_enum_v<T>);
    bytes_.append(reinterpret_cast<const char*>(&value), sizeof value);
  }
  void operator()(const std::string& text) { list(text); }
  template <class List>
  void list(const List& values) {
    (*this)(static_cast<std::uint64_t>(values.size()));
    for (const auto& value : values) (*this)(value);
  }
  std::string& bytes() { return bytes_; }

 private:
  std::string bytes_;
};

const Require require("the decoded model file");
constexpr const char* kChanged = "was changed or cut short after it was written, so start the command again";

// The same words, taken from a file whose size is all that is known of it.
class Reader {
 public:
  Reader(std::span<const std::byte> file, std::size_t offset) : file_(file), offset_(offset) {}
  template <class T>
  void operator()(T& value) {
    std::memcpy(&value, take(sizeof value).data(), sizeof value);
  }
  void operator()(std::string& text) { list(text); }
  template <class List>
  void list(List& values) {
    std::uint64_t count = 0;
    (*this)(count);
    require(count <= (file_.size() - offset_) / sizeof(values[0]), kChanged);
    values.resize(count);
    for (auto& value : values) (*this)(value);
  }

 private:
  std::span<const std::byte> take(std::size_t bytes) {
    require(bytes <= file_.size() - offset_, kChanged);
    offset_ += bytes;
    return file_.subspan(offset_ - bytes, bytes);
  }
  std::span<const std::byte> file_;
  std::size_t offset_;
};

// The fields of each kind of part, in the order in which they are written and read.
template <class Part, class Words>
void operator_words(Part& op, Words& words) {
  words(op.kind);
  words.list(op.inputs);
  words(op.output);
  words(op.padding);
  for (auto* value : {&op.stride_h, &op.stride_w, &op.dilation_h, &op.dilation_w, &op.window_h, &op.window_w}) words(*value);
  words(op.activation);
  words(op.beta);
}
template <class Part, class Words>
void tensor_words(Part& tensor, Words& words) {
  words(tensor.name);
  words(tensor.dtype);
  words.list(tensor.scales);
  words(tensor.zero_point);
  words(tensor.channel_axis);
}

void write_shape(const Shape& shape, Writer& writer) {
  writer(shape.rank());
  for (int axis = 0; axis < shape.rank(); ++axis) writer(shape[axis]);
}

Shape read_shape(Reader& reader) {
  int rank = 0;
  reader(rank);
  require(rank >= 0 && rank <= 4, kChanged);
  std::int64_t e[4] = {};
  for (int axis = 0; axis < rank; ++axis) {
    reader(e[axis]);
    require(e[axis] >= 0, kChanged);
  }
  switch (rank) {
    case 0: return {};
    case 1: return {e[0]};
    case 2: return {e[0], e[1]};
    case 3: return {e[0], e[1], e[2]};
    default: return {e[0], e[1], e[2], e[3]};
  }
}

// The structure, with each constant as its place among the constants and its size.
Writer structure_of(const Graph& graph, const std::vector<std::uint64_t>& places) {
  Writer writer;
  for (std::size_t i = 0; i < graph.tensors.size(); ++i) {
    const GraphTensor& tensor = graph.tensors[i];
    tensor_words(tensor, writer);
    write_shape(tensor.shape, writer);
    writer(places[i]);
    writer(static_cast<std::uint64_t>(tensor.constant.size()));
  }
  for (const Operator& op : graph.operators) operator_words(op, writer);
  return writer;
}

template <class Enum>
void require_known(Enum value, Enum last) {
  require(static_cast<unsigned>(value) <= static_cast<unsigned>(last), kChanged);
}

}  // namespace

std::string pack_graph(const Graph& graph) {
  std::vector<std::uint64_t> places(graph.tensors.size());
  std::size_t start = aligned(sizeof(Header) + structure_of(graph, places).bytes().size()), end = start;
  std::map<std::pair<const std::byte*, std::size_t>, std::uint64_t> known;  // tensors may share a constant
  for (std::size_t i = 0; i < places.size(); ++i) {
    const std::span<const std::byte> constant = graph.tensors[i].constant;
    if (constant.empty()) continue;
    const auto [found, is_new] = known.try_emplace({constant.data(), constant.size()}, end);
    places[i] = found->second;
    if (is_new) end = aligned(end + constant.size());
  }
  const Header header{.file_bytes = end, .tensors = graph.tensors.size(), .operators = graph.operators.size(),
                      .input = graph.input, .output = graph.output};
  std::string file(reinterpret_cast<const char*>(&header), sizeof header);
  file += structure_of(graph, places).bytes();
  file.resize(end);
  for (const auto& [constant, place] : known) std::memcpy(file.data() + place, constant.first, constant.second);
  return file;
}

Graph view_packed_graph(std::span<const std::byte> file) {
  Header header;
  require(file.size() >= sizeof header, kChanged);
  std::memcpy(&header, file.data(), sizeof header);
  require(header.magic == kMagic && header.file_bytes == file.size(), kChanged);
  // Every tensor and operator takes more than a byte.
  require(header.tensors <= file.size() && header.operators <= file.size(), kChanged);
  const auto is_index = [](std::int64_t value) { return value >= -INT32_MAX && value <= INT32_MAX; };
  require(is_index(header.input) && is_index(header.output), kChanged);
  Graph graph;
  graph.input = static_cast<int>(header.input);
  graph.output = static_cast<int>(header.output);
  Reader reader(file, sizeof header);
  for (std::uint64_t i = 0; i < header.tensors; ++i) {
    GraphTensor& tensor = graph.tensors.emplace_back();
    tensor_words(tensor, reader);
    require_known(tensor.dtype, DType::i64);
    tensor.shape = read_shape(reader);
    std::uint64_t place = 0, bytes = 0;
    reader(place);
    reader(bytes);
    require(place <= file.size() && bytes <= file.size() - place && place % kAlignment == 0, kChanged);
    tensor.constant = file.subspan(place, bytes);
  }
  for (std::uint64_t i = 0; i < header.operators; ++i) {
    Operator& op = graph.operators.emplace_back();
    operator_words(op, reader);
    require_known(op.kind, OperatorKind::dequantize);
    require_known(op.activation, Activation::relu_n1_to_1);
    require_known(op.padding, Padding::same);
  }
  validate(graph);
  return graph;
}

}  // namespace m1bench
