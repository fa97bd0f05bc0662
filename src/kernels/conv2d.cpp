// SPDX-License-Identifier: Apache-2.0
#include "m1bench/kernels/conv2d.hpp"

#include "kernels/conv2d_direct.hpp"
#include "kernels/scratch.hpp"
#include "kernels/winograd.hpp"
#include "m1bench/core/check.hpp"

namespace m1bench {
namespace {

void conv2d_loops(const Conv2dShape& shape, const float* x, const float* weights, float* y) {
  const std::int64_t area = shape.out_h() * shape.out_w();
  for (std::int64_t p = 0; p < shape.n * area; ++p) {
    const std::int64_t n = p / area, oy = p % area / shape.out_w(), ox = p % shape.out_w();
    for (std::int64_t k = 0; k < shape.k; ++k) {
      float sum = 0;
      for (std::int64_t r = 0; r < shape.r; ++r) {
        const std::int64_t iy = oy + r - shape.pad_top();
        if (iy < 0 || iy >= shape.h) continue;
        for (std::int64_t s = 0; s < shape.s; ++s) {
          const std::int64_t ix = ox + s - shape.pad_left();
          if (ix < 0 || ix >= shape.w) continue;
          const float* pixel = x + ((n * shape.h + iy) * shape.w + ix) * shape.c;
          const float* filter = weights + (r * shape.s + s) * shape.c * shape.k + k;
          for (std::int64_t c = 0; c < shape.c; ++c) sum += pixel[c] * filter[c * shape.k];
        }
      }
      y[p * shape.k + k] = sum;
    }
  }
}

}  // namespace

void conv2d(Conv2dVariant variant, const Conv2dShape& shape, const float* x, const float* weights, float* y, Parallel& parallel) {
  check(shape.out_h() > 0 && shape.out_w() > 0, "the filter fits into the image");
  switch (variant) {
    case Conv2dVariant::reference: return conv2d_loops(shape, x, weights, y);
    case Conv2dVariant::direct: {
      const DirectShape direct = DirectShape::forward(shape);
      return convolve_direct(direct, x, weights, y, scratch_of<float>(parallel, direct_scratch(direct, parallel)), parallel);
    }
    case Conv2dVariant::winograd: return conv2d_winograd(shape, x, weights, y, parallel);
  }
}

}  // namespace m1bench
