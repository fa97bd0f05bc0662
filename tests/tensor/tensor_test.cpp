// SPDX-License-Identifier: Apache-2.0
#include "m1bench/tensor/tensor.hpp"

#include <gtest/gtest.h>

#include "m1bench/core/error.hpp"
#include "m1bench/tensor/array.hpp"

namespace m1bench {
namespace {

TEST(Shape, CountsAndPrints) {
  EXPECT_EQ(Shape{}.elements(), 1);
  EXPECT_EQ((Shape{32, 28, 28, 1}.elements()), 25088);
  EXPECT_EQ((Shape{3, 0}.elements()), 0);
  EXPECT_EQ((Shape{32, 28, 28, 1}.to_string()), "32x28x28x1");
  EXPECT_NE((Shape{1}), (Shape{1, 1}));
  EXPECT_THROW((Shape{1, 1, 1, 1, 1}), Error);
  EXPECT_THROW((Shape{-1}), Error);
}

TEST(Tensor, BorrowsMemoryThatItDoesNotFree) {
  Tensor<float> owner(Shape{4});
  {
    Tensor<float> guest = Tensor<float>::borrowed({2, 2}, owner.data());
    guest[3] = 7;
    const Tensor<float> copy = guest;
    EXPECT_NE(copy.data(), guest.data());
    Tensor<float> moved = std::move(guest);
    EXPECT_EQ(moved.data(), owner.data());
    moved.resize({4});
    EXPECT_EQ(moved.data(), owner.data());
    moved.resize({5});
    EXPECT_NE(moved.data(), owner.data());
    guest = Tensor<float>(Shape{3});  // owns again
  }
  EXPECT_EQ(owner[3], 7);
  EXPECT_EQ(Tensor<float>::uninitialized({2, 3}).shape(), (Shape{2, 3}));
}

TEST(Tensor, IsAlignedZeroAndOwned) {
  Tensor<float> a(Shape{3, 5});
  EXPECT_EQ(reinterpret_cast<std::uintptr_t>(a.data()) % 64, 0u);
  for (const float value : a.span()) EXPECT_EQ(value, 0.0f);
  a[7] = 2;
  Tensor<float> copy = a;
  a[7] = 3;
  EXPECT_EQ(copy[7], 2.0f);
  const Tensor<float> moved = std::move(copy);
  EXPECT_EQ(moved[7], 2.0f);
  EXPECT_EQ(copy.size(), 0u);  // NOLINT(bugprone-use-after-move): that it is empty is the point
  a.resize(Shape{15});
  EXPECT_EQ(a[7], 3.0f) << "the same number of elements keeps them";
  a.resize(Shape{2, 2});
  EXPECT_EQ(a.size(), 4u);
  EXPECT_EQ(Tensor<float>().size(), 0u);
}

TEST(Array, DTypesAreOneTable) {
  for (const DType dtype : {DType::f32, DType::f64, DType::i8, DType::u8, DType::i32, DType::i64}) {
    EXPECT_EQ(dtype_named(name_of(dtype)), dtype);
  }
  EXPECT_EQ(size_of(DType::i64), 8u);
  EXPECT_EQ(dtype_named("f16"), std::nullopt);
}

// What numpy.save writes before the elements; numpy pads to 64 bytes as well.
TEST(Array, NpyHeader) {
  struct Row {
    DType dtype;
    Shape shape;
    const char* dictionary;
  };
  const Row rows[] = {{DType::f32, {2, 3}, "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }"},
                      {DType::i8, {7}, "{'descr': '|i1', 'fortran_order': False, 'shape': (7,), }"},
                      {DType::f64, {}, "{'descr': '<f8', 'fortran_order': False, 'shape': (), }"},
                      {DType::i32, {1, 2, 3, 4}, "{'descr': '<i4', 'fortran_order': False, 'shape': (1, 2, 3, 4), }"}};
  for (const Row& row : rows) {
    const std::string header = npy_header(row.dtype, row.shape);
    EXPECT_EQ(header.size() % 64, 0u);
    EXPECT_EQ(header.substr(0, 8), std::string("\x93NUMPY\x01\x00", 8));
    EXPECT_EQ(static_cast<unsigned char>(header[8]) + 256u * static_cast<unsigned char>(header[9]), header.size() - 10);
    EXPECT_EQ(header.substr(10, std::string(row.dictionary).size()), row.dictionary);
    EXPECT_EQ(header.back(), '\n');
  }
}

}  // namespace
}  // namespace m1bench
