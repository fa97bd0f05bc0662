// SPDX-License-Identifier: Apache-2.0
#include "m1bench/kernels/pool.hpp"

#include <algorithm>

#include "m1bench/core/check.hpp"

namespace m1bench {
namespace {

constexpr std::int64_t kGrainElements = 1 << 14;  // fewer are done before another thread wakes up

struct Geometry {
  std::int64_t h, w, c;
  std::int64_t out_h() const { return h / 2; }
  std::int64_t out_w() const { return w / 2; }
  // The first of the two rows of x that row `row` of y, counted through all images, is made of.
  std::int64_t input_offset(std::int64_t row) const { return (row / out_h() * h + row % out_h() * 2) * w * c; }
};

// Calls body(row) for every row of y, counted through all images.
template <class Body>
void for_output_rows(const Shape& x_shape, const Geometry& g, Parallel& parallel, Body body) {
  const std::int64_t grain = std::max<std::int64_t>(1, kGrainElements / std::max<std::int64_t>(1, 2 * g.w * g.c));
  parallel.for_panels(x_shape[0] * g.out_h(), grain, [&](std::int64_t begin, std::int64_t end) {
    for (std::int64_t row = begin; row < end; ++row) body(row);
  });
}

Geometry geometry_of(const Shape& x_shape) {
  check(x_shape.rank() == 4 && x_shape[1] >= 2 && x_shape[2] >= 2, "pooling takes (n, h, w, c) with h and w of at least 2");
  return {x_shape[1], x_shape[2], x_shape[3]};
}

inline float maximum(float a, float b) { return a < b ? b : a; }

// One window, all channels: a b
//                           c d
void pool_window(const float* __restrict x, std::int64_t row_stride, std::int64_t channels, float* __restrict y) {
  const float* bottom = x + row_stride;
  for (std::int64_t i = 0; i < channels; ++i) {
    const float a = x[i], b = x[channels + i], c = bottom[i], d = bottom[channels + i];
    y[i] = maximum(maximum(a, b), maximum(c, d));
  }
}

// Bitwise logic instead of branches, so that compilers turn the loop into vector code.
void unpool_window(const float* __restrict x, std::int64_t row_stride, std::int64_t channels, const float* __restrict d_y,
                   float* __restrict d_top, float* __restrict d_bottom) {
  const float* bottom = x + row_stride;
  for (std::int64_t i = 0; i < channels; ++i) {
    const float a = x[i], b = x[channels + i], c = bottom[i], d = bottom[channels + i];
    const float top = maximum(a, b), low = maximum(c, d);
    const bool in_top = !(top < low), in_a = !(a < b), in_c = !(c < d);
    const float to_top = in_top ? d_y[i] : 0.0f, to_low = in_top ? 0.0f : d_y[i];
    d_top[i] = in_a ? to_top : 0.0f;
    d_top[channels + i] = in_a ? 0.0f : to_top;
    d_bottom[i] = in_c ? to_low : 0.0f;
    d_bottom[channels + i] = in_c ? 0.0f : to_low;
  }
}

}  // namespace

void max_pool_2x2(const Shape& x_shape, const float* x, float* y, Parallel& parallel) {
  const Geometry g = geometry_of(x_shape);
  for_output_rows(x_shape, g, parallel, [&](std::int64_t row) {
    const float* in = x + g.input_offset(row);
    float* out = y + row * g.out_w() * g.c;
    for (std::int64_t j = 0; j < g.out_w(); ++j) pool_window(in + 2 * j * g.c, g.w * g.c, g.c, out + j * g.c);
  });
}

void max_pool_2x2_backward(const Shape& x_shape, const float* x, const float* d_y, float* d_x, Parallel& parallel) {
  const Geometry g = geometry_of(x_shape);
  const std::int64_t stride = g.w * g.c;
  for_output_rows(x_shape, g, parallel, [&](std::int64_t row) {
    const std::int64_t at = g.input_offset(row);
    const float* d_out = d_y + row * g.out_w() * g.c;
    for (std::int64_t j = 0; j < g.out_w(); ++j) {
      const std::int64_t window = at + 2 * j * g.c;
      unpool_window(x + window, stride, g.c, d_out + j * g.c, d_x + window, d_x + window + stride);
    }
    if (g.w % 2 == 1) {
      std::fill_n(d_x + at + stride - g.c, g.c, 0.0f);
      std::fill_n(d_x + at + 2 * stride - g.c, g.c, 0.0f);
    }
    const bool above_odd_row = g.h % 2 == 1 && row % g.out_h() == g.out_h() - 1;
    if (above_odd_row) std::fill_n(d_x + at + 2 * stride, stride, 0.0f);
  });
}

}  // namespace m1bench
