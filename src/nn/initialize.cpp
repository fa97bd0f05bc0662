// SPDX-License-Identifier: Apache-2.0
#include "m1bench/nn/initialize.hpp"

#include <cmath>

#include "m1bench/tensor/fill.hpp"

namespace m1bench {

void glorot_uniform(std::span<float> weights, std::int64_t fan_in, std::int64_t fan_out, std::uint64_t seed,
                    std::uint64_t stream) {
  // Division and square root are correctly rounded everywhere; no other operation of <cmath> may be used here.
  const double limit = std::sqrt(6.0 / static_cast<double>(fan_in + fan_out));
  fill_uniform(weights, seed, stream, static_cast<float>(limit));
}

}  // namespace m1bench
