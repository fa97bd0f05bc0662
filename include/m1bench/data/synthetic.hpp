// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "m1bench/data/dataset.hpp"

// Data sets made from a seed, with the shapes of the real ones and something to learn in them. The same bits on every
// architecture: Philox integers, integer arithmetic, and one rounding to float where the result is a float.
//
// Row r is the same whatever `first_row` is, so a held-out evaluation set is simply later rows. About 10 us of a current
// core for each CIFAR row. Throws Error(internal) if rows or first_row is negative.
namespace m1bench {

// 28x28x1 and 32x32x3 images of ten equally likely classes. The label is a noisy function of the image, so that accuracy
// rises over several epochs and then stays near 0.8, the best that any network can do.
Dataset synthetic_mnist(std::int64_t rows, std::int64_t first_row, std::uint64_t seed);
Dataset synthetic_cifar10(std::int64_t rows, std::int64_t first_row, std::uint64_t seed);

// 100 features uniform in [-1, 1); the target is a random linear function of them plus the absolute value of another one
// plus noise of standard deviation 0.05. Targets have a standard deviation near 0.85.
Dataset synthetic_regression(std::int64_t rows, std::int64_t first_row, std::uint64_t seed);

}  // namespace m1bench
