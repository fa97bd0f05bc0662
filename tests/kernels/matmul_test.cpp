// SPDX-License-Identifier: Apache-2.0
#include "m1bench/kernels/matmul.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "m1bench/core/error.hpp"
#include "m1bench/kernels/reference.hpp"
#include "m1bench/tensor/fill.hpp"

namespace m1bench {
namespace {

struct Size {
  std::int64_t m, n, k;
};
constexpr Size kSizes[] = {
    {1, 1, 1},     {1, 1, 50},     {2, 3, 5},      {7, 11, 13}, {37, 41, 43},               // a point, a dot product, primes
    {1, 67, 19},   {67, 1, 19},    {1, 1, 1024},   {23, 29, 1},                             // vectors, an outer product
    {15, 8, 9},    {16, 16, 16},   {17, 16, 33},   {47, 5, 7},  {48, 49, 50}, {5, 47, 31},  // panel borders
    {65, 129, 66}, {32, 3000, 64}, {128, 64, 257},                                          // tile borders, a long and narrow one
};

constexpr MatmulVariant kVariants[] = {MatmulVariant::reference, MatmulVariant::blocked, MatmulVariant::eigen,
                                       MatmulVariant::packed};

// Every element by its definition, in double precision, whatever is transposed.
template <class T>
std::vector<double> product(const Gemm<T>& g) {
  std::vector<double> c(static_cast<std::size_t>(g.m * g.n));
  for (std::int64_t i = 0; i < g.m; ++i) {
    for (std::int64_t j = 0; j < g.n; ++j) {
      double& sum = c[static_cast<std::size_t>(i * g.n + j)];
      for (std::int64_t p = 0; p < g.k; ++p) {
        const T a = g.transpose_a ? g.a[p * g.m + i] : g.a[i * g.k + p];
        const T b = g.transpose_b ? g.b[j * g.k + p] : g.b[p * g.n + j];
        sum += static_cast<double>(a) * static_cast<double>(b);
      }
    }
  }
  return c;
}

template <class T>
std::vector<T> transposed(const std::vector<T>& x, std::int64_t rows, std::int64_t columns) {
  std::vector<T> y(x.size());
  for (std::int64_t i = 0; i < rows; ++i) {
    for (std::int64_t j = 0; j < columns; ++j)
      y[static_cast<std::size_t>(j * rows + i)] = x[static_cast<std::size_t>(i * columns + j)];
  }
  return y;
}

// Operands of one size, straight and transposed, and the right answer with its bounds.
template <class T>
struct Problem {
  std::vector<T> a, b, a_transposed, b_transposed, c;
  Gemm<T> gemm;
  Reference reference;

  explicit Problem(const Size& size)
      : a(static_cast<std::size_t>(size.m * size.k)),
        b(static_cast<std::size_t>(size.k * size.n)),
        c(static_cast<std::size_t>(size.m * size.n)) {
    fill_normal(std::span<T>(a), 1, 0);
    fill_normal(std::span<T>(b), 1, 1);
    a_transposed = transposed(a, size.m, size.k);
    b_transposed = transposed(b, size.k, size.n);
    gemm = {.m = size.m, .n = size.n, .k = size.k, .a = a.data(), .b = b.data(), .c = c.data()};
    reference = reference_matmul(gemm);
  }

  // The answer is right, and the same bits when it is computed again. Products are added to `start`, or replace what is there.
  template <class Run>
  void expect_right(const Run& run, double start = 0) {
    std::ranges::fill(c, static_cast<T>(start));
    run();
    const std::vector<T> first = c;
    const Deviation found = compare({dtype_of<T>(), {gemm.m, gemm.n}, std::as_bytes(std::span<const T>(c))}, added_to(start));
    EXPECT_TRUE(found.ok()) << found.wrong << " wrong, worst " << found.worst << ": " << found.got << " for " << found.want;
    std::ranges::fill(c, static_cast<T>(start == 0 ? 77 : start));
    run();
    EXPECT_EQ(c, first);
  }

