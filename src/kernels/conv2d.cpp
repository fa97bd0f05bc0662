// SPDX-License-Identifier: Apache-2.0
#include "m1bench/kernels/conv2d.hpp"

#include <algorithm>

#include "kernels/winograd.hpp"
#include "m1bench/core/check.hpp"
#include "m1bench/kernels/matmul.hpp"

namespace m1bench {
namespace {

// Output positions counted over the whole batch: position p is pixel (oy, ox) of image n.
struct Position {
  std::int64_t n, oy, ox;
};
Position position_of(const Conv2dShape& shape, std::int64_t p) {
  const std::int64_t area = shape.out_h() * shape.out_w();
  return {p / area, p % area / shape.out_w(), p % area % shape.out_w()};
}

// The columns of one filter row that lie inside the image when the filter's left edge is at ix: [begin, end).
struct Overlap {
  std::int64_t begin, end;
};
Overlap overlap(const Conv2dShape& shape, std::int64_t ix) {
  const std::int64_t begin = std::clamp<std::int64_t>(-ix, 0, shape.s);
  return {begin, std::clamp<std::int64_t>(shape.w - ix, begin, shape.s)};
}

// The row of the image under one filter row: where the filter's left edge would lie in x, and which of the filter's columns
// are inside the image (none where the whole row is above or below it).
struct ImageRow {
  std::int64_t offset;
  Overlap inside;
};

// Calls visit(row) for each filter row of each of the positions [p0, p1). In NHWC a filter row is contiguous in the image.
template <class Visit>
void for_image_rows(const Conv2dShape& shape, std::int64_t p0, std::int64_t p1, const Visit& visit) {
  for (std::int64_t p = p0; p < p1; ++p) {
    const Position at = position_of(shape, p);
    const std::int64_t ix = at.ox - shape.pad_left();
    const Overlap inside = overlap(shape, ix);
    for (std::int64_t r = 0; r < shape.r; ++r) {
      const std::int64_t iy = at.oy + r - shape.pad_top();
      const bool outside = iy < 0 || iy >= shape.h;
      visit(ImageRow{((at.n * shape.h + iy) * shape.w + ix) * shape.c, outside ? Overlap{0, 0} : inside});
    }
  }
}

// Copies the patches of positions [p0, p1) into rows of (r, s, c) elements; what lies outside the image is zero.
void gather_patches(const Conv2dShape& shape, const float* x, std::int64_t p0, std::int64_t p1, float* patches) {
  const std::int64_t width = shape.s * shape.c;
  for_image_rows(shape, p0, p1, [&](const ImageRow& row) {
    const std::int64_t begin = row.inside.begin * shape.c, end = row.inside.end * shape.c;
    std::fill_n(patches, begin, 0.0f);
    std::copy_n(x + row.offset + begin, end - begin, patches + begin);
    std::fill(patches + end, patches + width, 0.0f);
    patches += width;
  });
}

// The transpose of gather_patches: adds the patches of positions [p0, p1) back onto the image.
void scatter_patches(const Conv2dShape& shape, const float* patches, std::int64_t p0, std::int64_t p1, float* x) {
  const std::int64_t width = shape.s * shape.c;
  for_image_rows(shape, p0, p1, [&](const ImageRow& row) {
    for (std::int64_t i = row.inside.begin * shape.c; i < row.inside.end * shape.c; ++i) x[row.offset + i] += patches[i];
    patches += width;
  });
}

std::int64_t positions(const Conv2dShape& shape) { return shape.n * shape.out_h() * shape.out_w(); }

// Calls body(p0, p1) for chunks of positions whose patches fill about 1 MiB for each thread: large enough for the product to
// run at full speed, small enough to stay in a second-level cache.
template <class Body>
void for_chunks(const Conv2dShape& shape, Tensor<float>& scratch, const Parallel& parallel, const Body& body) {
  constexpr std::int64_t kChunkElements = 1 << 18, kLeastPositions = 64;
  const std::int64_t chunk =
      std::min(positions(shape), std::max(kLeastPositions, kChunkElements / shape.patch()) * parallel.threads());
  scratch.resize(Shape{chunk, shape.patch()});
  for (std::int64_t p0 = 0; p0 < positions(shape); p0 += chunk) body(p0, std::min(positions(shape), p0 + chunk));
}

void gather_in_panels(const Conv2dShape& shape, const float* x, std::int64_t p0, std::int64_t p1, float* patches,
                      Parallel& parallel) {
  parallel.for_panels(p1 - p0, 16, [&](std::int64_t begin, std::int64_t end) {
    gather_patches(shape, x, p0 + begin, p0 + end, patches + begin * shape.patch());
  });
}

void conv2d_im2col(const Conv2dShape& shape, const float* x, const float* weights, float* y, Tensor<float>& scratch,
                   Parallel& parallel) {
  for_chunks(shape, scratch, parallel, [&](std::int64_t p0, std::int64_t p1) {
    gather_in_panels(shape, x, p0, p1, scratch.data(), parallel);
    gemm({.m = p1 - p0, .n = shape.k, .k = shape.patch(), .a = scratch.data(), .b = weights, .c = y + p0 * shape.k}, parallel);
  });
}

void conv2d_loops(const Conv2dShape& shape, const float* x, const float* weights, float* y) {
  for (std::int64_t p = 0; p < positions(shape); ++p) {
    const Position at = position_of(shape, p);
    for (std::int64_t k = 0; k < shape.k; ++k) {
      float sum = 0;
      for (std::int64_t r = 0; r < shape.r; ++r) {
        const std::int64_t iy = at.oy + r - shape.pad_top();
        if (iy < 0 || iy >= shape.h) continue;
        for (std::int64_t s = 0; s < shape.s; ++s) {
          const std::int64_t ix = at.ox + s - shape.pad_left();
          if (ix < 0 || ix >= shape.w) continue;
          const float* pixel = x + ((at.n * shape.h + iy) * shape.w + ix) * shape.c;
          const float* filter = weights + (r * shape.s + s) * shape.c * shape.k + k;
          for (std::int64_t c = 0; c < shape.c; ++c) sum += pixel[c] * filter[c * shape.k];
        }
      }
      y[p * shape.k + k] = sum;
    }
  }
}

}  // namespace

void conv2d(Conv2dVariant variant, const Conv2dShape& shape, const float* x, const float* weights, float* y,
            Tensor<float>& scratch, Parallel& parallel) {
  check(shape.out_h() > 0 && shape.out_w() > 0, "the filter fits into the image");
  switch (variant) {
    case Conv2dVariant::reference: return conv2d_loops(shape, x, weights, y);
    case Conv2dVariant::im2col: return conv2d_im2col(shape, x, weights, y, scratch, parallel);
    case Conv2dVariant::winograd: return conv2d_winograd(shape, x, weights, y, scratch, parallel);
  }
}

void conv2d_backward_weights(const Conv2dShape& shape, const float* x, const float* d_y, float* d_weights,
                             Tensor<float>& scratch, Parallel& parallel) {
  for_chunks(shape, scratch, parallel, [&](std::int64_t p0, std::int64_t p1) {
    gather_in_panels(shape, x, p0, p1, scratch.data(), parallel);
    gemm({.m = shape.patch(), .n = shape.k, .k = p1 - p0, .a = scratch.data(), .b = d_y + p0 * shape.k, .c = d_weights,
          .transpose_a = true, .accumulate = p0 > 0},
         parallel);
  });
}

void conv2d_backward_input(const Conv2dShape& shape, const float* weights, const float* d_y, float* d_x,
                           Tensor<float>& scratch, Parallel& parallel) {
  std::fill_n(d_x, shape.input_shape().elements(), 0.0f);
  for_chunks(shape, scratch, parallel, [&](std::int64_t p0, std::int64_t p1) {
    gemm({.m = p1 - p0, .n = shape.patch(), .k = shape.k, .a = d_y + p0 * shape.k, .b = weights, .c = scratch.data(),
          .transpose_b = true},
         parallel);
    scatter_patches(shape, scratch.data(), p0, p1, d_x);
  });
}

}  // namespace m1bench
