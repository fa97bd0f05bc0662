// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <limits>
#include <span>

namespace m1bench {

// How well something is known: its standard error, and from how many degrees of freedom that error was itself estimated;
// infinitely many where it is known beforehand.
struct ErrorTerm {
  double standard_error = 0;
  double degrees = std::numeric_limits<double>::infinity();
};

// The error of a sum or difference of independent quantities, one term each: variances add up, and
//   degrees = (sum v_i)^2 / sum(v_i^2 / degrees_i),  v_i = standard_error_i^2,
// which lies between the smallest of the terms' degrees and their sum. Terms without error change nothing; the sum of none, or
// of only such, is known exactly. Source: Satterthwaite, Biometrics Bulletin 2 (1946); Welch, Biometrika 34 (1947).
ErrorTerm sum_of_errors(std::span<const ErrorTerm> terms);

}  // namespace m1bench
