// SPDX-License-Identifier: Apache-2.0
// A vector of channels at a time, for four neighbouring pixels that share its weights.
#include <memory>
#include <type_traits>

#include "kernels/outputs.hpp"
#include "kernels/padded_image.hpp"
#include "kernels/wrapping.hpp"
#include "m1bench/core/check.hpp"
#include "m1bench/kernels/prepared.hpp"
#include "m1bench/tensor/tensor.hpp"

namespace m1bench {
namespace {

template <class Finish>
class DepthwiseConv {
 public:
  using T = typename Finish::Element;
  using Sum = typename Finish::Sum;

  template <class Output>
  DepthwiseConv(const Windows& windows, std::int64_t multiplier, const Output& output, T x_zero, const T* weights)
      : windows_(windows), k_(windows.c * multiplier), image_(windows, multiplier, x_zero, kLanes), finish_(output, k_),
        offsets_(image_.taps()), sums_(Shape{kStrip * kLanes}) {
    const auto taps = static_cast<std::int64_t>(offsets_.size());
    weights_ = Tensor<Number>(Shape{padded() * taps});
    bias_ = Tensor<Number>(Shape{padded()});
    for (std::int64_t k = 0; k < k_; ++k) {
      for (std::int64_t tap = 0; tap < taps; ++tap) {
        const std::int64_t at = (k / kLanes * taps + tap) * kLanes + k % kLanes;
        weights_[static_cast<std::size_t>(at)] = static_cast<Number>(weights[tap * k_ + k]);
      }
      Sum sum = output.bias ? output.bias[k] : Sum{0};
      if constexpr (std::is_integral_v<T>) sum = wrapping_sum(sum, zero_share(x_zero, weights + k, taps, k_));
      bias_[static_cast<std::size_t>(k)] = static_cast<Number>(sum);
    }
  }

  void run(const T* x, T* y) {
    const WindowAxis &height = windows_.height, &width = windows_.width;
    for (std::int64_t n = 0; n < windows_.n; ++n, x += height.extent * width.extent * windows_.c) {
      image_.load(x);
      for (std::int64_t channel = 0; channel < k_; channel += kLanes) {
        for (std::int64_t row = 0; row < height.out(); ++row) {
          run_row(channel, row, y + (n * height.out() + row) * width.out() * k_);
        }
      }
    }
  }

 private:
  // Numbers of 8 bits are kept as 16, and their sums wrap.
  static constexpr bool kInteger = std::is_integral_v<T>;
  using Packed = std::conditional_t<kInteger, std::int16_t, float>;
  using Number = std::conditional_t<kInteger, std::uint32_t, float>;
  static constexpr std::int64_t kLanes = Finish::Lanes::kLanes, kStrip = 64;
  typedef Packed PackedVector __attribute__((vector_size(kLanes * sizeof(Packed))));
  typedef Number Vector __attribute__((vector_size(kLanes * sizeof(Number))));

  template <class V>
  static V load(const void* from) {
    V value;
    std::memcpy(&value, from, sizeof value);
    return value;
  }
  std::int64_t padded() const { return (k_ + kLanes - 1) / kLanes * kLanes; }

  void run_row(std::int64_t channel, std::int64_t row, T* y) {
    const std::int64_t pixel = windows_.width.stride * image_.pixel(), out_w = windows_.width.out();
    const Packed* x = image_.data() + row * windows_.height.stride * image_.row() + channel;
    for (std::int64_t first = 0; first < out_w; first += kStrip, x += kStrip * pixel) {
      const std::int64_t pixels = std::min(kStrip, out_w - first);
      std::int64_t i = 0;
      for (; i + 4 <= pixels; i += 4) add_taps<4>(x + i * pixel, pixel, channel, sums_.data() + i * kLanes);
      for (; i < pixels; ++i) add_taps<1>(x + i * pixel, pixel, channel, sums_.data() + i * kLanes);
      finish(finish_, {sums_.data(), kLanes, 0, 1, 1, pixels}, channel, std::min(k_, channel + kLanes), k_, y + first * k_);
    }
  }

  template <int kPixels>
  void add_taps(const Packed* x, std::int64_t pixel, std::int64_t channel, Sum* to) const {
    Vector sums[kPixels];
    for (Vector& sum : sums) sum = load<Vector>(bias_.data() + channel);
    const Number* weights = weights_.data() + channel * static_cast<std::int64_t>(offsets_.size());
    for (const std::int64_t offset : offsets_) {
      const auto weight = load<Vector>(weights);
      weights += kLanes;
      for (int i = 0; i < kPixels; ++i) {
        sums[i] += __builtin_convertvector(load<PackedVector>(x + offset + i * pixel), Vector) * weight;
      }
    }
    std::memcpy(to, sums, sizeof sums);
  }

  Windows windows_;
  std::int64_t k_;
  PaddedImage<T, Packed> image_;
  Finish finish_;
  std::vector<std::int64_t> offsets_;
  Tensor<Number> weights_, bias_;
  Tensor<Sum> sums_;
};

template <class Finish, class T, class Output>
PreparedKernel<T> prepare(const Windows& windows, std::int64_t multiplier, const Output& output, T x_zero, const T* weights) {
  check(can_prepare(windows), "an image with little padding");
  const auto kernel = std::make_shared<DepthwiseConv<Finish>>(windows, multiplier, output, x_zero, weights);
  return [kernel](const T* x, T* y) { kernel->run(x, y); };
}

}  // namespace

PreparedKernel<float> prepare_depthwise_conv2d(const Windows& windows, std::int64_t multiplier, const FloatOutput& output,
                                               const float* weights) {
  return prepare<FloatFinish>(windows, multiplier, output, 0.0f, weights);
}

PreparedKernel<std::int8_t> prepare_depthwise_conv2d(const Windows& windows, std::int64_t multiplier,
                                                     const QuantizedOutput& output, const std::int8_t* weights) {
  return prepare<QuantizedFinish>(windows, multiplier, output, static_cast<std::int8_t>(output.x_zero), weights);
}

}  // namespace m1bench
