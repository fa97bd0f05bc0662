// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>

namespace m1bench {

// All of these take values in any order, at least one of them, and leave them alone. Each is exactly odd: negating every
// value negates the result to the last bit, because sums run over the sorted values in pairs from both ends. That is what
// makes a comparison with its labels swapped come out as exactly its mirror image.

double median(std::span<const double> values);
double mean(std::span<const double> values);

// The sample standard deviation (n - 1). 0 for one value.
double standard_deviation(std::span<const double> values);

// How many of `count` values a trim of `fraction` cuts at each end: floor(fraction * count).
std::size_t trimmed_each_end(std::size_t count, double fraction);

// The mean of what is left after cutting `fraction` (below 0.5) of the values at each end.
double trimmed_mean(std::span<const double> values, double fraction);

// The sample standard deviation (n - 1) after the values a trim would cut have been set to the nearest one left. 0 for one
// value.
double winsorised_sd(std::span<const double> values, double fraction);

// The median of the means of all pairs, each value with itself included: n (n + 1) / 2 of them.
// Source: Hodges and Lehmann, Ann. Math. Statist. 34 (1963).
double hodges_lehmann(std::span<const double> values);

// Of positive values.
double geometric_mean(std::span<const double> values);

}  // namespace m1bench
