// SPDX-License-Identifier: Apache-2.0
#include "stats/diagnostics.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <vector>

#include "m1bench/core/check.hpp"
#include "stats/distributions.hpp"
#include "stats/robust.hpp"
#include "stats/welch.hpp"

namespace m1bench {
namespace {

double squared(double value) { return value * value; }

// t values that are alike take t (t - 1) (2 t + 5) / 18 from the variance of Kendall's score; all values, that variance.
double score_variance(std::size_t alike) {
  const auto t = static_cast<double>(alike);
  return t * (t - 1) * (2 * t + 5) / 18;
}

double quantile_of_sorted(std::span<const double> ordered, double p) {
  const double position = p * static_cast<double>(ordered.size() - 1);
  const auto below = static_cast<std::size_t>(position);
  const std::size_t above = std::min(below + 1, ordered.size() - 1);
  return ordered[below] + (position - static_cast<double>(below)) * (ordered[above] - ordered[below]);
}

ErrorTerm error_of_mean(std::span<const double> values) {
  const auto count = static_cast<double>(values.size());
  return {standard_deviation(values) / std::sqrt(count), count - 1};
}

double in_units_of(double distance, double unit) {
  if (distance == 0) return 0;
  return unit > 0 ? distance / unit : std::copysign(std::numeric_limits<double>::infinity(), distance);
}

}  // namespace

double lag1_autocorrelation(std::span<const double> values) {
  const double middle = mean(values);
  double together = 0, alone = 0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    alone += squared(values[i] - middle);
    if (i > 0) together += (values[i - 1] - middle) * (values[i] - middle);
  }
  return alone > 0 ? together / alone : 0;
}

Trend trend(std::span<const double> values) {
  Trend result;
  for (std::size_t later = 1; later < values.size(); ++later) {
    for (std::size_t earlier = 0; earlier < later; ++earlier) {
      result.score += (values[later] > values[earlier]) - (values[later] < values[earlier]);
    }
  }
  double variance = score_variance(values.size());
  std::vector<double> ordered(values.begin(), values.end());
  std::sort(ordered.begin(), ordered.end());
  for (auto first = ordered.begin(); first != ordered.end();) {
    const auto last = std::upper_bound(first, ordered.end(), *first);
    variance -= score_variance(static_cast<std::size_t>(last - first));
    first = last;
  }
  // The score moves in steps of two, so the normal curve is read half a step nearer to zero.
  const double beyond = static_cast<double>(std::abs(result.score)) - 1;
  if (variance > 0 && beyond > 0) result.p_value = 2 * normal_upper_tail(beyond / std::sqrt(variance));
  return result;
}

double interquartile_share(std::span<const double> values) {
  for (const double value : values) check(value > 0, "a share of the median needs positive values");
  const double middle = median(values);
  std::vector<double> ordered(values.begin(), values.end());
  std::sort(ordered.begin(), ordered.end());
  return (quantile_of_sorted(ordered, 0.75) - quantile_of_sorted(ordered, 0.25)) / middle;
}

std::optional<TwoClusters> two_clusters(std::span<const double> values) {
  const std::size_t count = values.size(), smallest = std::max<std::size_t>(3, (count + 4) / 5);
  if (count < kMinClustered) return std::nullopt;
  std::vector<double> ordered(values.begin(), values.end());
  std::sort(ordered.begin(), ordered.end());
  TwoClusters best;
  for (std::size_t cut = smallest; cut <= count - smallest; ++cut) {
    const std::span<const double> lower(ordered.data(), cut), upper(ordered.data() + cut, count - cut);
    const double within = static_cast<double>(cut - 1) * squared(standard_deviation(lower)) +
                          static_cast<double>(count - cut - 1) * squared(standard_deviation(upper));
    const double distance = mean(upper) - mean(lower);
    const double separation = in_units_of(distance, std::sqrt(within / static_cast<double>(count - 2)));
    if (separation > best.separation) best = {cut, distance, separation};
  }
  return best;
}

bool bimodal(std::span<const double> values) {
  const std::optional<TwoClusters> clusters = two_clusters(values);
  return clusters && clusters->separation > 4.5 + 50 / static_cast<double>(values.size());
}

std::optional<GroupEffect> group_effect(std::span<const double> first, std::span<const double> second) {
  if (first.size() < 2 || second.size() < 2) return std::nullopt;
  const std::array<ErrorTerm, 2> terms = {error_of_mean(first), error_of_mean(second)};
  const ErrorTerm error = sum_of_errors(terms);
  const double difference = mean(first) - mean(second);
  const double t = std::abs(in_units_of(difference, error.standard_error));
  return GroupEffect{difference, 2 * student_t_upper_tail(t, error.degrees)};
}

}  // namespace m1bench
