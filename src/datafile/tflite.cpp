// SPDX-License-Identifier: Apache-2.0
#include "datafile/tflite.hpp"

#include <algorithm>
#include <cstring>
#include <set>
#include <vector>

#include "datafile/tflite_operators.hpp"
#include "m1bench/core/error.hpp"
#include "m1bench/graph/packed_graph.hpp"

namespace m1bench {
namespace {

using namespace tflite;

constexpr const char* kRemedy = "; convert the model again";
constexpr std::size_t kMaxTensors = 16384;

[[noreturn]] void refuse(const std::string& what) { throw Error(ErrorKind::data, what); }

DType decode_type(std::int8_t type, const std::string& place) {
  constexpr const char* kOthers[] = {"FLOAT32", "FLOAT16", "INT32", "UINT8",     "INT64",
                                     "STRING",  "BOOL",    "INT16", "COMPLEX64", "INT8"};
  switch (type) {
    case 0: return DType::f32;
    case 2: return DType::i32;
    case 9: return DType::i8;
    default: break;
  }
  refuse(place + " has the type " + (type >= 0 && type < 9 ? kOthers[type] : std::to_string(type)) + ", which is not supported");
}

Shape decode_shape(std::span<const std::int32_t> extents, const std::string& place) {
  if (extents.size() > 4) refuse(place + " has " + std::to_string(extents.size()) + " axes where at most four are supported");
  const auto negative = std::find_if(extents.begin(), extents.end(), [](std::int32_t extent) { return extent < 0; });
  if (negative != extents.end()) refuse(place + " has the extent " + std::to_string(*negative));
  switch (extents.size()) {
    case 0: return {};
    case 1: return {extents[0]};
    case 2: return {extents[0], extents[1]};
    case 3: return {extents[0], extents[1], extents[2]};
    default: return {extents[0], extents[1], extents[2], extents[3]};
  }
}

void decode_quantization(const Table* table, GraphTensor& tensor, const std::string& place) {
  if (!table) return;
  const auto scales = list<float>(table, quantization::scale);
  if (scales.empty()) return;  // only the range seen in training, which nothing needs
  if (scalar<std::int8_t>(table, quantization::details_type) != 0)
    refuse(place + " has a custom quantisation, which is not supported");
  tensor.channel_axis = scalar<std::int32_t>(table, quantization::quantized_dimension);
  const bool has_axis = tensor.channel_axis >= 0 && tensor.channel_axis < tensor.shape.rank();
  if (scales.size() > 1 && !(has_axis && tensor.shape[tensor.channel_axis] == static_cast<std::int64_t>(scales.size()))) {
    refuse(place + " has " + std::to_string(scales.size()) + " scales, which is not the extent of the axis they belong to");
  }
  tensor.scales.assign(scales.begin(), scales.end());
  const std::size_t zeros = count_i64(table, quantization::zero_point);
  const std::int64_t zero = zeros > 0 ? element_i64(table, quantization::zero_point, 0) : 0;
  for (std::size_t i = 1; i < zeros; ++i) {
    if (element_i64(table, quantization::zero_point, i) != zero)
      refuse(place + " has zero points that differ, which is not supported");
  }
  tensor.zero_point = static_cast<std::int32_t>(std::clamp<std::int64_t>(zero, -1000, 1000));  // beyond int8 is refused later
}

std::span<const std::byte> constant_of(const Table* table, const Tables* buffers, const std::string& place) {
  const auto index = scalar<std::uint32_t>(table, tensor::buffer);
  if (index == 0) return {};
  if (!buffers || index >= buffers->size()) refuse(place + " has the buffer " + std::to_string(index) + ", which does not exist");
  const Table* buffer = buffers->Get(index);
  if (scalar<std::uint64_t>(buffer, buffer::offset) > 1)
    refuse(place + " keeps its data outside the model's tables, which is not supported");
  return std::as_bytes(list<std::uint8_t>(buffer, buffer::data));
}

GraphTensor decode_tensor(const Table* table, const Tables* buffers, std::size_t index) {
  GraphTensor made;
  made.name = text(table, tensor::name);
  const std::string place = "tensor " + std::to_string(index) + " (" + made.name + ")";
  made.dtype = decode_type(scalar<std::int8_t>(table, tensor::type), place);
  made.shape = decode_shape(list<std::int32_t>(table, tensor::shape), place);
  if (scalar<std::int8_t>(table, tensor::is_variable) != 0) refuse(place + " is a variable, which is not supported");
  if (table->CheckField(slot(tensor::sparsity))) refuse(place + " is sparse, which is not supported");
  made.constant = constant_of(table, buffers, place);
  decode_quantization(child(table, tensor::quantization), made, place);
  return made;
}

int only_one(std::span<const std::int32_t> tensors, const char* what) {
  if (tensors.size() != 1) refuse("the graph has " + std::to_string(tensors.size()) + " " + what + " where one is supported");
  return tensors[0];
}

// Parts of a file that lie one upon the other would make of a small file a large graph.
class Budget {
 public:
  explicit Budget(std::size_t file_bytes) : left_(file_bytes) {}
  void spend(const GraphTensor& tensor) {
    const bool is_new = constants_.insert({tensor.constant.data(), tensor.constant.size()}).second;
    const std::size_t bytes = tensor.scales.size() + (is_new ? tensor.constant.size() : 0);
    if (bytes > left_) refuse("the graph's constants lie one upon the other");
    left_ -= bytes;
  }

