// SPDX-License-Identifier: Apache-2.0
#include "nn/bias.hpp"

#include <algorithm>

#include "nn/panel_grain.hpp"

namespace m1bench {
namespace {

// Columns are summed this many at a time, so that their sums stay in registers while the rows pass by.
constexpr std::int64_t kLanes = 32;
// Sums of this many rows are added up among themselves, which keeps rounding errors from growing with the number of rows.
constexpr std::int64_t kRowBlock = 256;

// `lanes` is a constant in the call for full blocks, where the loops unroll into registers.
inline void sum_columns(const float* d_y, std::int64_t rows, std::int64_t stride, std::int64_t lanes,
                        float* __restrict d_bias) {
  float total[kLanes] = {};
  for (std::int64_t r0 = 0; r0 < rows; r0 += kRowBlock) {
    float partial[kLanes] = {};
    const std::int64_t r1 = std::min(rows, r0 + kRowBlock);
    for (std::int64_t r = r0; r < r1; ++r) {
      for (std::int64_t lane = 0; lane < lanes; ++lane) partial[lane] += d_y[r * stride + lane];
    }
    for (std::int64_t lane = 0; lane < lanes; ++lane) total[lane] += partial[lane];
  }
  std::copy_n(total, lanes, d_bias);
}

}  // namespace

void broadcast_bias(const float* bias, std::int64_t rows, std::int64_t columns, float* y, Parallel& parallel) {
  parallel.for_panels(rows, item_grain(columns), [=](std::int64_t r0, std::int64_t r1) {
    for (std::int64_t r = r0; r < r1; ++r) std::copy_n(bias, columns, y + r * columns);
  });
}

void add_bias(const float* bias, std::int64_t rows, std::int64_t columns, float* y, Parallel& parallel) {
  parallel.for_panels(rows, item_grain(columns), [=](std::int64_t r0, std::int64_t r1) {
    for (std::int64_t r = r0; r < r1; ++r) {
      float* __restrict row = y + r * columns;
      for (std::int64_t c = 0; c < columns; ++c) row[c] += bias[c];
    }
  });
}

void bias_gradient(const float* d_y, std::int64_t rows, std::int64_t columns, float* d_bias, Parallel& parallel) {
  parallel.for_panels(columns, item_grain(rows, kLanes), [=](std::int64_t c0, std::int64_t c1) {
    for (std::int64_t c = c0; c < c1; c += kLanes) {
      if (c1 - c >= kLanes) {
        sum_columns(d_y + c, rows, columns, kLanes, d_bias + c);
      } else {
        sum_columns(d_y + c, rows, columns, c1 - c, d_bias + c);
      }
    }
  });
}

}  // namespace m1bench
