// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "kernels/conv2d_direct.hpp"
#include "kernels/row_tile.hpp"
#include "kernels/scratch.hpp"

namespace m1bench {
namespace {

constexpr std::int64_t kRows = RowTask::kRows, kLanes = Tile<float>::kLanes, kVectors = Tile<float>::kVectors;

// The gradient of the filter: the transpose of (positions, patch), by (positions, k). Its left operand is read from the images,
// around which the zeros of the padding are written out: row (r, s, c) of it is a walk over the image in steps of c elements.
class WeightsGradient {
 public:
  WeightsGradient(const Conv2dShape& shape, const float* images, const float* d_y, float* d_weights)
      : shape_(shape), images_(images), d_y_(d_y), d_weights_(d_weights) {}

  static std::int64_t padded_h(const Conv2dShape& shape) { return shape.out_h() + shape.r - 1; }
  static std::int64_t padded_w(const Conv2dShape& shape) { return shape.out_w() + shape.s - 1; }

  // What a block of positions reads of d_y is at most 256 KiB, half of a small second-level cache, or one row of an image.
  static std::int64_t block_lines(const Conv2dShape& shape) {
    constexpr std::int64_t kBlockElements = 1 << 16;
    return std::clamp<std::int64_t>(kBlockElements / (shape.out_w() * kVectors * kLanes), 1, shape.out_h());
  }
  static std::int64_t panel_elements(const Conv2dShape& shape) { return block_lines(shape) * shape.out_w() * kVectors * kLanes; }

  // These elements of the patch and these vectors of output channels, by one thread.
  void run(Range elements, Range vectors, float* panel) const {
    const ColumnPanels panels(vectors, shape_.k);
    for (std::int64_t n = 0; n < shape_.n; ++n) {
      for (std::int64_t line = 0; line < shape_.out_h(); line += block_lines(shape_)) {
        const Range lines{line, std::min(shape_.out_h(), line + block_lines(shape_))};
        for (std::int64_t i = 0; i < panels.count(); ++i) multiply(n, lines, elements, panels[i], panel);
      }
    }
  }

 private:
  void multiply(std::int64_t n, Range lines, Range elements, Range columns, float* panel) const {
    const std::int64_t row = padded_w(shape_) * shape_.c;
    RowTask task;
    task.a = images_ + (n * padded_h(shape_) + lines.begin) * row;
    task.step = shape_.c;
    task.run = shape_.out_w();
    task.runs = lines.size();
    task.run_step = row;
    task.skip_b = 0;
    task.b = d_y_ + (n * shape_.out_h() + lines.begin) * shape_.out_w() * shape_.k + columns.begin;
    task.stride_b = shape_.k;
    if (columns.size() % kLanes != 0) fill_up(task, columns.size(), panel);
    task.stride_c = shape_.k;
    task.add = n > 0 || lines.begin > 0;
    task.ahead = task.b;
    task.stride_ahead = task.stride_b;
    const EvenParts tiles(elements.size(), kRows);
    const std::int64_t run = shape_.s * shape_.c;
    for (std::int64_t tile = 0; tile < tiles.count; ++tile) {
      const std::int64_t first = elements.begin + tiles.begin(tile);
      for (std::int64_t i = 0; i < tiles[tile].size(); ++i) task.rows[i] = (first + i) / run * row + (first + i) % run;
      task.c = d_weights_ + first * shape_.k + columns.begin;
      multiply_row_tile(task, tiles[tile].size(), columns.size());
    }
  }

  // Has whole vectors of columns in place of `columns`.
  static void fill_up(RowTask& task, std::int64_t columns, float* panel) {
    const std::int64_t width = round_up(columns, kLanes);
    for (std::int64_t i = 0; i < task.run * task.runs; ++i) {
      std::fill(std::copy_n(task.b + i * task.stride_b, columns, panel + i * width), panel + (i + 1) * width, 0.0f);
    }
    task.b = panel;
    task.stride_b = width;
  }

