// SPDX-License-Identifier: Apache-2.0
#include "kernels/conv2d_direct.hpp"

#include <algorithm>

#include "kernels/row_tile.hpp"

namespace m1bench {
namespace {

constexpr std::int64_t kRows = RowTask::kRows, kLanes = Tile<float>::kLanes, kVectors = Tile<float>::kVectors;

// Which of `size` taps of a filter lie inside an extent when the first is at `origin`.
Range taps_inside(std::int64_t origin, std::int64_t size, std::int64_t extent) {
  const std::int64_t begin = std::clamp<std::int64_t>(-origin, 0, size);
  return {begin, std::clamp<std::int64_t>(extent - origin, begin, size)};
}

Range common(Range a, Range b) {
  const std::int64_t begin = std::max(a.begin, b.begin);
  return {begin, std::max(begin, std::min(a.end, b.end))};
}

// Some rows of the filter for up to a tile's width of output channels, vector by vector.
struct Panel {
  Range filter_rows, columns;
  const float* elements;
  const float* next;  // where the next one is in the filter, or nullptr
  std::int64_t width() const { return round_up(columns.size(), kLanes); }
};

class DirectConvolution {
 public:
  DirectConvolution(const DirectShape& shape, const float* images, const float* weights, float* y)
      : shape_(shape), images_(images), weights_(weights), y_(y) {}

  // A panel is at most 256 KiB, half of a small second-level cache, unless one row of the filter is larger.
  static std::int64_t rows_at_once(const DirectShape& shape) {
    constexpr std::int64_t kPanelElements = 1 << 16;
    return std::clamp<std::int64_t>(kPanelElements / (shape.s * shape.c * kVectors * kLanes), 1, shape.r);
  }
  static std::int64_t panel_elements(const DirectShape& shape) {
    return rows_at_once(shape) * shape.s * shape.c * kVectors * kLanes;
  }

  // These rows of the output, counted over the batch, and these vectors of its channels, by one thread.
  void run(Range lines, Range vectors, float* memory) const {
    // What a block of lines reads of the images is about 512 KiB.
    constexpr std::int64_t kImageElements = 1 << 17;
    const EvenParts blocks(lines.size(), std::max<std::int64_t>(1, kImageElements / (shape_.w * shape_.c)));
    const ColumnPanels panels(vectors, shape_.k);
    for (std::int64_t block = 0; block < blocks.count; ++block) {
      const Range part{lines.begin + blocks.begin(block), lines.begin + blocks.begin(block + 1)};
      for (std::int64_t i = 0; i < panels.count(); ++i) {
        for (std::int64_t r = 0; r < shape_.r; r += rows_at_once(shape_)) {
          multiply(part, make_panel({r, std::min(shape_.r, r + rows_at_once(shape_))}, panels[i], memory));
        }
      }
    }
  }

 private:
  std::int64_t row_elements() const { return shape_.s * shape_.c; }

  Panel make_panel(Range rows, Range columns, float* memory) const {
    const std::int64_t row = row_elements() * shape_.k;
    pack(weights_ + rows.begin * row + columns.begin, rows.size() * row_elements(), columns.size(), memory);
    const float* next = columns.end < shape_.k ? weights_ + columns.end : nullptr;
    return {rows, columns, memory, rows.end < shape_.r ? weights_ + rows.end * row + columns.begin : next};
  }

  // The last vector is filled up with zeros.
  void pack(const float* filter, std::int64_t depth, std::int64_t columns, float* panel) const {
    static_assert(kVectors <= 3);
    if (columns == kLanes) return pack_vectors<1>(filter, depth, panel);
    if (columns == 2 * kLanes) return pack_vectors<2>(filter, depth, panel);
    if (columns == 3 * kLanes) return pack_vectors<3>(filter, depth, panel);
    const std::int64_t width = round_up(columns, kLanes);
    for (; depth > 0; --depth, filter += shape_.k, panel += width) {
      std::fill(std::copy_n(filter, columns, panel), panel + width, 0.0f);
    }
  }

  template <int kCount>
  void pack_vectors(const float* filter, std::int64_t depth, float* panel) const {
    for (; depth > 0; --depth, filter += shape_.k, panel += kCount * kLanes) {
      TileVector<float> row[kCount];
      for (int v = 0; v < kCount; ++v) row[v] = load_vector<TileVector<float>>(filter + v * kLanes);
      for (int v = 0; v < kCount; ++v) store_vector(panel + v * kLanes, row[v]);
    }
  }

