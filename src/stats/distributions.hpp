// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace m1bench {

// Quantiles take 0 < p < 1 and return what the variable exceeds with probability 1 - p; upper tails are P(T > t), exact to
// the last few bits however small. Degrees of freedom are positive and may be infinite: then Student's t is the normal.

double student_t_quantile(double p, double degrees);
double student_t_upper_tail(double t, double degrees);
double normal_quantile(double p);
double normal_upper_tail(double z);

struct Interval {
  double low = 0;
  double high = 0;
};

// The interval for a share of which `successes` of `trials` (at least one) were seen, holding it with probability `confidence`
// (below 1) or more: it errs on the wide side. Source: Clopper and Pearson, Biometrika 26 (1934).
Interval clopper_pearson(std::uint64_t successes, std::uint64_t trials, double confidence);

}  // namespace m1bench
