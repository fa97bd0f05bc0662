// SPDX-License-Identifier: Apache-2.0
#include "kernels/winograd.hpp"

#include <algorithm>
#include <utility>

#include "kernels/row_tile.hpp"
#include "kernels/scratch.hpp"
#include "m1bench/core/check.hpp"

namespace m1bench {
namespace {

constexpr std::int64_t kIn = Winograd::kIn, kOut = Winograd::kOut, kProducts = Winograd::kProducts;

// Channels are taken this many at a time: what a transform holds in between stays in a first-level cache, and the transformed
// filter between so many input and output channels (576 KiB) in a second-level one.
constexpr std::int64_t kLanes = 64;

// The product of one row of a constant matrix with a vector; elements that are zero cost nothing.
template <const auto& kMatrix, std::size_t kRow, std::size_t... kColumn>
inline float row_product(const float* vector, std::index_sequence<kColumn...>) {
  float sum = 0;
  const auto add = [&]<std::size_t kAt>() {
    constexpr float kFactor = kMatrix[kRow][kAt];
    if constexpr (kFactor != 0) sum += kFactor * vector[kAt];
  };
  (add.template operator()<kColumn>(), ...);
  return sum;
}

// Y = T X for `lanes` vectors side by side. Element i of lane l is in[i * in_stride + l].
template <const auto& kMatrix, std::size_t... kRow>
inline void transform_vectors(const float* __restrict in, std::int64_t in_stride, float* __restrict out, std::int64_t out_stride,
                              std::int64_t lanes, std::index_sequence<kRow...>) {
  constexpr std::size_t kColumns = kMatrix[0].size();
  for (std::int64_t lane = 0; lane < lanes; ++lane) {
    float vector[kColumns];
    for (std::size_t i = 0; i < kColumns; ++i) vector[i] = in[static_cast<std::int64_t>(i) * in_stride + lane];
    ((out[static_cast<std::int64_t>(kRow) * out_stride + lane] =
          row_product<kMatrix, kRow>(vector, std::make_index_sequence<kColumns>())),
     ...);
  }
}

// Y = T X T^T for `lanes` <= kLanes square matrices side by side, whose elements are a stride apart.
template <const auto& kMatrix>
void transform(const float* in, std::int64_t in_stride, float* out, std::int64_t out_stride, std::int64_t lanes) {
  constexpr std::int64_t kRows = kMatrix.size(), kColumns = kMatrix[0].size();
  constexpr auto kEachRow = std::make_index_sequence<kMatrix.size()>();
  float half[kRows * kColumns * kLanes];
  for (std::int64_t j = 0; j < kColumns; ++j) {
    transform_vectors<kMatrix>(in + j * in_stride, kColumns * in_stride, half + j * kLanes, kColumns * kLanes, lanes, kEachRow);
  }
  for (std::int64_t i = 0; i < kRows; ++i) {
    transform_vectors<kMatrix>(half + i * kColumns * kLanes, kLanes, out + i * kRows * out_stride, out_stride, lanes, kEachRow);
  }
}

// How one call is cut up, and where it keeps its transformed arrays, each of them 36 planes. The input of a chunk of tiles is
// transformed as a whole. Then each thread takes its share of the output channels, a block at a time: it transforms the filter
// of some of the input channels, multiplies and adds, and at last transforms the block's outputs.
struct Plan {
  Plan(const Conv2dShape& shape, Parallel& parallel)
      : slots(std::min<std::int64_t>(parallel.threads(), (shape.k + kGrain - 1) / kGrain)),
        tiles(std::min(Winograd::tiles(shape), std::max(kLeastTiles, kInputElements / (kProducts * shape.c)))),
        block(std::min(kLanes, ((shape.k + slots - 1) / slots + kGrain - 1) / kGrain * kGrain)),
        input_plane(padded(tiles * shape.c)),
        filter_plane(padded(std::min(kLanes, shape.c) * block)),
        output_plane(padded(tiles * block)) {
    input = scratch_of<float>(parallel, kProducts * (input_plane + slots * (filter_plane + output_plane)));
  }
  float* filter(std::int64_t slot) const { return input + kProducts * (input_plane + slot * (filter_plane + output_plane)); }
  float* output(std::int64_t slot) const { return filter(slot) + kProducts * filter_plane; }

  std::int64_t slots, tiles, block;                      // threads at work, tiles of a chunk, output channels of a block
  std::int64_t input_plane, filter_plane, output_plane;  // elements from one plane to the next
  float* input;  // (36, c / kLanes, tiles, kLanes); and for each slot a filter (36, kLanes, block), an output (36, tiles, block)

 private:
  // A register tile's width; 4 MiB of input, few enough to stay in a last-level cache.
  static constexpr std::int64_t kGrain = 16, kLeastTiles = 128, kInputElements = 1 << 20;

