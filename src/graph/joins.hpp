// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "m1bench/graph/graph.hpp"

namespace m1bench {

inline constexpr int kNotJoined = -1;

// Which operators are computed together with which, by operator.
struct Joins {
  std::vector<int> pool_of;  // of a convolution: the maximum pool that its own kernel does, or kNotJoined
  std::vector<bool> done;    // of a pool: that it is
};

// Of a validated graph: every maximum pool that alone reads what a convolution gives, and whose windows neither overlap nor leave
// the image, such that it commutes with what becomes of the sums (m1bench/kernels/prepared.hpp).
Joins find_joins(const Graph& graph);

}  // namespace m1bench
