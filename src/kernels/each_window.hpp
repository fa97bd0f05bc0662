// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "m1bench/kernels/windows.hpp"

namespace m1bench {

// One window: which output pixel it gives, which image it lies on, and what of it is inside.
struct Window {
  std::int64_t pixel, n;
  Taps rows, columns;
};

template <class Body>
void for_windows(const Windows& windows, const Body& body) {
  std::int64_t pixel = 0;
  for (std::int64_t n = 0; n < windows.n; ++n) {
    for (std::int64_t y = 0; y < windows.height.out(); ++y) {
      const Taps rows = windows.height.taps(y);
      for (std::int64_t x = 0; x < windows.width.out(); ++x) body(Window{pixel++, n, rows, windows.width.taps(x)});
    }
  }
}

// Calls body(offset of the pixel's first channel in x, index of the tap in the window) for every tap inside the image.
template <class Body>
void for_taps(const Windows& windows, const Window& at, const Body& body) {
  for (std::int64_t r = at.rows.begin; r < at.rows.end; ++r) {
    const std::int64_t row = (at.n * windows.height.extent + at.rows.origin + r * windows.height.dilation) * windows.width.extent;
    for (std::int64_t s = at.columns.begin; s < at.columns.end; ++s) {
      const std::int64_t pixel = row + at.columns.origin + s * windows.width.dilation;
      body(pixel * windows.c, r * windows.width.window + s);
    }
  }
}

}  // namespace m1bench
