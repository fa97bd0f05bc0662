// SPDX-License-Identifier: Apache-2.0
#include "m1bench/nn/layer.hpp"

#include "m1bench/core/check.hpp"

namespace m1bench {

Shape with_batch(std::int64_t batch, const Shape& s) {
  switch (s.rank()) {
    case 0: return {batch};
    case 1: return {batch, s[0]};
    case 2: return {batch, s[0], s[1]};
    default: check(s.rank() == 3, "a sample has at most three axes"); return {batch, s[0], s[1], s[2]};
  }
}

Shape without_batch(const Shape& s) {
  switch (s.rank()) {
    case 1: return {};
    case 2: return {s[1]};
    case 3: return {s[1], s[2]};
    default: check(s.rank() == 4, "an activation has a batch axis"); return {s[1], s[2], s[3]};
  }
}

}  // namespace m1bench
