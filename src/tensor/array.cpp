// SPDX-License-Identifier: Apache-2.0
#include "m1bench/tensor/array.hpp"

#include <array>

namespace m1bench {
namespace {

struct DTypeRow {
  DType dtype;
  std::string_view name;
  std::string_view npy;  // NumPy's array-protocol type string
  std::size_t size;
};
constexpr std::array<DTypeRow, 6> kDTypes{{
    {DType::f32, "f32", "<f4", 4},
    {DType::f64, "f64", "<f8", 8},
    {DType::i8, "i8", "|i1", 1},
    {DType::u8, "u8", "|u1", 1},
    {DType::i32, "i32", "<i4", 4},
    {DType::i64, "i64", "<i8", 8},
}};
const DTypeRow& row_of(DType dtype) { return kDTypes[static_cast<std::size_t>(dtype)]; }

}  // namespace

std::size_t size_of(DType dtype) { return row_of(dtype).size; }
std::string_view name_of(DType dtype) { return row_of(dtype).name; }

std::optional<DType> dtype_named(std::string_view name) {
  for (const DTypeRow& row : kDTypes) {
    if (row.name == name) return row.dtype;
  }
  return std::nullopt;
}

std::string npy_header(DType dtype, const Shape& shape) {
  std::string extents;
  for (int axis = 0; axis < shape.rank(); ++axis) extents += std::to_string(shape[axis]) + ", ";
  if (shape.rank() > 1) extents.resize(extents.size() - 2);
  if (shape.rank() == 1) extents.resize(extents.size() - 1);
  std::string text = "{'descr': '" + std::string(row_of(dtype).npy) + "', 'fortran_order': False, 'shape': (" + extents + "), }";
  constexpr std::size_t kPreamble = 10;  // magic (6), version (2), header length (2)
  constexpr std::size_t kAlignment = 64;
  text.append((kAlignment - (kPreamble + text.size() + 1) % kAlignment) % kAlignment, ' ');
  text += '\n';
  std::string header("\x93NUMPY\x01\x00", 8);
  header += static_cast<char>(text.size() & 0xFF);
  header += static_cast<char>(text.size() >> 8);
  return header + text;
}

}  // namespace m1bench
