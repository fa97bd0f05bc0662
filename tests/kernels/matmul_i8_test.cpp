// SPDX-License-Identifier: Apache-2.0
#include "m1bench/kernels/matmul_i8.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "kernels/i8_lanes.hpp"
#include "kernels/matmul_i8_packed.hpp"
#include "m1bench/core/error.hpp"
#include "m1bench/kernels/reference.hpp"
#include "m1bench/tensor/fill.hpp"

namespace m1bench {
namespace {

struct Size {
  std::int64_t m, n, k;
};
constexpr Size kSizes[] = {
    {1, 1, 1},    {1, 1, 50},     {2, 3, 5},     {7, 11, 13},  {37, 41, 43},               // a point, a dot product, primes
    {1, 67, 19},  {67, 1, 19},    {1, 1, 1024},  {23, 29, 1},                              // vectors, an outer product
    {4, 8, 2},    {6, 16, 2},     {8, 12, 4},    {12, 32, 2},  {24, 96, 8},                // whole register tiles of every tier
    {5, 9, 3},    {13, 33, 7},    {11, 31, 6},   {9, 13, 5},                               // one more and one less
    {24, 96, 256}, {24, 96, 257}, {13, 33, 513}, {5, 7, 255}, {3, 5, 1000},                // blocks of the depth
    {193, 16, 9}, {200, 40, 300}, {400, 3, 10},  {8, 700, 20},                             // blocks of rows, long and narrow ones
};
constexpr std::int32_t kUntouched = 0x5A5A5A5A;

using Bytes = std::vector<std::int8_t>;
Bytes bytes(std::int64_t size) { return Bytes(static_cast<std::size_t>(size)); }

// Operands of one size. C has one element more, which nobody may write.
struct Problem {
  Bytes a, b;
  std::vector<std::int32_t> c;
  GemmI8 gemm;

  explicit Problem(const Size& size) : a(bytes(size.m * size.k)), b(bytes(size.k * size.n)) {
    fill_uniform(std::span(a), 1, 0);
    fill_uniform(std::span(b), 1, 1);
    c.assign(static_cast<std::size_t>(size.m * size.n) + 1, kUntouched);
    gemm = {.m = size.m, .n = size.n, .k = size.k, .a = a.data(), .b = b.data(), .c = c.data()};
  }

