// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>

#include "m1bench/kernels/windowed.hpp"

// The operators of windowed.hpp made ready for many runs with the same weights, by the vector instructions of the slice's tier:
// what does not depend on x (weights in the order in which they are read, zero points folded into the bias, all memory) is done
// once. Of int8 the results are those of windowed.hpp bit for bit; of f32 sums are taken in another order, fused or not.
namespace m1bench {

// y of x, whose shapes are those the kernel was made for; x and y do not alias. Allocates nothing. Calls share the kernel's
// memory, as do those of its copies, and must not overlap in time.
template <class T>
using PreparedKernel = std::function<void(const T* x, T* y)>;

// A maximum pool whose windows do not overlap, straight behind a convolution: the largest of each rows x columns of its pixels;
// what is left over at the end of an axis is dropped. Since a factor below 1 and a clamp never fall where a sum grows, the
// largest result is the result of the largest sum, and only that is scaled.
struct JoinedPool {
  std::int64_t rows = 1, columns = 1;
};

// Whether a convolution over these windows can be made ready: it copies each image with its padding, which must not be many
// times as large as the image.
bool can_prepare(const Windows& windows);

// Nothing of `output` or `weights` is looked at after these return. They throw Error(internal) unless can_prepare(windows), and
// std::bad_alloc. Of a convolution y is (n, out_h / pool.rows, out_w / pool.columns, k); with a pool of more than one pixel no
// factor may have a left shift.
PreparedKernel<float> prepare_conv2d(const Windows& windows, std::int64_t k, const FloatOutput& output, const float* weights,
                                     JoinedPool pool = {});
PreparedKernel<std::int8_t> prepare_conv2d(const Windows& windows, std::int64_t k, const QuantizedOutput& output,
                                           const std::int8_t* weights, JoinedPool pool = {});

PreparedKernel<float> prepare_depthwise_conv2d(const Windows& windows, std::int64_t multiplier, const FloatOutput& output,
                                               const float* weights);
PreparedKernel<std::int8_t> prepare_depthwise_conv2d(const Windows& windows, std::int64_t multiplier,
                                                     const QuantizedOutput& output, const std::int8_t* weights);

PreparedKernel<float> prepare_fully_connected(const DenseShape& shape, const FloatOutput& output, const float* weights);
PreparedKernel<std::int8_t> prepare_fully_connected(const DenseShape& shape, const RealOutput& output,
                                                    const std::int8_t* weights);

PreparedKernel<float> prepare_max_pool(const Windows& windows, const FloatOutput& output);
PreparedKernel<std::int8_t> prepare_max_pool(const Windows& windows, Range8 range);
PreparedKernel<float> prepare_average_pool(const Windows& windows, const FloatOutput& output);
PreparedKernel<std::int8_t> prepare_average_pool(const Windows& windows, Range8 range);

}  // namespace m1bench
