// SPDX-License-Identifier: Apache-2.0
// Weights are read once for each row of x and then not again, so they stay as narrow as they are, and a few outputs at a time
// share each vector of x.
#include <array>
#include <cmath>
#include <memory>
#include <type_traits>
#include <utility>
#include <vector>

#include "kernels/f32_lanes.hpp"
#include "kernels/i8_lanes.hpp"
#include "kernels/wrapping.hpp"
#include "m1bench/kernels/prepared.hpp"
#include "m1bench/tensor/tensor.hpp"

namespace m1bench {
namespace {

template <class Lanes, class T, class Sum>
class DenseSums {
 public:
  DenseSums(const DenseShape& shape, const T* weights, const Sum* bias, T x_zero)
      : shape_(shape), depth_((shape.in + kStep - 1) / kStep * kStep), x_(Shape{depth_}), weights_(Shape{shape.out * depth_}),
        bias_(static_cast<std::size_t>(shape.out)) {
    for (std::int64_t k = 0; k < shape.out; ++k) {
      std::copy_n(weights + k * shape.in, shape.in, weights_.data() + k * depth_);
      Sum sum = bias ? bias[k] : Sum{0};
      if constexpr (std::is_integral_v<T>) {
        sum = wrapping_sum(sum, zero_share(x_zero, weights + k * shape.in, shape.in, 1));
      }
      bias_[static_cast<std::size_t>(k)] = sum;
    }
  }

  // Calls done(index in y, k, sum with its bias) for every output of every row.
  template <class Done>
  void run(const T* x, const Done& done) {
    static constexpr auto kTable = tile_functions(std::make_index_sequence<kOutputs>{});
    for (std::int64_t row = 0; row < shape_.rows; ++row) {
      const Packed* packed = with_zeros(x + row * shape_.in);
      // In tiles of nearly one size.
      std::int64_t k = 0;
      for (std::int64_t tiles = (shape_.out + kOutputs - 1) / kOutputs; tiles > 0; --tiles) {
        const std::int64_t outputs = (shape_.out - k + tiles - 1) / tiles;
        Sum sums[kOutputs];
        kTable[static_cast<std::size_t>(outputs - 1)](packed, weights_.data() + k * depth_, depth_, sums);
        for (std::int64_t i = 0; i < outputs; ++i, ++k) {
          done(row * shape_.out + k, k, wrapping_sum(sums[i], bias_[static_cast<std::size_t>(k)]));
        }
      }
    }
  }

 private:
  using Packed = typename Lanes::Packed;
  // Two vectors a step, with sums of their own: additions of floats take several cycles each.
  static constexpr std::int64_t kVector = Lanes::kLanes * Lanes::kGroup, kStep = 2 * kVector;
  static constexpr std::size_t kOutputs = 5;
  using TileFunction = void (*)(const Packed*, const T*, std::int64_t, Sum*);

  const Packed* with_zeros(const T* x) {
    if constexpr (std::is_same_v<T, Packed>) {
      if (shape_.in == depth_) return x;
    }
    std::copy_n(x, shape_.in, x_.data());
    return x_.data();
  }

  template <std::size_t... kIndex>
  static constexpr std::array<TileFunction, sizeof...(kIndex)> tile_functions(std::index_sequence<kIndex...>) {
    return {{&tile<kIndex + 1>...}};
  }

  template <std::size_t kCount>
  static void tile(const Packed* x, const T* weights, std::int64_t depth, Sum* to) {
    typename Lanes::Vector sums[kCount][2];
    for (auto& both : sums) both[0] = both[1] = Lanes::zero();
    for (std::int64_t i = 0; i < depth; i += kStep) {
      const auto first = Lanes::load_columns(x + i), second = Lanes::load_columns(x + i + kVector);
      for (std::size_t k = 0; k < kCount; ++k) {
        const T* at = weights + static_cast<std::int64_t>(k) * depth + i;
        sums[k][0] = Lanes::multiply_add(sums[k][0], first, Lanes::widen(at));
        sums[k][1] = Lanes::multiply_add(sums[k][1], second, Lanes::widen(at + kVector));
      }
    }
    for (std::size_t k = 0; k < kCount; ++k) to[k] = total(Lanes::add(sums[k][0], sums[k][1]));
  }

  static Sum total(typename Lanes::Vector vector) {
    Sum parts[Lanes::kLanes], sum{0};
    Lanes::store(parts, vector);
    for (const Sum part : parts) sum = wrapping_sum(sum, part);
    return sum;
  }

  DenseShape shape_;
  std::int64_t depth_;  // of a row, with the zeros behind it
  Tensor<Packed> x_;
  Tensor<T> weights_;
  std::vector<Sum> bias_;
};

}  // namespace

PreparedKernel<float> prepare_fully_connected(const DenseShape& shape, const FloatOutput& output, const float* weights) {
  const auto sums = std::make_shared<DenseSums<F32Lanes, float, float>>(shape, weights, output.bias, 0.0f);
  return [sums, min = output.min, max = output.max](const float* x, float* y) {
    sums->run(x, [&](std::int64_t i, std::int64_t, float sum) { y[i] = std::clamp(sum, min, max); });
  };
}

PreparedKernel<std::int8_t> prepare_fully_connected(const DenseShape& shape, const RealOutput& output,
                                                    const std::int8_t* weights) {
  const auto sums = std::make_shared<DenseSums<I8Lanes, std::int8_t, std::int32_t>>(shape, weights, output.bias,
                                                                                    static_cast<std::int8_t>(output.x_zero));
  return [sums, factors = std::vector<double>(output.factors.begin(), output.factors.end()), zero = output.y_zero,
          range = output.range](const std::int8_t* x, std::int8_t* y) {
    sums->run(x, [&](std::int64_t i, std::int64_t k, std::int32_t sum) {
      const auto steps = static_cast<std::int64_t>(std::round(sum * factors[static_cast<std::size_t>(k)]));
      y[i] = static_cast<std::int8_t>(std::clamp<std::int64_t>(steps + zero, range.min, range.max));
    });
  };
}

}  // namespace m1bench
