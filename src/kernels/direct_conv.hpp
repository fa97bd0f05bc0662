// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <type_traits>
#include <utility>
#include <vector>

#include "kernels/outputs.hpp"
#include "kernels/padded_image.hpp"
#include "kernels/wrapping.hpp"
#include "m1bench/kernels/prepared.hpp"
#include "m1bench/tensor/tensor.hpp"

// A convolution without patches. The filter is cut into groups of as many neighbouring elements as one multiplication takes
// (i8_lanes_plain.hpp); in the padded image the same group of neighbouring pixels lies a fixed distance apart, so it is broadcast
// from where it is, to all output channels at once. Tiles of pixels x channels stay in registers for the whole depth. What they
// sum to goes through a short buffer, strip by strip, and is finished there.
// Source of the idea: Zhang, Franchetti and Low, "High performance zero-memory overhead direct convolutions", ICML 2018.
namespace m1bench {

template <class Finish>
class DirectConv {
 public:
  using Lanes = typename Finish::Lanes;
  using Sum = typename Finish::Sum;
  using T = typename Finish::Element;

  template <class Output>
  DirectConv(const Windows& windows, std::int64_t k, const Output& output, T x_zero, const T* weights, JoinedPool pool)
      : windows_(windows), k_(k), pool_(pool), image_(windows, 1, x_zero, kGroup), finish_(output, k) {
    // A row of the filter lies as a row of the image does, unless it is dilated.
    const std::int64_t window = windows.height.window * windows.width.window;
    const bool whole_rows = windows.width.dilation == 1;
    const Runs runs{whole_rows ? windows.height.window : window,
                    whole_rows ? windows.width.window * windows.c : windows.c};
    const std::vector<std::int64_t> taps = image_.taps();
    for (std::int64_t run = 0; run < runs.count; ++run) {
      const std::int64_t first = taps[static_cast<std::size_t>(whole_rows ? run * windows.width.window : run)];
      for (std::int64_t e = 0; e < runs.length; e += kGroup) offsets_.push_back(first + e);
    }
    pack(runs, weights);
    fold(output.bias, x_zero, runs.count * runs.length, weights);
    strip_ = std::max<std::int64_t>(1, kStrip / pool.columns) * pool.columns;
    sums_ = Tensor<Sum>(Shape{pool.rows * strip_ * kColumns});
  }

  void run(const T* x, T* y) {
    const WindowAxis &height = windows_.height, &width = windows_.width;
    const std::int64_t out_h = height.out() / pool_.rows, out_w = width.out() / pool_.columns;
    for (std::int64_t n = 0; n < windows_.n; ++n, x += height.extent * width.extent * windows_.c, y += out_h * out_w * k_) {
      image_.load(x);
      for (std::int64_t panel = 0; panel < k_; panel += kColumns) {
        for (std::int64_t row = 0; row < out_h; ++row) run_row(panel, row, out_w, y + row * out_w * k_);
      }
    }
  }

 private:
  using Packed = typename Lanes::Packed;
  static constexpr std::int64_t kGroup = Lanes::kGroup, kColumns = Lanes::kVectors * Lanes::kLanes;
  // Pixels whose sums are kept; a few kilobytes, in the first-level cache.
  static constexpr std::int64_t kStrip = 48;
  // Elements of the filter that are neighbours in the image too.
  struct Runs {
    std::int64_t count, length;
  };
  // What a tile is made of, and where its sums go.
  struct Tile {
    const Packed* x;
    std::int64_t pixel;  // from one to the next
    const std::int64_t *offsets, *offsets_end;
    const Packed* weights;
    const Sum* bias;
    Sum* sums;
  };
  using TileFunction = void (*)(const Tile&);

  static int vectors_of(std::int64_t channels) {
    return static_cast<int>(std::min<std::int64_t>(Lanes::kVectors, (channels + Lanes::kLanes - 1) / Lanes::kLanes));
  }
  std::int64_t depth() const { return static_cast<std::int64_t>(offsets_.size()) * kGroup; }

  // Panel by panel, group by group, channel by channel; zeros fill up the ends of runs and of the last vector.
  void pack(const Runs& runs, const T* weights) {
    const std::int64_t vectors = (k_ + Lanes::kLanes - 1) / Lanes::kLanes;
    weights_ = Tensor<Packed>(Shape{vectors * Lanes::kLanes * depth()});
    for (std::int64_t k = 0; k < k_; ++k) {
      const std::int64_t panel = k / kColumns * kColumns, columns = vectors_of(k_ - panel) * Lanes::kLanes;
      Packed* out = weights_.data() + panel * depth() + (k - panel) * kGroup;
      for (std::int64_t run = 0; run < runs.count; ++run) {
        for (std::int64_t e = 0; e < runs.length; ++e) {
          out[e / kGroup * columns * kGroup + e % kGroup] = weights[(k * runs.count + run) * runs.length + e];
        }
        out += (runs.length + kGroup - 1) / kGroup * columns * kGroup;
      }
    }
  }