  // An odd number of cache lines: elements that are written together do not fall into the same set of a cache.
  static std::int64_t padded(std::int64_t elements) { return (elements + 15) / 32 * 32 + 16; }
};

template <class Body>
void for_lanes(std::int64_t channels, const Body& body) {
  for (std::int64_t begin = 0; begin < channels; begin += kLanes) body(begin, std::min(kLanes, channels - begin));
}

// Of `lanes` input channels and `channels` output channels.
void transform_filter(const Conv2dShape& shape, const float* weights, const Plan& plan, std::int64_t lanes, std::int64_t channels,
                      float* out) {
  for (std::int64_t c = 0; c < lanes; ++c) {
    transform<Winograd::kFilter>(weights + c * shape.k, shape.c * shape.k, out + c * plan.block, plan.filter_plane, channels);
  }
}

// The 6x6 pixels under a tile; what lies outside the image is zero.
void gather_tile(const Conv2dShape& shape, const float* x, const WinogradTile& tile, std::int64_t lanes, float* patch) {
  for (std::int64_t i = 0; i < kProducts; ++i, patch += kLanes) {
    const std::int64_t iy = tile.oy - shape.pad_top() + i / kIn, ix = tile.ox - shape.pad_left() + i % kIn;
    if (iy < 0 || iy >= shape.h || ix < 0 || ix >= shape.w) {
      std::fill_n(patch, lanes, 0.0f);
    } else {
      std::copy_n(x + ((tile.n * shape.h + iy) * shape.w + ix) * shape.c, lanes, patch);
    }
  }
}

// Tiles [t0, t1) of a chunk of `tiles`, whose first is `first`.
void transform_input(const Conv2dShape& shape, const float* x, const Plan& plan, std::int64_t first, std::int64_t tiles,
                     std::int64_t t0, std::int64_t t1) {
  float patch[kProducts * kLanes];
  for (std::int64_t t = t0; t < t1; ++t) {
    const WinogradTile tile(shape, first + t);
    for_lanes(shape.c, [&](std::int64_t c, std::int64_t lanes) {
      gather_tile(shape, x + c, tile, lanes, patch);
      transform<Winograd::kInput>(patch, kLanes, plan.input + c * tiles + t * lanes, plan.input_plane, lanes);
    });
  }
}

// The 4x4 outputs of a tile, but for those that hang over.
void scatter_tile(const Conv2dShape& shape, const float* outputs, const WinogradTile& tile, std::int64_t lanes, float* y) {
  const std::int64_t rows = std::min(kOut, shape.out_h() - tile.oy), columns = std::min(kOut, shape.out_w() - tile.ox);
  for (std::int64_t i = 0; i < rows; ++i) {
    float* row = y + ((tile.n * shape.out_h() + tile.oy + i) * shape.out_w() + tile.ox) * shape.k;
    for (std::int64_t j = 0; j < columns; ++j) std::copy_n(outputs + (i * kOut + j) * kLanes, lanes, row + j * shape.k);
  }
}

void transform_output(const Conv2dShape& shape, const Plan& plan, const float* products, std::int64_t channels,
                      std::int64_t first, std::int64_t tiles, float* y) {
  float outputs[kOut * kOut * kLanes];
  for (std::int64_t t = 0; t < tiles; ++t) {
    transform<Winograd::kOutput>(products + t * plan.block, plan.output_plane, outputs, kLanes, channels);
    scatter_tile(shape, outputs, WinogradTile(shape, first + t), channels, y);
  }
}

// One of the 36 products: (tiles, lanes) by (lanes, block), both of them small enough to be read where they are.
void multiply(const Plan& plan, const float* input, const float* filter, float* output, std::int64_t tiles, std::int64_t lanes,
              bool add) {
  RowTask task;
  for (std::int64_t i = 0; i < RowTask::kRows; ++i) task.rows[i] = i * lanes;
  task.step = task.runs = 1;
  task.run = lanes;
  task.run_step = task.skip_b = 0;
  task.stride_b = task.stride_c = task.stride_ahead = plan.block;
  task.add = add;
  const ColumnPanels panels({0, ColumnPanels::vectors(plan.block)}, plan.block);
  const EvenParts rows(tiles, RowTask::kRows);
  for (std::int64_t panel = 0; panel < panels.count(); ++panel) {
    const Range columns = panels[panel];
    task.b = task.ahead = filter + columns.begin;
    for (std::int64_t i = 0; i < rows.count; ++i) {
      task.a = input + rows.begin(i) * lanes;
      task.c = output + rows.begin(i) * plan.block + columns.begin;
      multiply_row_tile(task, rows[i].size(), columns.size());
    }
  }
}

// The output channels from k0 on, a block or what is left of one, of the tiles of a chunk.
void convolve_block(const Conv2dShape& shape, const float* weights, const Plan& plan, std::int64_t slot, std::int64_t k0,
                    std::int64_t first, std::int64_t tiles, float* y) {
  const std::int64_t channels = std::min(plan.block, shape.k - k0);
  float *filter = plan.filter(slot), *output = plan.output(slot);
  for_lanes(shape.c, [&](std::int64_t c, std::int64_t lanes) {
    transform_filter(shape, weights + c * shape.k + k0, plan, lanes, channels, filter);
    for (std::int64_t i = 0; i < kProducts; ++i) {
      const float* input = plan.input + i * plan.input_plane + c * tiles;
      multiply(plan, input, filter + i * plan.filter_plane, output + i * plan.output_plane, tiles, lanes, c > 0);
    }
  });
  transform_output(shape, plan, output, channels, first, tiles, y + k0);
}

}  // namespace

void conv2d_winograd(const Conv2dShape& shape, const float* x, const float* weights, float* y, Parallel& parallel) {
  check(shape.r == Winograd::kTaps && shape.s == Winograd::kTaps, "Winograd's transforms are those of a 3x3 filter");
  const Plan plan(shape, parallel);
  const std::int64_t all = Winograd::tiles(shape), blocks = (shape.k + plan.block - 1) / plan.block;
  for (std::int64_t first = 0; first < all; first += plan.tiles) {
    const std::int64_t tiles = std::min(plan.tiles, all - first);
    parallel.for_panels(tiles, 1, [&](std::int64_t begin, std::int64_t end) {
      transform_input(shape, x, plan, first, tiles, begin, end);
    });
    parallel.for_panels(plan.slots, 1, [&](std::int64_t begin, std::int64_t end) {
      for (std::int64_t block = blocks * begin / plan.slots; block < blocks * end / plan.slots; ++block) {
        convolve_block(shape, weights, plan, begin, block * plan.block, first, tiles, y);
      }
    });
  }
}

}  // namespace m1bench
