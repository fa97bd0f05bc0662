// SPDX-License-Identifier: Apache-2.0
#include "datafile/tflite_schema.hpp"

#include <algorithm>
#include <cstring>

namespace m1bench::tflite {
namespace {

using Kind = FieldKind;

constexpr Field kBufferFields[] = {{buffer::data, Kind::bytes}, {buffer::offset, Kind::i64}};
constexpr TableType kBuffer{kBufferFields};

constexpr Field kOperatorCodeFields[] = {{operator_code::deprecated_builtin_code, Kind::i8},
                                         {operator_code::custom_code, Kind::string},
                                         {operator_code::version, Kind::i32},
                                         {operator_code::builtin_code, Kind::i32}};
constexpr TableType kOperatorCode{kOperatorCodeFields};

constexpr Field kQuantizationFields[] = {{quantization::scale, Kind::f32s},
                                         {quantization::zero_point, Kind::i64s},
                                         {quantization::details_type, Kind::i8},
                                         {quantization::quantized_dimension, Kind::i32}};
constexpr TableType kQuantization{kQuantizationFields};

constexpr Field kTensorFields[] = {{tensor::shape, Kind::i32s},   {tensor::type, Kind::i8},
                                   {tensor::buffer, Kind::i32},   {tensor::name, Kind::string},
                                   {tensor::quantization, Kind::table, &kQuantization}, {tensor::is_variable, Kind::i8}};
constexpr TableType kTensor{kTensorFields};

constexpr Field kOperatorFields[] = {{op::opcode_index, Kind::i32}, {op::inputs, Kind::i32s}, {op::outputs, Kind::i32s},
                                     {op::builtin_options_type, Kind::i8}, {op::builtin_options, Kind::options}};
constexpr TableType kOperator{kOperatorFields};

constexpr Field kSubgraphFields[] = {{subgraph::tensors, Kind::tables, &kTensor}, {subgraph::inputs, Kind::i32s},
                                     {subgraph::outputs, Kind::i32s}, {subgraph::operators, Kind::tables, &kOperator}};
constexpr TableType kSubgraph{kSubgraphFields};

constexpr Field kModelFields[] = {{model::version, Kind::i32}, {model::operator_codes, Kind::tables, &kOperatorCode},
                                  {model::subgraphs, Kind::tables, &kSubgraph}, {model::buffers, Kind::tables, &kBuffer}};

constexpr Field kConv2dFields[] = {{conv2d::padding, Kind::i8},     {conv2d::stride_w, Kind::i32},
                                   {conv2d::stride_h, Kind::i32},   {conv2d::activation, Kind::i8},
                                   {conv2d::dilation_w, Kind::i32}, {conv2d::dilation_h, Kind::i32}};
constexpr Field kDepthwiseFields[] = {{depthwise::padding, Kind::i8}, {depthwise::stride_w, Kind::i32},
                                      {depthwise::stride_h, Kind::i32}, {depthwise::activation, Kind::i8},
                                      {depthwise::dilation_w, Kind::i32}, {depthwise::dilation_h, Kind::i32}};
constexpr Field kPool2dFields[] = {{pool2d::padding, Kind::i8},   {pool2d::stride_w, Kind::i32}, {pool2d::stride_h, Kind::i32},
                                   {pool2d::window_w, Kind::i32}, {pool2d::window_h, Kind::i32}, {pool2d::activation, Kind::i8}};
constexpr Field kFullyConnectedFields[] = {{fully_connected::activation, Kind::i8}, {fully_connected::weights_format, Kind::i8}};
constexpr Field kSoftmaxFields[] = {{softmax::beta, Kind::i32}};  // a float: as large, and aligned alike
constexpr Field kAddFields[] = {{add::activation, Kind::i8}};

std::span<const Field> fields_of(Options options) {
  switch (options) {
    case Options::conv2d: return kConv2dFields;
    case Options::depthwise: return kDepthwiseFields;
    case Options::pool2d: return kPool2dFields;
    case Options::fully_connected: return kFullyConnectedFields;
    case Options::softmax: return kSoftmaxFields;
    case Options::add: return kAddFields;
    case Options::none: break;
  }
  return {};
}

// Is T's vector sound?
template <class T>
bool vector_is_sound(const Table& table, int field, flatbuffers::Verifier& verifier) {
  return table.VerifyOffset(verifier, slot(field)) &&
         verifier.VerifyVector(table.GetPointer<const flatbuffers::Vector<T>*>(slot(field)));
}

bool is_sound(const Table& table, std::span<const Field> fields, flatbuffers::Verifier& verifier);

bool tables_are_sound(const Table& table, const Field& field, flatbuffers::Verifier& verifier) {
  if (!vector_is_sound<flatbuffers::Offset<Table>>(table, field.number, verifier)) return false;
  const Tables* all = children(&table, field.number);
  if (!all) return true;
  for (flatbuffers::uoffset_t i = 0; i < all->size(); ++i) {
    const auto* place = reinterpret_cast<const std::uint8_t*>(all->Data()) + i * sizeof(flatbuffers::uoffset_t);
    if (verifier.VerifyOffset(place, 0) == 0) return false;
    if (!is_sound(*all->Get(i), field.of->fields, verifier)) return false;
  }
  return true;
}

bool field_is_sound(const Table& table, const Field& field, flatbuffers::Verifier& verifier) {
  const auto at = slot(field.number);
  switch (field.kind) {
    case Kind::i8: return table.VerifyField<std::int8_t>(verifier, at, 1);
    case Kind::i32: return table.VerifyField<std::int32_t>(verifier, at, 4);
    case Kind::i64: return table.VerifyField<std::int64_t>(verifier, at, 8);
    case Kind::string:
      return table.VerifyOffset(verifier, at) && verifier.VerifyString(table.GetPointer<const flatbuffers::String*>(at));
    case Kind::bytes: return vector_is_sound<std::uint8_t>(table, field.number, verifier);
    case Kind::i32s: return vector_is_sound<std::int32_t>(table, field.number, verifier);
    case Kind::i64s: return vector_is_sound<std::int64_t>(table, field.number, verifier);
    case Kind::f32s: return vector_is_sound<float>(table, field.number, verifier);
    case Kind::tables: return tables_are_sound(table, field, verifier);
    case Kind::table:
    case Kind::options: break;
  }
  if (!table.VerifyOffset(verifier, at)) return false;
  const Table* inner = child(&table, field.number);
  if (!inner) return true;
  const auto type = static_cast<Options>(scalar<std::uint8_t>(&table, op::builtin_options_type));
  return is_sound(*inner, field.kind == Kind::table ? field.of->fields : fields_of(type), verifier);
}

bool is_sound(const Table& table, std::span<const Field> fields, flatbuffers::Verifier& verifier) {
  if (!table.VerifyTableStart(verifier)) return false;
  const auto sound = [&](const Field& field) { return field_is_sound(table, field, verifier); };
  return std::all_of(fields.begin(), fields.end(), sound) && verifier.EndTable();
}

}  // namespace

const TableType kModel{kModelFields};

std::string text(const Table* table, int field) {
  constexpr std::size_t kMost = 80;
  const auto* string = table->GetPointer<const flatbuffers::String*>(slot(field));
  if (!string) return {};
  std::string text(string->c_str(), std::min<std::size_t>(string->size(), kMost));
  std::replace_if(text.begin(), text.end(), [](char c) { return (c >= 0 && c < ' ') || c == 0x7F; }, '?');
  return text;
}

std::size_t count_i64(const Table* table, int field) {
  const auto* vector = table->GetPointer<const flatbuffers::Vector<std::int64_t>*>(slot(field));
  return vector ? vector->size() : 0;
}

std::int64_t element_i64(const Table* table, int field, std::size_t index) {
  const auto* vector = table->GetPointer<const flatbuffers::Vector<std::int64_t>*>(slot(field));
  std::int64_t value = 0;
  std::memcpy(&value, vector->Data() + index * sizeof value, sizeof value);
  return value;
}

bool is_sound(std::span<const std::uint8_t> file) {
  flatbuffers::Verifier verifier(file.data(), file.size());
  const flatbuffers::uoffset_t root = verifier.VerifyOffset(0);
  return root != 0 && is_sound(*reinterpret_cast<const Table*>(file.data() + root), kModel.fields, verifier);
}

}  // namespace m1bench::tflite
