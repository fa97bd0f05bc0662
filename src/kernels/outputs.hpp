// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <vector>

#include "kernels/f32_lanes.hpp"
#include "kernels/fixed_point_lanes.hpp"
#include "m1bench/kernels/windowed.hpp"

// What becomes of sums of products that began with their bias, a vector of channels at a time.
namespace m1bench {

// Sums of a strip of pixels, (rows, pixels, stride) with the rows `row` elements apart. rows x columns of them make one of
// `count` pixels of y.
template <class Sum>
struct Sums {
  const Sum* sums = nullptr;
  std::int64_t stride = 0, row = 0;
  std::int64_t rows = 1, columns = 1, count = 0;
};

struct FloatFinish {
  using Lanes = F32Lanes;
  using Sum = float;
  using Element = float;
  struct Vectors {
    F32Lanes::Vector min, max;
  };

  FloatFinish(const FloatOutput& output, std::int64_t) : least(output.min), most(output.max) {}
  Vectors load(std::int64_t) const { return {F32Lanes::broadcast(least), F32Lanes::broadcast(most)}; }
  static void store(const Vectors& v, F32Lanes::Vector sum, float* y) {
    F32Lanes::store(y, F32Lanes::min(F32Lanes::max(sum, v.min), v.max));
  }
  static F32Lanes::Vector max(F32Lanes::Vector a, F32Lanes::Vector b) { return F32Lanes::max(a, b); }

  float least, most;
};

struct QuantizedFinish {
  using Lanes = I8Lanes;
  using Sum = std::int32_t;
  using Element = std::int8_t;
  struct Vectors {
    FixedPointLanes::Factors factors;
    I8Lanes::Vector min, max, zero;
  };

  // For `k` channels, and as many more as the last vector has.
  QuantizedFinish(const QuantizedOutput& output, std::int64_t k) : zero(output.y_zero), range(output.range) {
    std::vector<FixedPoint> all(output.factors.begin(), output.factors.begin() + k);
    all.resize(static_cast<std::size_t>(k + I8Lanes::kLanes - 1));
    for (std::int64_t first = 0; first < k; first += I8Lanes::kLanes) {
      factors.push_back(FixedPointLanes::load(all.data() + first));
    }
  }
  // From channel k on, a multiple of kLanes.
  Vectors load(std::int64_t k) const {
    // Clamped before the zero point is added, so that the addition cannot overflow.
    return {factors[static_cast<std::size_t>(k / I8Lanes::kLanes)], FixedPointLanes::broadcast(range.min - zero),
            FixedPointLanes::broadcast(range.max - zero), FixedPointLanes::broadcast(zero)};
  }
  static void store(const Vectors& v, I8Lanes::Vector sum, std::int8_t* y) {
    const auto steps = FixedPointLanes::min(FixedPointLanes::max(FixedPointLanes::scaled(sum, v.factors), v.min), v.max);
    FixedPointLanes::store(y, I8Lanes::add(steps, v.zero));
  }
  static I8Lanes::Vector max(I8Lanes::Vector a, I8Lanes::Vector b) { return FixedPointLanes::max(a, b); }

  std::vector<FixedPointLanes::Factors> factors;
  std::int32_t zero;
  Range8 range;
};

// The pools that the compiler shall know the size of.
enum class PoolSize { one, two_by_two, any };

// The largest of the sums that make one pixel.
template <PoolSize kSize, class Finish>
typename Finish::Lanes::Vector largest(const Sums<typename Finish::Sum>& s, const typename Finish::Sum* first) {
  using Lanes = typename Finish::Lanes;
  auto top = Lanes::load(first);
  if constexpr (kSize == PoolSize::one) return top;
  if constexpr (kSize == PoolSize::two_by_two) {
    top = Finish::max(top, Lanes::load(first + s.stride));
    return Finish::max(top, Finish::max(Lanes::load(first + s.row), Lanes::load(first + s.row + s.stride)));
  }
  for (std::int64_t r = 0; r < s.rows; ++r) {
    for (std::int64_t c = 0; c < s.columns; ++c) top = Finish::max(top, Lanes::load(first + r * s.row + c * s.stride));
  }
  return top;
}

template <PoolSize kSize, class Finish>
void finish_vector(const Finish& how, const Sums<typename Finish::Sum>& s, std::int64_t first, std::int64_t k,
                   std::int64_t valid, typename Finish::Element* y) {
  using Lanes = typename Finish::Lanes;
  const auto vectors = how.load(first);
  const typename Finish::Sum* sums = s.sums;
  for (std::int64_t i = 0; i < s.count; ++i, sums += s.columns * s.stride, y += k) {
    const auto sum = largest<kSize, Finish>(s, sums);
    if (valid == Lanes::kLanes) {
      Finish::store(vectors, sum, y);
    } else {
      typename Finish::Element whole[Lanes::kLanes];
      Finish::store(vectors, sum, whole);
      std::memcpy(y, whole, static_cast<std::size_t>(valid) * sizeof(typename Finish::Element));
    }
  }
}

// Channels [first, end) of pixels of k channels; y is where the first pixel's channel 0 goes.
template <class Finish>
void finish(const Finish& how, Sums<typename Finish::Sum> s, std::int64_t first, std::int64_t end, std::int64_t k,
            typename Finish::Element* y) {
  constexpr std::int64_t kLanes = Finish::Lanes::kLanes;
  const auto finish_one = s.rows * s.columns == 1          ? finish_vector<PoolSize::one, Finish>
                          : s.rows == 2 && s.columns == 2 ? finish_vector<PoolSize::two_by_two, Finish>
                                                          : finish_vector<PoolSize::any, Finish>;
  for (std::int64_t channel = first; channel < end; channel += kLanes, s.sums += kLanes) {
    finish_one(how, s, channel, k, std::min(kLanes, end - channel), y + channel);
  }
}

}  // namespace m1bench
