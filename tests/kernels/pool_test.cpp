// SPDX-License-Identifier: Apache-2.0
#include "m1bench/kernels/pool.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <vector>

#include "m1bench/core/error.hpp"
#include "m1bench/tensor/fill.hpp"

namespace m1bench {
namespace {

// Where the first maximum of a window is, by the plainest search. All indices are into (n, h, w, c) arrays.
std::vector<std::size_t> first_maxima(const Shape& s, const std::vector<float>& x) {
  std::vector<std::size_t> at;
  for (std::int64_t n = 0; n < s[0]; ++n) {
    for (std::int64_t i = 0; i < s[1] / 2; ++i) {
      for (std::int64_t j = 0; j < s[2] / 2; ++j) {
        for (std::int64_t c = 0; c < s[3]; ++c) {
          const auto index = [&](std::int64_t dy, std::int64_t dx) {
            return static_cast<std::size_t>(((n * s[1] + 2 * i + dy) * s[2] + 2 * j + dx) * s[3] + c);
          };
          std::size_t best = index(0, 0);
          for (const std::size_t other : {index(0, 1), index(1, 0), index(1, 1)}) best = x[other] > x[best] ? other : best;
          at.push_back(best);
        }
      }
    }
  }
  return at;
}

struct Row {
  const char* name;
  Shape shape;
  int levels;  // distinct values: few make many ties
};
class MaxPool : public testing::TestWithParam<Row> {};

TEST_P(MaxPool, TakesTheFirstMaximumOfEachWindow) {
  const auto& [name, shape, levels] = GetParam();
  std::vector<float> x(static_cast<std::size_t>(shape.elements()));
  fill_uniform(std::span<float>(x), 3, 0, static_cast<float>(levels));
  for (float& value : x) value = static_cast<float>(static_cast<int>(value));  // -levels < value < levels
  const std::vector<std::size_t> at = first_maxima(shape, x);

  Parallel parallel(2);
  constexpr float kUnwritten = std::numeric_limits<float>::quiet_NaN();
  std::vector<float> y(at.size(), kUnwritten), d_y(at.size()), d_x(x.size(), kUnwritten), want(x.size());
  max_pool_2x2(shape, x.data(), y.data(), parallel);
  for (std::size_t i = 0; i < at.size(); ++i) {
    ASSERT_EQ(y[i], x[at[i]]) << i;
    d_y[i] = static_cast<float>(i + 1);
    want[at[i]] = d_y[i];
  }
  max_pool_2x2_backward(shape, x.data(), d_y.data(), d_x.data(), parallel);
  EXPECT_EQ(d_x, want);
}
INSTANTIATE_TEST_SUITE_P(Shapes, MaxPool,
                         testing::Values(Row{"even", {2, 4, 6, 3}, 1000}, Row{"odd", {3, 7, 5, 4}, 1000},
                                         Row{"least", {1, 2, 2, 1}, 2}, Row{"ties", {2, 9, 11, 17}, 2},
                                         Row{"all_equal", {1, 4, 5, 8}, 1}, Row{"many_panels", {4, 27, 26, 32}, 3}),
                         [](const auto& row) { return row.param.name; });

TEST(MaxPoolShape, RefusesImagesWithoutAWindow) {
  Parallel parallel;
  float x[4] = {}, y[4] = {};
  EXPECT_THROW(max_pool_2x2({1, 1, 4, 1}, x, y, parallel), Error);
  EXPECT_THROW(max_pool_2x2_backward({1, 4, 1, 1}, x, y, x, parallel), Error);
}

}  // namespace
}  // namespace m1bench
