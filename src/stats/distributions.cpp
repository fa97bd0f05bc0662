// SPDX-License-Identifier: Apache-2.0
#include "stats/distributions.hpp"

#include <boost/math/distributions/students_t.hpp>

#include "m1bench/core/check.hpp"

namespace m1bench {

double student_t_quantile(double p, double degrees) {
  check(p > 0 && p < 1 && degrees > 0, "a quantile needs 0 < p < 1 and positive degrees of freedom");
  return boost::math::quantile(boost::math::students_t(degrees), p);
}

}  // namespace m1bench