  void multiply(Range lines, const Panel& panel) const {
    RowTask task;
    for (std::int64_t i = 0; i < kRows; ++i) task.rows[i] = i * shape_.c;
    task.step = 1;
    task.run_step = shape_.w * shape_.c;
    task.stride_b = panel.width();
    task.stride_c = shape_.k;
    std::int64_t tiles = 0;
    for (std::int64_t line = lines.begin; line < lines.end; ++line) {
      const std::int64_t oy = line % shape_.out_h;
      const Range inside = taps_inside(oy - shape_.top, shape_.r, shape_.h);
      const Line at{line / shape_.out_h * shape_.h + oy - shape_.top, common(panel.filter_rows, inside)};
      for (std::int64_t tile = 0; tile < tiles_.count; ++tile) {
        const Range positions = tiles_[tile];
        task.c = y_ + (line * shape_.out_w + positions.begin) * shape_.k + panel.columns.begin;
        if (at.filter_rows.size() == 0) {
          if (panel.filter_rows.begin == 0) clear(task.c, positions.size(), panel.columns.size());
          continue;
        }
        // The first tiles take turns to fetch the cache lines of the next panel.
        const bool fetch = panel.next && tiles <= panel.columns.size() / kLine;
        task.ahead = fetch ? panel.next + tiles++ * kLine : nullptr;
        multiply_tile(task, at, positions, panel);
      }
    }
  }

  // An output row: the image row that the filter's first one is on there, which may be outside, and those of the panel's filter
  // rows that are inside.
  struct Line {
    std::int64_t image_row;
    Range filter_rows;
  };

  void multiply_tile(const RowTask& task, const Line& line, Range positions, const Panel& panel) const {
    const bool first = panel.filter_rows.begin == 0;
    if (positions.begin >= shape_.left && positions.end + shape_.s - 1 - shape_.left <= shape_.w) {
      return multiply_taps(task, line, positions, {0, shape_.s}, !first, panel);
    }
    if (first) clear(task.c, positions.size(), panel.columns.size());
    for (std::int64_t s = 0; s < shape_.s; ++s) {
      const Range inside = common(positions, {shape_.left - s, shape_.left - s + shape_.w});
      RowTask part = task;
      part.c += (inside.begin - positions.begin) * shape_.k;
      if (inside.size() > 0) multiply_taps(part, line, inside, {s, s + 1}, true, panel);
    }
  }

  // Some columns of the filter, which are inside the image for all of these positions.
  void multiply_taps(RowTask task, const Line& line, Range positions, Range columns, bool add, const Panel& panel) const {
    const std::int64_t iy = line.image_row + line.filter_rows.begin, ix = positions.begin - shape_.left + columns.begin;
    task.a = images_ + (iy * shape_.w + ix) * shape_.c;
    task.run = columns.size() * shape_.c;
    task.runs = line.filter_rows.size();
    task.skip_b = row_elements() - task.run;
    const std::int64_t before = (line.filter_rows.begin - panel.filter_rows.begin) * row_elements() + columns.begin * shape_.c;
    task.b = panel.elements + before * task.stride_b;
    task.add = add;
    task.stride_ahead = task.ahead ? shape_.k : task.stride_b;
    task.ahead = task.ahead ? task.ahead + before * shape_.k : task.b;
    multiply_row_tile(task, positions.size(), panel.columns.size());
  }

  void clear(float* c, std::int64_t rows, std::int64_t columns) const {
    for (; rows > 0; --rows, c += shape_.k) std::fill_n(c, columns, 0.0f);
  }

  static constexpr std::int64_t kLine = 64 / sizeof(float);
  const DirectShape& shape_;
  const EvenParts tiles_{shape_.out_w, kRows};  // of a line
  const float *images_, *weights_;
  float* y_;
};

}  // namespace

DirectShape DirectShape::forward(const Conv2dShape& shape) {
  return {.n = shape.n, .h = shape.h, .w = shape.w, .c = shape.c, .k = shape.k, .r = shape.r, .s = shape.s,
          .top = shape.pad_top(), .left = shape.pad_left(), .out_h = shape.out_h(), .out_w = shape.out_w()};
}

DirectShape DirectShape::backward(const Conv2dShape& shape) {
  return {.n = shape.n, .h = shape.out_h(), .w = shape.out_w(), .c = shape.k, .k = shape.c, .r = shape.r, .s = shape.s,
          .top = shape.r - 1 - shape.pad_top(), .left = shape.s - 1 - shape.pad_left(), .out_h = shape.h, .out_w = shape.w};
}

std::int64_t direct_scratch(const DirectShape& shape, const Parallel& parallel) {
  return parallel.threads() * round_up(DirectConvolution::panel_elements(shape), 16);
}

void convolve_direct(const DirectShape& shape, const float* x, const float* weights, float* y, float* scratch,
                     Parallel& parallel) {
  const DirectConvolution convolution(shape, x, weights, y);
  const std::int64_t panel = round_up(DirectConvolution::panel_elements(shape), 16);
  // The longer side of the product is cut, so that both parts stay long.
  const Range lines{0, shape.n * shape.out_h}, vectors{0, ColumnPanels::vectors(shape.k)};
  const bool by_line = lines.size() * shape.out_w >= shape.k;
  const std::int64_t length = by_line ? lines.end : vectors.end;
  const std::int64_t threads = std::min<std::int64_t>(parallel.threads(), length);
  parallel.for_panels(threads, 1, [&](std::int64_t begin, std::int64_t end) {
    for (std::int64_t thread = begin; thread < end; ++thread) {
      const Range share{length * thread / threads, length * (thread + 1) / threads};
      convolution.run(by_line ? share : lines, by_line ? vectors : share, scratch + thread * panel);
    }
  });
}

}  // namespace m1bench