  void expect_right() const {
    const std::span<const std::int32_t> answer = std::span(c).first(c.size() - 1);
    const Deviation found = compare({DType::i32, {gemm.m, gemm.n}, std::as_bytes(answer)}, reference_matmul(gemm));
    EXPECT_TRUE(found.ok()) << found.wrong << " wrong, worst " << found.worst << ": " << found.got << " for " << found.want;
    EXPECT_EQ(c.back(), kUntouched);
  }
};

template <class Lanes>
class MatmulI8Of : public testing::Test {};
// Every instruction set that this compilation may use, not only the one that it would choose.
using EveryLanes = testing::Types<PlainI8Lanes
#ifdef __x86_64__
                                  ,
                                  Sse2I8Lanes
#endif
#ifdef __AVX2__
                                  ,
                                  Avx2I8Lanes
#endif
#ifdef __AVX512BW__
                                  ,
                                  Avx512I8Lanes
#endif
#ifdef __aarch64__
                                  ,
                                  NeonI8Lanes
#endif
#ifdef __ARM_FEATURE_DOTPROD
                                  ,
                                  DotprodI8Lanes
#endif
                                  >;
TYPED_TEST_SUITE(MatmulI8Of, EveryLanes);

TYPED_TEST(MatmulI8Of, IsExactForEveryShapeOnEveryTeam) {
  for (const int threads : {1, 3}) {
    Parallel parallel(threads);
    Tensor<std::int8_t> scratch;  // kept from size to size: what an earlier one left must not show
    for (const Size& size : kSizes) {
      SCOPED_TRACE(testing::Message() << size.m << "x" << size.n << "x" << size.k << " threads " << threads);
      Problem problem(size);
      PackedMatmulI8<TypeParam>(problem.gemm, scratch).run(parallel);
      problem.expect_right();
    }
  }
}

// Every product and every pair of products at the ends of its range, where saturation or a lost sign would show.
TYPED_TEST(MatmulI8Of, IsExactAtTheEndsOfTheRange) {
  Parallel parallel;
  Tensor<std::int8_t> scratch;
  for (const Size& size : {Size{13, 33, 7}, Size{12, 32, 1026}}) {
    for (const int a : {-128, 127, -1}) {
      for (const int b : {-128, 127, 1}) {
        Problem problem(size);
        std::ranges::fill(problem.a, static_cast<std::int8_t>(a));
        std::ranges::fill(problem.b, static_cast<std::int8_t>(b));
        PackedMatmulI8<TypeParam>(problem.gemm, scratch).run(parallel);
        problem.expect_right();
        EXPECT_EQ(problem.c[0], a * b * size.k);
      }
    }
  }
}

TYPED_TEST(MatmulI8Of, TheLargestSumFits) {
  Parallel parallel;
  Tensor<std::int8_t> scratch;
  Problem problem({1, 1, kMaxDepthI8});
  std::ranges::fill(problem.a, std::int8_t{-128});
  std::ranges::fill(problem.b, std::int8_t{-128});
  PackedMatmulI8<TypeParam>(problem.gemm, scratch).run(parallel);
  EXPECT_EQ(problem.c[0], 2147467264);
}

TEST(MatmulI8, VariantsAgreeWithTheReference) {
  Parallel parallel(2);
  Tensor<std::int8_t> scratch;
  for (const Size& size : kSizes) {
    for (const MatmulI8Variant variant : {MatmulI8Variant::reference, MatmulI8Variant::packed}) {
      SCOPED_TRACE(testing::Message() << size.m << "x" << size.n << "x" << size.k << " variant " << static_cast<int>(variant));
      Problem problem(size);
      matmul(variant, problem.gemm, scratch, parallel);
      problem.expect_right();
    }
  }
}

TEST(MatmulI8, SumsOfNothingAreZeroAndNothingIsNoWork) {
  Parallel parallel(2);
  Tensor<std::int8_t> scratch;
  for (const MatmulI8Variant variant : {MatmulI8Variant::reference, MatmulI8Variant::packed}) {
    Problem empty_sums({5, 3, 0});
    matmul(variant, empty_sums.gemm, scratch, parallel);
    empty_sums.expect_right();
    for (const Size& size : {Size{0, 3, 4}, Size{3, 0, 4}}) {
      Problem nothing(size);
      matmul(variant, nothing.gemm, scratch, parallel);
      EXPECT_EQ(nothing.c[0], kUntouched);
    }
  }
}

TEST(MatmulI8, RefusesSumsThatMightNotFit) {
  Parallel parallel;
  Tensor<std::int8_t> scratch;
  Problem problem({1, 1, kMaxDepthI8 + 1});
  EXPECT_THROW(matmul(MatmulI8Variant::packed, problem.gemm, scratch, parallel), Error);
  EXPECT_THROW(matmul(MatmulI8Variant::reference, problem.gemm, scratch, parallel), Error);
}

// The oracle itself, against the definition written another way; its bounds leave no room.
TEST(MatmulI8, TheReferenceIsTheDefinition) {
  const Problem problem({3, 5, 7});
  const Reference reference = reference_matmul(problem.gemm);
  for (std::size_t i = 0; i < 3; ++i) {
    for (std::size_t j = 0; j < 5; ++j) {
      double sum = 0;
      for (std::size_t k = 0; k < 7; ++k) {
        sum += static_cast<double>(problem.a[i * 7 + k]) * static_cast<double>(problem.b[k * 5 + j]);
      }
      EXPECT_EQ(reference.values[i * 5 + j], sum);
      EXPECT_EQ(reference.bounds[i * 5 + j], 0);
    }
  }
}

}  // namespace
}  // namespace m1bench
