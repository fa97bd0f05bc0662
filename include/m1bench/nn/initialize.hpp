// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>

namespace m1bench {

// Uniform in [-limit, limit) with limit = sqrt(6 / (fan_in + fan_out)), the same bits in every slice. For a convolution the
// fans are r*s*in and r*s*out.
// Source: Glorot and Bengio, "Understanding the difficulty of training deep feedforward neural networks", AISTATS 2010.
void glorot_uniform(std::span<float> weights, std::int64_t fan_in, std::int64_t fan_out, std::uint64_t seed,
                    std::uint64_t stream);

}  // namespace m1bench
