// SPDX-License-Identifier: Apache-2.0
#include "stats/welch.hpp"

#include <algorithm>
#include <cmath>

#include "m1bench/core/check.hpp"

namespace m1bench {

ErrorTerm sum_of_errors(std::span<const ErrorTerm> terms) {
  double largest = 0;
  for (const ErrorTerm& term : terms) {
    check(term.standard_error >= 0 && std::isfinite(term.standard_error) && term.degrees > 0,
          "an error is finite, not negative, and has positive degrees of freedom");
    largest = std::max(largest, term.standard_error);
  }
  ErrorTerm sum;
  if (largest == 0) return sum;
  double variance = 0, squares = 0;
  for (const ErrorTerm& term : terms) {  // in units of the largest: fourth powers of small errors would vanish
    const double share = term.standard_error / largest * (term.standard_error / largest);
    variance += share;
    squares += share * share / term.degrees;
  }
  sum.standard_error = largest * std::sqrt(variance);
  if (squares > 0) sum.degrees = variance * variance / squares;
  return sum;
}

}  // namespace m1bench