 private:
  std::size_t left_;
  std::set<std::pair<const std::byte*, std::size_t>> constants_;  // tensors may share one
};

Graph decode(const Table* root, std::size_t file_bytes) {
  const auto version = scalar<std::uint32_t>(root, model::version);
  if (version != 3) refuse("the model has format version " + std::to_string(version) + " where 3 is supported");
  const Tables* subgraphs = children(root, model::subgraphs);
  const std::size_t count = subgraphs ? subgraphs->size() : 0;
  if (count != 1) refuse("the model has " + std::to_string(count) + " subgraphs where one is supported");
  const Table* subgraph = subgraphs->Get(0);
  Graph graph;
  if (const Tables* operators = children(subgraph, subgraph::operators)) {
    if (operators->size() > kMaxOperators) refuse("the graph has more than " + std::to_string(kMaxOperators) + " operators");
    for (flatbuffers::uoffset_t i = 0; i < operators->size(); ++i) {
      graph.operators.push_back(decode_operator(operators->Get(i), children(root, model::operator_codes), i));
    }
  }
  if (const Tables* tensors = children(subgraph, subgraph::tensors)) {
    if (tensors->size() > kMaxTensors) refuse("the graph has more than " + std::to_string(kMaxTensors) + " tensors");
    Budget budget(file_bytes);
    for (flatbuffers::uoffset_t i = 0; i < tensors->size(); ++i) {
      graph.tensors.push_back(decode_tensor(tensors->Get(i), children(root, model::buffers), i));
      budget.spend(graph.tensors.back());
    }
  }
  graph.input = only_one(list<std::int32_t>(subgraph, subgraph::inputs), "inputs");
  graph.output = only_one(list<std::int32_t>(subgraph, subgraph::outputs), "outputs");
  validate(graph);
  return graph;
}

std::string pack_aligned(std::span<const std::uint8_t> file) {
  if (file.size() < 8 || std::memcmp(file.data() + 4, "TFL3", 4) != 0) {
    refuse(std::string("this is no TensorFlow Lite model (at byte 4 there is no \"TFL3\"); name a file that a converter wrote"));
  }
  if (!is_sound(file)) refuse(std::string("an offset or a size in the file leads out of it, or the file is cut short") + kRemedy);
  return pack_graph(decode(flatbuffers::GetRoot<Table>(file.data()), file.size()));
}

}  // namespace

std::string pack_tflite(const NamedBytes& file) {
  try {
    if (file.bytes.size() > kMaxTfliteBytes) refuse("the file has more than 1 GiB, which is not supported");
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(file.bytes.data());
    // FlatBuffers are read in place, as what they are aligned to.
    if (reinterpret_cast<std::uintptr_t>(bytes) % 16 == 0) return pack_aligned({bytes, file.bytes.size()});
    std::vector<std::uint8_t> copy(bytes, bytes + file.bytes.size());
    return pack_aligned(copy);
  } catch (const Error& error) {
    if (error.kind() != ErrorKind::data) throw;
    throw Error(ErrorKind::data, file.name + ": " + error.what());
  }
}

}  // namespace m1bench