  const Conv2dShape& shape_;
  const float *images_, *d_y_;
  float* d_weights_;
};

// One row of the padded images, counted over the batch.
void pad_row(const Conv2dShape& shape, const float* x, std::int64_t row, float* out) {
  const std::int64_t height = WeightsGradient::padded_h(shape), all = WeightsGradient::padded_w(shape) * shape.c;
  const std::int64_t iy = row % height - shape.pad_top(), left = shape.pad_left() * shape.c, inside = shape.w * shape.c;
  if (iy < 0 || iy >= shape.h) {
    std::fill_n(out, all, 0.0f);
    return;
  }
  std::fill_n(out, left, 0.0f);
  std::copy_n(x + (row / height * shape.h + iy) * inside, inside, out + left);
  std::fill(out + left + inside, out + all, 0.0f);
}

// The filter that gives d_x from d_y: turned by half, with input and output channels exchanged. Taps [begin, end) of it.
void turn_filter(const Conv2dShape& shape, const float* weights, std::int64_t begin, std::int64_t end, float* turned) {
  constexpr std::int64_t kBlock = 16;  // a cache line, of the rows of either
  const std::int64_t taps = shape.r * shape.s, size = shape.c * shape.k;
  for (std::int64_t tap = begin; tap < end; ++tap) {
    const float* from = weights + (taps - 1 - tap) * size;
    float* to = turned + tap * size;
    for (std::int64_t c0 = 0; c0 < shape.c; c0 += kBlock) {
      for (std::int64_t k = 0; k < shape.k; ++k) {
        for (std::int64_t c = c0; c < std::min(shape.c, c0 + kBlock); ++c) to[k * shape.c + c] = from[c * shape.k + k];
      }
    }
  }
}

}  // namespace

void conv2d_backward_weights(const Conv2dShape& shape, const float* x, const float* d_y, float* d_weights, Parallel& parallel) {
  const std::int64_t height = WeightsGradient::padded_h(shape), row = WeightsGradient::padded_w(shape) * shape.c;
  const std::int64_t copied = shape.padding == Padding::same ? round_up(shape.n * height * row, 16) : 0;
  const std::int64_t panel = WeightsGradient::panel_elements(shape);
  float* scratch = scratch_of<float>(parallel, copied + parallel.threads() * panel);
  if (copied > 0) {
    parallel.for_panels(shape.n * height, 4, [&](std::int64_t begin, std::int64_t end) {
      for (std::int64_t i = begin; i < end; ++i) pad_row(shape, x, i, scratch + i * row);
    });
  }
  const WeightsGradient gradient(shape, copied > 0 ? scratch : x, d_y, d_weights);
  // The side with more tiles is cut.
  const EvenParts tiles(shape.patch(), kRows);
  const Range elements{0, shape.patch()}, vectors{0, ColumnPanels::vectors(shape.k)};
  const bool by_element = tiles.count > vectors.end;
  const std::int64_t length = by_element ? tiles.count : vectors.end;
  const std::int64_t threads = std::min<std::int64_t>(parallel.threads(), length);
  parallel.for_panels(threads, 1, [&](std::int64_t begin, std::int64_t end) {
    for (std::int64_t thread = begin; thread < end; ++thread) {
      const Range share{length * thread / threads, length * (thread + 1) / threads};
      const Range part = by_element ? Range{tiles.begin(share.begin), tiles.begin(share.end)} : elements;
      gradient.run(part, by_element ? vectors : share, scratch + copied + thread * panel);
    }
  });
}

void conv2d_backward_input(const Conv2dShape& shape, const float* weights, const float* d_y, float* d_x, Parallel& parallel) {
  const DirectShape direct = DirectShape::backward(shape);
  const std::int64_t filter = round_up(shape.filter_shape().elements(), 16);
  float* turned = scratch_of<float>(parallel, filter + direct_scratch(direct, parallel));
  parallel.for_panels(shape.r * shape.s, 1, [&](std::int64_t begin, std::int64_t end) {
    turn_filter(shape, weights, begin, end, turned);
  });
  convolve_direct(direct, d_y, turned, d_x, turned + filter, parallel);
}

}  // namespace m1bench
