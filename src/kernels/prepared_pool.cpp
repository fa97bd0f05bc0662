// SPDX-License-Identifier: Apache-2.0
// A block of neighbouring channels at a time, in loops of fixed length that compilers turn into vector code. The last block of a
// pixel begins early enough to be a whole one.
#include <algorithm>
#include <limits>
#include <type_traits>

#include "kernels/each_window.hpp"
#include "m1bench/kernels/prepared.hpp"

namespace m1bench {
namespace {

template <class T>
struct Largest {
  using Sum = T;
  static constexpr Sum kStart = std::is_integral_v<T> ? std::numeric_limits<T>::min() : -std::numeric_limits<T>::infinity();
  static Sum fold(Sum top, T x) { return top < x ? x : top; }
  static Sum finish(Sum top, std::int64_t) { return top; }
};

struct MeanF32 {
  using Sum = float;
  static constexpr Sum kStart = 0;
  static Sum fold(Sum sum, float x) { return sum + x; }
  static Sum finish(Sum sum, std::int64_t taps) { return sum / static_cast<float>(taps); }
};

// Of so few that the quotient in single precision is on the right side of every integer: it is none by at least 1 / taps, and
// at most 128.5, where neighbours are 2^-16 apart. The conversion drops the fraction.
struct MeanI8 {
  static constexpr std::int64_t kMostTaps = 1 << 15;
  using Sum = std::int32_t;
  static constexpr Sum kStart = 0;
  static Sum fold(Sum sum, std::int8_t x) { return sum + x; }
  static Sum finish(Sum sum, std::int64_t taps) {
    const auto half = static_cast<std::int32_t>(taps / 2);
    return static_cast<std::int32_t>(static_cast<float>(sum > 0 ? sum + half : sum - half) / static_cast<float>(taps));
  }
};

template <class Fold, std::int64_t kBlock, class T>
void pool_block(const Windows& windows, const Window& at, T min, T max, const T* x, T* y) {
  using Sum = typename Fold::Sum;
  Sum sums[kBlock];
  std::fill_n(sums, kBlock, Fold::kStart);
  for_taps(windows, at, [&](std::int64_t pixel, std::int64_t) {
    for (std::int64_t i = 0; i < kBlock; ++i) sums[i] = Fold::fold(sums[i], x[pixel + i]);
  });
  const std::int64_t taps = (at.rows.end - at.rows.begin) * (at.columns.end - at.columns.begin);
  for (std::int64_t i = 0; i < kBlock; ++i) {
    y[i] = static_cast<T>(std::clamp<Sum>(Fold::finish(sums[i], taps), min, max));
  }
}

template <class Fold, std::int64_t kBlock, class T>
void pool(const Windows& windows, T min, T max, const T* x, T* y) {
  for_windows(windows, [&](const Window& at) {
    for (std::int64_t c = 0; c < windows.c; c += kBlock) {
      const std::int64_t first = std::min(c, windows.c - kBlock);
      pool_block<Fold, kBlock>(windows, at, min, max, x + first, y + at.pixel * windows.c + first);
    }
  });
}

template <class Fold, class T>
PreparedKernel<T> prepare(const Windows& windows, T min, T max) {
  constexpr std::int64_t kWide = 64 / sizeof(T), kNarrow = 16 / sizeof(T);
  const auto kernel = windows.c >= kWide     ? pool<Fold, kWide, T>
                      : windows.c >= kNarrow ? pool<Fold, kNarrow, T>
                                             : pool<Fold, 1, T>;
  return [=](const T* x, T* y) { kernel(windows, min, max, x, y); };
}

std::int8_t narrow(std::int32_t value) { return static_cast<std::int8_t>(value); }

}  // namespace

PreparedKernel<float> prepare_max_pool(const Windows& windows, const FloatOutput& output) {
  return prepare<Largest<float>>(windows, output.min, output.max);
}

PreparedKernel<std::int8_t> prepare_max_pool(const Windows& windows, Range8 range) {
  return prepare<Largest<std::int8_t>>(windows, narrow(range.min), narrow(range.max));
}

PreparedKernel<float> prepare_average_pool(const Windows& windows, const FloatOutput& output) {
  return prepare<MeanF32>(windows, output.min, output.max);
}

PreparedKernel<std::int8_t> prepare_average_pool(const Windows& windows, Range8 range) {
  if (windows.height.window * windows.width.window > MeanI8::kMostTaps) {
    return [=](const std::int8_t* x, std::int8_t* y) { average_pool(windows, range, x, y); };
  }
  return prepare<MeanI8>(windows, narrow(range.min), narrow(range.max));
}

}  // namespace m1bench
