// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <span>

namespace m1bench {

// Signs that a case's blocks are not what the interval takes them for: independent, of one kind, scattered about one value.
// Values are finite. Negating every one negates differences and scores and leaves everything else as it is, to the last bit.

// How alike neighbours are: r_1 = sum (d_b - m)(d_{b+1} - m) / sum (d_b - m)^2, m the mean. 0 where all values are equal. Of
// independent values it is about -1/B, and over 2 / sqrt(B) once in some hundred cases.
// Source: Box, Jenkins and Reinsel, Time Series Analysis, 2.1.
double lag1_autocorrelation(std::span<const double> values);

struct Trend {
  long score = 0;      // pairs that rise from the earlier to the later value, less those that fall
  double p_value = 1;  // two-sided; by the normal approximation, good from about 10 values on, with ties and continuity
};

// Mann and Kendall's test for a trend over the order given. O(n^2).
// Source: Mann, Econometrica 13 (1945); Kendall, Rank Correlation Methods (1975), ch. 4.
Trend trend(std::span<const double> values);

// The distance between the quartiles as a share of the median; values are positive, at least one. Quartiles lie on the line
// between neighbours in order. Source: Hyndman and Fan, Am. Statist. 50 (1996), definition 7.
double interquartile_share(std::span<const double> values);

// The values cut into two groups, each at least three and a fifth of all, so that they are furthest apart for their width.
struct TwoClusters {
  std::size_t lower = 0;  // how many values are in the lower group
  double distance = 0;    // from the lower group's mean to the upper group's
  double separation = 0;  // the same in standard deviations within the groups; infinite if these have no width
};

inline constexpr std::size_t kMinClustered = 12;

// Nothing below kMinClustered values. A normal sample has a separation of its own, for a cut is always found: see bimodal.
// A fifth for the smaller group, because fewer are outliers, which the trimmed mean withstands. O(n^2 log n).
// Source: Engelman and Hartigan, J. Am. Statist. Assoc. 64 (1969).
std::optional<TwoClusters> two_clusters(std::span<const double> values);

// Whether two_clusters finds a separation over 4.5 + 50 / n: what a sample of one kind exceeds in fewer than 1 % of cases,
// simulated for n = 12 to 40 and for normal, uniform, t3, exponential and lognormal (sigma = 1) values.
// Of two kinds ten standard deviations apart it finds four pairs in five at n = 12; at n = 20, nearly all.
bool bimodal(std::span<const double> values);

struct GroupEffect {
  double difference = 0;  // mean of `first` less mean of `second`
  double p_value = 1;     // two-sided, by Welch's t
};

// Whether a circumstance that sorts blocks into two groups, such as which worker was started first, changes their values.
// Nothing with fewer than two values in a group. Source: Welch, Biometrika 34 (1947).
std::optional<GroupEffect> group_effect(std::span<const double> first, std::span<const double> second);

}  // namespace m1bench
