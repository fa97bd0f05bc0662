// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include "m1bench/kernels/windows.hpp"
#include "m1bench/tensor/tensor.hpp"

namespace m1bench {

// How many pixels of one axis windows look at, those of the padding among them.
inline std::int64_t padded_extent(const WindowAxis& axis) { return (axis.out() - 1) * axis.stride + axis.reach(); }

// Whether a copy with all of the padding is worth its memory.
inline bool pads_little(const Windows& windows) {
  constexpr double kMostGrowth = 4, kAnyway = 1 << 16;
  const double whole = static_cast<double>(padded_extent(windows.height)) * static_cast<double>(padded_extent(windows.width)) *
                       static_cast<double>(windows.c);
  const double own = static_cast<double>(windows.height.extent * windows.width.extent * windows.c);
  return whole <= kMostGrowth * own + kAnyway;
}

// A copy of one image with its padding, so that no window looks outside, of elements as the multiplication wants them. Each
// channel lies there `repeats` times in a row. Behind the end, `slack` elements may be read.
template <class T, class Packed>
class PaddedImage {
 public:
  PaddedImage(const Windows& windows, std::int64_t repeats, T padding, std::int64_t slack)
      : windows_(windows), repeats_(repeats),
        image_(Shape{padded_extent(windows.height) * padded_extent(windows.width) * windows.c * repeats + slack}) {
    std::fill_n(image_.data(), image_.size() - static_cast<std::size_t>(slack), static_cast<Packed>(padding));
  }

  std::int64_t pixel() const { return windows_.c * repeats_; }
  std::int64_t row() const { return padded_extent(windows_.width) * pixel(); }
  const Packed* data() const { return image_.data(); }

  // Copies the image at `x`; the padding is there already.
  void load(const T* x) {
    const WindowAxis &height = windows_.height, &width = windows_.width;
    const std::int64_t rows = std::min(height.extent, padded_extent(height) - height.before());
    const std::int64_t columns = std::min(width.extent, padded_extent(width) - width.before());
    if (columns == width.extent && columns == padded_extent(width)) {  // all rows as one, for a row may be short
      return copy(x, rows * columns * windows_.c, image_.data() + height.before() * row());
    }
    for (std::int64_t i = 0; i < rows; ++i) {
      copy(x + i * width.extent * windows_.c, columns * windows_.c,
           image_.data() + (height.before() + i) * row() + width.before() * pixel());
    }
  }

  // Where each tap of a window lies, seen from its first pixel.
  std::vector<std::int64_t> taps() const {
    std::vector<std::int64_t> offsets;
    for (std::int64_t r = 0; r < windows_.height.window; ++r) {
      for (std::int64_t s = 0; s < windows_.width.window; ++s) {
        offsets.push_back(r * windows_.height.dilation * row() + s * windows_.width.dilation * pixel());
      }
    }
    return offsets;
  }

 private:
  void copy(const T* __restrict x, std::int64_t elements, Packed* __restrict y) const {
    if (repeats_ == 1) {
      for (std::int64_t i = 0; i < elements; ++i) y[i] = x[i];
      return;
    }
    for (std::int64_t i = 0; i < elements; ++i) std::fill_n(y + i * repeats_, repeats_, static_cast<Packed>(x[i]));
  }

  Windows windows_;
  std::int64_t repeats_;
  Tensor<Packed> image_;
};

}  // namespace m1bench
