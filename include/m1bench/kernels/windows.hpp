// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstdint>

#include "m1bench/kernels/conv2d.hpp"

namespace m1bench {

// The part of one axis of a window that lies inside the image: tap t is at origin + t * dilation, for begin <= t < end.
struct Taps {
  std::int64_t origin = 0, begin = 0, end = 0;
};

// One axis of windows that slide over an image, with TensorFlow's padding: "same" gives ceil(extent / stride) windows, and
// where an odd number of pixels is missing, the one more is missing behind the image.
struct WindowAxis {
  std::int64_t extent = 1, window = 1, stride = 1, dilation = 1;
  Padding padding = Padding::valid;

  std::int64_t reach() const { return (window - 1) * dilation + 1; }
  // At most 0 where the window does not fit.
  std::int64_t out() const { return (extent - (padding == Padding::same ? 1 : reach()) + stride) / stride; }
  std::int64_t before() const {
    return padding == Padding::same ? std::max<std::int64_t>(0, (out() - 1) * stride + reach() - extent) / 2 : 0;
  }
  Taps taps(std::int64_t position) const {
    const std::int64_t origin = position * stride - before();
    const std::int64_t begin = origin < 0 ? (-origin + dilation - 1) / dilation : 0;
    return {origin, begin, std::min(window, (extent - origin + dilation - 1) / dilation)};
  }
};

// Windows over images x of (n, height.extent, width.extent, c); what they give is (n, height.out(), width.out(), ...).
struct Windows {
  std::int64_t n = 1, c = 1;
  WindowAxis height, width;
};

}  // namespace m1bench
