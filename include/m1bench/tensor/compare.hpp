// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "m1bench/tensor/array.hpp"

namespace m1bench {

// The right answer of a case, and how far from it a correct kernel may be: |answer[i] - values[i]| <= bounds[i].
struct Reference {
  std::vector<double> values;
  std::vector<float> bounds;
};

// How far rounding may carry a sum of n products, relative to sum |a_i||b_i|, with unit roundoff u: lambda*sqrt(n)*u with
// lambda = 6, which mean-zero rounding errors exceed with probability below 2n*exp(-18).
// Source: Higham and Mary, "A new approach to probabilistic rounding error analysis", SIAM J. Sci. Comput. 41 (2019), Thm 2.4.
double rounding_bound(std::int64_t n, double unit_roundoff);

inline constexpr double kUnitRoundoffF32 = 0x1p-24;
inline constexpr double kUnitRoundoffF64 = 0x1p-53;

// What comparing an answer with its reference found. `worst` is the element furthest beyond (or nearest to) its bound.
struct Deviation {
  std::size_t elements = 0;
  std::size_t zeros = 0;     // elements of the answer that are zero or denormal
  std::size_t wrong = 0;     // elements beyond their bound, or not finite where the reference is
  std::size_t worst = 0;     // flat index
  double got = 0, want = 0, bound = 0;
  double worst_ratio = 0;    // |got - want| / bound at `worst`
  bool same_size = true;
  bool ok() const { return same_size && wrong == 0; }
};

// `answer` is f32, f64, i8 or i32.
Deviation compare(const ArrayView& answer, const Reference& reference);

}  // namespace m1bench
