// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "m1bench/tensor/shape.hpp"
#include "m1bench/tensor/tensor.hpp"

namespace m1bench {

enum class DType { f32, f64, i8, u8, i32, i64 };

std::size_t size_of(DType dtype);
std::string_view name_of(DType dtype);
std::optional<DType> dtype_named(std::string_view name);

template <class T>
constexpr DType dtype_of();
template <> constexpr DType dtype_of<float>() { return DType::f32; }
template <> constexpr DType dtype_of<double>() { return DType::f64; }
template <> constexpr DType dtype_of<std::int8_t>() { return DType::i8; }
template <> constexpr DType dtype_of<std::uint8_t>() { return DType::u8; }
template <> constexpr DType dtype_of<std::int32_t>() { return DType::i32; }
template <> constexpr DType dtype_of<std::int64_t>() { return DType::i64; }

// Somebody's dense row-major array, whatever its element type; valid as long as its owner is.
struct ArrayView {
  DType dtype = DType::f32;
  Shape shape;
  std::span<const std::byte> bytes;
};

template <class T>
ArrayView view_of(const Tensor<T>& tensor) {
  return {dtype_of<T>(), tensor.shape(), std::as_bytes(tensor.span())};
}

struct NamedArray {
  std::string name;
  ArrayView array;
};

// The header of a NumPy .npy file (format 1.0, C order) for an array of this type and shape; the raw elements follow it.
// Source: numpy.lib.format.
std::string npy_header(DType dtype, const Shape& shape);

}  // namespace m1bench
