// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace m1bench {

// The value that a Student t variable with `degrees` > 0 degrees of freedom exceeds with probability 1 - p; 0 < p < 1.
double student_t_quantile(double p, double degrees);

}  // namespace m1bench