  // The bias, and of int8 what the zero point of x takes from every sum: then x is multiplied as it is.
  void fold(const Sum* bias, T x_zero, std::int64_t filter, const T* weights) {
    bias_ = Tensor<Sum>(Shape{k_ + Lanes::kLanes});
    for (std::int64_t k = 0; k < k_; ++k) {
      Sum sum = bias ? bias[k] : Sum{0};
      if constexpr (std::is_integral_v<T>) sum = wrapping_sum(sum, zero_share(x_zero, weights + k * filter, filter, 1));
      bias_[static_cast<std::size_t>(k)] = sum;
    }
  }

  void run_row(std::int64_t panel, std::int64_t row, std::int64_t out_w, T* y) {
    const std::int64_t pixel = windows_.width.stride * image_.pixel(), used = out_w * pool_.columns;
    const int vectors = vectors_of(k_ - panel);
    for (std::int64_t first = 0; first < used; first += strip_) {
      const std::int64_t pixels = std::min(strip_, used - first), stride = vectors * Lanes::kLanes;
      for (std::int64_t r = 0; r < pool_.rows; ++r) {
        const Packed* x = image_.data() + (row * pool_.rows + r) * windows_.height.stride * image_.row() + first * pixel;
        run_strip({x, pixel, offsets_.data(), offsets_.data() + offsets_.size(), weights_.data() + panel * depth(),
                   bias_.data() + panel, sums_.data() + r * pixels * stride},
                  pixels, vectors);
      }
      finish(finish_, {sums_.data(), stride, pixels * stride, pool_.rows, pool_.columns, pixels / pool_.columns}, panel,
             std::min(k_, panel + kColumns), k_, y + first / pool_.columns * k_);
    }
  }

  // In tiles of nearly one size, for a small one takes almost as long as a large one.
  static void run_strip(Tile tile, std::int64_t pixels, int vectors) {
    static constexpr auto kTable = tile_functions(std::make_index_sequence<Lanes::kRows * Lanes::kVectors>{});
    for (std::int64_t tiles = (pixels + Lanes::kRows - 1) / Lanes::kRows; tiles > 0; --tiles) {
      const std::int64_t rows = (pixels + tiles - 1) / tiles;
      kTable[static_cast<std::size_t>((rows - 1) * Lanes::kVectors + vectors - 1)](tile);
      tile.x += rows * tile.pixel;
      tile.sums += rows * vectors * Lanes::kLanes;
      pixels -= rows;
    }
  }

  template <std::size_t... kIndex>
  static constexpr std::array<TileFunction, sizeof...(kIndex)> tile_functions(std::index_sequence<kIndex...>) {
    return {{[](const Tile& tile) {
      register_tile<kIndex % Lanes::kVectors + 1>(tile, std::make_index_sequence<kIndex / Lanes::kVectors + 1>{});
    }...}};
  }

  template <std::size_t kUsed, std::size_t... kRow>
  static void register_tile(const Tile& tile, std::index_sequence<kRow...>) {
    using Vector = typename Lanes::Vector;
    Vector sums[sizeof...(kRow)][kUsed];
    for (auto& row : sums) load_each(tile.bias, row);
    const Packed* weights = tile.weights;
    for (const std::int64_t* offset = tile.offsets; offset != tile.offsets_end; ++offset) {
      typename Lanes::Columns columns[kUsed];
      for (auto& column : columns) {
        column = Lanes::load_columns(weights);
        weights += Lanes::kLanes * kGroup;
      }
      const Packed* x = tile.x + *offset;
      (add_row(sums[kRow], Lanes::broadcast(x + static_cast<std::int64_t>(kRow) * tile.pixel), columns), ...);
    }
    (store_each(sums[kRow], tile.sums + kRow * kUsed * Lanes::kLanes), ...);
  }

  template <std::size_t kUsed>
  static void load_each(const Sum* from, typename Lanes::Vector (&row)[kUsed]) {
    for (std::size_t v = 0; v < kUsed; ++v) row[v] = Lanes::load(from + v * Lanes::kLanes);
  }
  template <std::size_t kUsed>
  static void add_row(typename Lanes::Vector (&row)[kUsed], const typename Lanes::Columns& x,
                      const typename Lanes::Columns (&columns)[kUsed]) {
    for (std::size_t v = 0; v < kUsed; ++v) row[v] = Lanes::multiply_add(row[v], x, columns[v]);
  }
  template <std::size_t kUsed>
  static void store_each(const typename Lanes::Vector (&row)[kUsed], Sum* to) {
    for (std::size_t v = 0; v < kUsed; ++v) Lanes::store(to + v * Lanes::kLanes, row[v]);
  }

  Windows windows_;
  std::int64_t k_;
  JoinedPool pool_;
  PaddedImage<T, Packed> image_;
  Finish finish_;
  std::vector<std::int64_t> offsets_;  // of each group, seen from a window's first pixel
  Tensor<Packed> weights_;
  Tensor<Sum> bias_, sums_;
  std::int64_t strip_ = 0;
};

}  // namespace m1bench