 private:
  Reference added_to(double start) const {
    Reference moved = reference;
    for (std::size_t i = 0; start != 0 && i < c.size(); ++i) {
      moved.values[i] += start;
      // One more addition, whose result is at most as large as this.
      const double largest = std::abs(reference.values[i]) + std::abs(start) + static_cast<double>(reference.bounds[i]);
      moved.bounds[i] += static_cast<float>(largest * 2 * static_cast<double>(std::numeric_limits<T>::epsilon()));
    }
    return moved;
  }
};

template <class T>
class MatmulOf : public testing::Test {};
using Types = testing::Types<float, double>;
struct TypeNames {
  template <class T>
  static std::string GetName(int) {
    return std::string(name_of(dtype_of<T>()));
  }
};
TYPED_TEST_SUITE(MatmulOf, Types, TypeNames);

TYPED_TEST(MatmulOf, EveryVariantIsRightOnEveryTeam) {
  for (const int threads : {1, 3}) {
    Parallel parallel(threads);
    for (const Size& size : kSizes) {
      Problem<TypeParam> problem(size);
      for (const MatmulVariant variant : kVariants) {
        SCOPED_TRACE(testing::Message() << size.m << "x" << size.n << "x" << size.k << " variant " << static_cast<int>(variant)
                                        << " threads " << threads);
        problem.expect_right([&] { matmul(variant, problem.gemm, parallel); });
      }
    }
  }
}

TYPED_TEST(MatmulOf, GemmTransposesAndAccumulates) {
  for (const int threads : {1, 3}) {
    Parallel parallel(threads);
    for (const Size& size : kSizes) {
      Problem<TypeParam> problem(size);
      for (int bits = 0; bits < 8; ++bits) {
        SCOPED_TRACE(testing::Message() << size.m << "x" << size.n << "x" << size.k << " bits " << bits << " threads "
                                        << threads);
        Gemm<TypeParam> g = problem.gemm;
        g.transpose_a = (bits & 1) != 0;
        g.transpose_b = (bits & 2) != 0;
        g.accumulate = (bits & 4) != 0;
        if (g.transpose_a) g.a = problem.a_transposed.data();
        if (g.transpose_b) g.b = problem.b_transposed.data();
        problem.expect_right([&] { gemm(g, parallel); }, g.accumulate ? 3 : 0);
      }
    }
  }
}

// Beyond one block of rows, of columns and of depth, each border met, missed by one and passed; and as many rows as are and as
// are not too many to leave B where it is.
constexpr Size kBlockSizes[] = {{192, 48, 256}, {193, 49, 257}, {191, 47, 255}, {385, 95, 513}, {8, 2065, 300},
                                {64, 192, 40},  {65, 192, 40},  {200, 2065, 7}, {2065, 9, 31}};

TYPED_TEST(MatmulOf, PackedBlocksMeet) {
  for (const int threads : {1, 2, 3}) {
    Parallel parallel(threads);
    for (const Size& size : kBlockSizes) {
      Problem<TypeParam> problem(size);
      for (const bool transpose_a : {false, true}) {
        for (const bool transpose_b : {false, true}) {
          SCOPED_TRACE(testing::Message() << size.m << "x" << size.n << "x" << size.k << " transposed " << transpose_a
                                          << transpose_b << " threads " << threads);
          Gemm<TypeParam> g = problem.gemm;
          g.transpose_a = transpose_a;
          g.transpose_b = transpose_b;
          if (transpose_a) g.a = problem.a_transposed.data();
          if (transpose_b) g.b = problem.b_transposed.data();
          problem.expect_right([&] { gemm(g, parallel); });
        }
      }
    }
  }
}

TYPED_TEST(MatmulOf, SumsOfNothingAreZero) {
  for (const int threads : {1, 3}) {
    Parallel parallel(threads);
    std::vector<TypeParam> c(35 * 3, TypeParam(9));
    Gemm<TypeParam> g{.m = 35, .n = 3, .k = 0, .a = c.data(), .b = c.data(), .c = c.data()};
    g.accumulate = true;
    gemm(g, parallel);
    EXPECT_EQ(c, std::vector<TypeParam>(c.size(), TypeParam(9)));
    g.accumulate = false;
    for (const MatmulVariant variant : kVariants) {
      std::ranges::fill(c, TypeParam(9));
      matmul(variant, g, parallel);
      EXPECT_EQ(c, std::vector<TypeParam>(c.size())) << static_cast<int>(variant);
    }
    g.m = 0;
    gemm(g, parallel);  // nothing to do, and nothing done
  }
}

TYPED_TEST(MatmulOf, TheReferenceIsTheDefinition) {
  for (const Size& size : kSizes) {
    Problem<TypeParam> problem(size);
    for (TypeParam& value : problem.a) value = static_cast<TypeParam>(static_cast<int>(value * 3));  // sums of integers are exact
    for (TypeParam& value : problem.b) value = static_cast<TypeParam>(static_cast<int>(value * 3));
    EXPECT_EQ(reference_matmul(problem.gemm).values, product(problem.gemm)) << size.m << "x" << size.n << "x" << size.k;
  }
}

// The answer itself may be a bound away from the reference, so that more than two bounds are certainly too much.
TYPED_TEST(MatmulOf, AnyElementBeyondItsBoundIsFlagged) {
  Problem<TypeParam> problem({5, 7, 64});
  Parallel parallel;
  matmul(MatmulVariant::eigen, problem.gemm, parallel);
  const ArrayView answer{dtype_of<TypeParam>(), {5, 7}, std::as_bytes(std::span<const TypeParam>(problem.c))};
  for (std::size_t i = 0; i < problem.c.size(); ++i) {
    const TypeParam right = problem.c[i];
    for (const double factor : {-2.5, 2.5}) {
      problem.c[i] =
          static_cast<TypeParam>(static_cast<double>(right) + factor * static_cast<double>(problem.reference.bounds[i]));
      const Deviation found = compare(answer, problem.reference);
      EXPECT_EQ(found.wrong, 1u) << i;
      EXPECT_EQ(found.worst, i);
    }
    problem.c[i] = right;
  }
}

// One product left out, one transposed operand, one operand's rounding to half its digits: what a bound must catch.
TEST(MatmulBounds, AreTightEnoughToCatchMistakes) {
  Problem<float> problem({64, 64, 256});
  Parallel parallel;
  const ArrayView answer{DType::f32, {64, 64}, std::as_bytes(std::span<const float>(problem.c))};
  const auto wrong = [&](const Gemm<float>& g) {
    gemm(g, parallel);
    return compare(answer, problem.reference).wrong;
  };
  ASSERT_EQ(wrong(problem.gemm), 0u);
  Gemm<float> shorter = problem.gemm;
  shorter.a = problem.a_transposed.data();
  shorter.transpose_a = true;
  ASSERT_EQ(wrong(shorter), 0u);
  shorter.k = 255;
  EXPECT_GT(wrong(shorter), 4000u);
  Gemm<float> mixed_up = problem.gemm;
  mixed_up.b = problem.b_transposed.data();
  EXPECT_GT(wrong(mixed_up), 4000u);
  std::vector<float> rough = problem.a;
  for (float& value : rough) value = (value + value * 0x1p12f) - value * 0x1p12f;
  Gemm<float> half = problem.gemm;
  half.a = rough.data();
  EXPECT_GT(wrong(half), 1000u);
}

TEST(Matmul, VariantsAndTheReferenceTakePlainOperands) {
  Parallel parallel;
  float a[4] = {}, b[4] = {}, c[4] = {};
  const Gemm<float> plain{.m = 2, .n = 2, .k = 2, .a = a, .b = b, .c = c};
  for (bool Gemm<float>::*flag : {&Gemm<float>::transpose_a, &Gemm<float>::transpose_b, &Gemm<float>::accumulate}) {
    Gemm<float> g = plain;
    g.*flag = true;
    EXPECT_THROW(matmul(MatmulVariant::eigen, g, parallel), Error);
    EXPECT_THROW(reference_matmul(g), Error);
  }
}

}  // namespace
}  // namespace m1bench
