// SPDX-License-Identifier: Apache-2.0
#include "stats/distributions.hpp"

// Otherwise it computes in long double, which is another type on every system, and so would be the last digits.
#define BOOST_MATH_PROMOTE_DOUBLE_POLICY false
#include <boost/math/distributions/beta.hpp>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/students_t.hpp>

#include "m1bench/core/check.hpp"

namespace m1bench {

using boost::math::complement;

double student_t_quantile(double p, double degrees) {
  check(p > 0 && p < 1 && degrees > 0, "a quantile needs 0 < p < 1 and positive degrees of freedom");
  return boost::math::quantile(boost::math::students_t(degrees), p);
}

double student_t_upper_tail(double t, double degrees) {
  check(t == t && degrees > 0, "a tail needs a number and positive degrees of freedom");
  return boost::math::cdf(complement(boost::math::students_t(degrees), t));
}

double normal_quantile(double p) {
  check(p > 0 && p < 1, "a quantile needs 0 < p < 1");
  return boost::math::quantile(boost::math::normal(), p);
}

double normal_upper_tail(double z) {
  check(z == z, "a tail needs a number");
  return boost::math::cdf(complement(boost::math::normal(), z));
}

Interval clopper_pearson(std::uint64_t successes, std::uint64_t trials, double confidence) {
  check(trials > 0 && successes <= trials, "a share needs trials, and no more successes than those");
  check(confidence > 0 && confidence < 1, "a confidence lies between 0 and 1");
  const auto yes = static_cast<double>(successes), no = static_cast<double>(trials - successes);
  const double outside = (1 - confidence) / 2;
  Interval share{0, 1};
  if (yes > 0) share.low = boost::math::quantile(boost::math::beta_distribution<>(yes, no + 1), outside);
  if (no > 0) share.high = boost::math::quantile(complement(boost::math::beta_distribution<>(yes + 1, no), outside));
  return share;
}

}  // namespace m1bench
