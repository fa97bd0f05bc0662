// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <vector>

namespace m1bench {

// p-values (each in [0, 1], none or more) adjusted for their number, in the order given. Rejecting where the adjusted value is
// below a level alpha bounds, among all these tests,

// the probability of even one false rejection, however the tests depend on one another.
// Source: Holm, Scand. J. Statist. 6 (1979).
std::vector<double> holm(std::span<const double> p_values);

// the expected share of false ones among the rejections, for independent or positively dependent tests.
// Source: Benjamini and Hochberg, J. R. Statist. Soc. B 57 (1995); Benjamini and Yekutieli, Ann. Statist. 29 (2001).
std::vector<double> benjamini_hochberg(std::span<const double> p_values);

}  // namespace m1bench
