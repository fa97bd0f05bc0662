// SPDX-License-Identifier: Apache-2.0
#include <memory>

#include "kernels/direct_conv.hpp"
#include "m1bench/core/check.hpp"

namespace m1bench {
namespace {

// Windows of one pixel see a whole batch as one long row.
Windows flattened(const Windows& windows) {
  const WindowAxis &height = windows.height, &width = windows.width;
  if (height.window * width.window * height.stride * width.stride != 1) return windows;
  return {1, windows.c, {}, {windows.n * height.extent * width.extent}};
}

template <class Finish, class T, class Output>
PreparedKernel<T> prepare(const Windows& windows, std::int64_t k, const Output& output, T x_zero, const T* weights,
                          JoinedPool pool) {
  check(can_prepare(windows), "an image with little padding");
  const bool pools = pool.rows * pool.columns > 1;
  const auto kernel =
      std::make_shared<DirectConv<Finish>>(pools ? windows : flattened(windows), k, output, x_zero, weights, pool);
  return [kernel](const T* x, T* y) { kernel->run(x, y); };
}

}  // namespace

bool can_prepare(const Windows& windows) { return pads_little(windows); }

PreparedKernel<float> prepare_conv2d(const Windows& windows, std::int64_t k, const FloatOutput& output, const float* weights,
                                     JoinedPool pool) {
  return prepare<FloatFinish>(windows, k, output, 0.0f, weights, pool);
}

PreparedKernel<std::int8_t> prepare_conv2d(const Windows& windows, std::int64_t k, const QuantizedOutput& output,
                                           const std::int8_t* weights, JoinedPool pool) {
  const auto grows = [](const FixedPoint& factor) { return factor.shift > 0; };
  check(pool.rows * pool.columns == 1 || std::none_of(output.factors.begin(), output.factors.end(), grows),
        "factors that never fall where a sum grows");
  const auto zero = static_cast<std::int8_t>(output.x_zero);
  return prepare<QuantizedFinish>(windows, k, output, zero, weights, pool);
}

}  // namespace m1bench
