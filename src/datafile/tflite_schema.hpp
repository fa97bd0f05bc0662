// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <flatbuffers/flatbuffers.h>

#include <cstdint>
#include <span>
#include <string>

// The part of TensorFlow Lite's format, version 3, that is read here: FlatBuffers tables as the numbers of their fields.
// Source: tensorflow/lite/schema/schema.fbs of TensorFlow 2.21 (Apache-2.0).
namespace m1bench::tflite {

using flatbuffers::Table;
using Tables = flatbuffers::Vector<flatbuffers::Offset<Table>>;

enum class FieldKind { i8, i32, i64, string, bytes, i32s, i64s, f32s, table, tables, options };

struct TableType;
struct Field {
  int number;
  FieldKind kind;
  const TableType* of = nullptr;  // of `table` and `tables`
};
// Fields that are not listed are never looked at.
struct TableType {
  std::span<const Field> fields;
};
extern const TableType kModel;

namespace model { enum { version, operator_codes, subgraphs, description, buffers }; }
namespace operator_code { enum { deprecated_builtin_code, custom_code, version, builtin_code }; }
namespace subgraph { enum { tensors, inputs, outputs, operators }; }
namespace buffer { enum { data, offset, size }; }
namespace tensor { enum { shape, type, buffer, name, quantization, is_variable, sparsity }; }
namespace quantization { enum { min, max, scale, zero_point, details_type, details, quantized_dimension }; }
namespace op { enum { opcode_index, inputs, outputs, builtin_options_type, builtin_options }; }
namespace conv2d { enum { padding, stride_w, stride_h, activation, dilation_w, dilation_h }; }
namespace depthwise { enum { padding, stride_w, stride_h, multiplier, activation, dilation_w, dilation_h }; }
namespace pool2d { enum { padding, stride_w, stride_h, window_w, window_h, activation }; }
namespace fully_connected { enum { activation, weights_format }; }
namespace softmax { enum { beta }; }
namespace add { enum { activation }; }

// The members of the union BuiltinOptions that are read.
enum class Options : std::uint8_t { none = 0, conv2d = 1, depthwise = 2, pool2d = 5, fully_connected = 8, softmax = 9, add = 11 };

inline flatbuffers::voffset_t slot(int field) { return static_cast<flatbuffers::voffset_t>(4 + 2 * field); }

template <class T>
T scalar(const Table* table, int field, T missing = {}) {
  return table ? table->GetField<T>(slot(field), missing) : missing;
}
inline const Table* child(const Table* table, int field) { return table->GetPointer<const Table*>(slot(field)); }
inline const Tables* children(const Table* table, int field) { return table->GetPointer<const Tables*>(slot(field)); }

// A vector's elements; none if it is missing. Only what lies at multiples of four bytes is verified to be aligned.
template <class T>
std::span<const T> list(const Table* table, int field) {
  static_assert(sizeof(T) <= 4);
  const auto* vector = table->GetPointer<const flatbuffers::Vector<T>*>(slot(field));
  return vector ? std::span<const T>(reinterpret_cast<const T*>(vector->Data()), vector->size()) : std::span<const T>{};
}

// A string for messages: at most 80 bytes, without control characters; empty if it is missing.
std::string text(const Table* table, int field);

// A vector of 64-bit integers, wherever it lies.
std::size_t count_i64(const Table* table, int field);
std::int64_t element_i64(const Table* table, int field, std::size_t index);

// Whether every offset and size that leads to a listed field stays within the file. Nothing may be read before.
bool is_sound(std::span<const std::uint8_t> file);

}  // namespace m1bench::tflite
