// SPDX-License-Identifier: Apache-2.0
#include "stats/robust.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "m1bench/core/check.hpp"

namespace m1bench {
namespace {

std::vector<double> sorted(std::span<const double> values) {
  check(!values.empty(), "statistics need at least one value");
  std::vector<double> result(values.begin(), values.end());
  std::sort(result.begin(), result.end());
  return result;
}

double symmetric_sum(std::span<const double> ordered) {
  const std::size_t n = ordered.size();
  double sum = n % 2 == 1 ? ordered[n / 2] : 0;
  for (std::size_t i = 0; i < n / 2; ++i) sum += ordered[i] + ordered[n - 1 - i];
  return sum;
}

double mean_of_sorted(std::span<const double> ordered) {
  return symmetric_sum(ordered) / static_cast<double>(ordered.size());
}

double median_of_sorted(std::span<const double> ordered) {
  const std::size_t n = ordered.size();
  return n % 2 == 1 ? ordered[n / 2] : ordered[n / 2 - 1] / 2 + ordered[n / 2] / 2;  // halved first: no overflow
}

}  // namespace

double median(std::span<const double> values) { return median_of_sorted(sorted(values)); }

double mean(std::span<const double> values) { return trimmed_mean(values, 0); }

double standard_deviation(std::span<const double> values) { return winsorised_sd(values, 0); }

std::size_t trimmed_each_end(std::size_t count, double fraction) {
  check(fraction >= 0 && fraction < 0.5, "a trim leaves something in the middle");
  // 0.2 is a little more than a fifth in binary, so 0.2 * 5 k never rounds below k.
  return static_cast<std::size_t>(fraction * static_cast<double>(count));
}

double trimmed_mean(std::span<const double> values, double fraction) {
  const std::vector<double> ordered = sorted(values);
  const std::size_t cut = trimmed_each_end(ordered.size(), fraction);
  return mean_of_sorted(std::span(ordered).subspan(cut, ordered.size() - 2 * cut));
}

double winsorised_sd(std::span<const double> values, double fraction) {
  std::vector<double> ordered = sorted(values);
  const std::size_t n = ordered.size(), cut = trimmed_each_end(n, fraction);
  if (n < 2) return 0;
  for (std::size_t i = 0; i < cut; ++i) {
    ordered[i] = ordered[cut];
    ordered[n - 1 - i] = ordered[n - 1 - cut];
  }
  const double mean = mean_of_sorted(ordered);
  for (double& value : ordered) value = (value - mean) * (value - mean);
  return std::sqrt(symmetric_sum(ordered) / static_cast<double>(n - 1));
}

double hodges_lehmann(std::span<const double> values) {
  const std::vector<double> ordered = sorted(values);
  std::vector<double> means;
  means.reserve(ordered.size() * (ordered.size() + 1) / 2);
  for (std::size_t i = 0; i < ordered.size(); ++i) {
    for (std::size_t j = i; j < ordered.size(); ++j) means.push_back(ordered[i] / 2 + ordered[j] / 2);
  }
  return median(means);
}

double geometric_mean(std::span<const double> values) {
  std::vector<double> logs;
  logs.reserve(values.size());
  for (const double value : values) logs.push_back(std::log(value));
  return std::exp(mean_of_sorted(sorted(logs)));
}

}  // namespace m1bench
