// SPDX-License-Identifier: Apache-2.0
#include "stats/multiple.hpp"

#include <algorithm>
#include <cstddef>
#include <numeric>

#include "m1bench/core/check.hpp"

namespace m1bench {
namespace {

// Where the smallest value stands, the second smallest, ...
std::vector<std::size_t> ascending(std::span<const double> p_values) {
  for (const double p : p_values) check(p >= 0 && p <= 1, "a p-value lies between 0 and 1");
  std::vector<std::size_t> order(p_values.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return p_values[a] < p_values[b]; });
  return order;
}

}  // namespace

std::vector<double> holm(std::span<const double> p_values) {
  const std::vector<std::size_t> order = ascending(p_values);
  std::vector<double> adjusted(order.size());
  double least = 0;  // a test is not rejected before those with smaller p-values
  for (std::size_t rank = 0; rank < order.size(); ++rank) {
    const auto left = static_cast<double>(order.size() - rank);
    least = std::max(least, std::min(1.0, left * p_values[order[rank]]));
    adjusted[order[rank]] = least;
  }
  return adjusted;
}

std::vector<double> benjamini_hochberg(std::span<const double> p_values) {
  const std::vector<std::size_t> order = ascending(p_values);
  const auto count = static_cast<double>(order.size());
  std::vector<double> adjusted(order.size());
  double most = 1;  // a test is rejected together with every one that has a larger p-value and is
  for (std::size_t rank = order.size(); rank > 0; --rank) {
    most = std::min(most, count / static_cast<double>(rank) * p_values[order[rank - 1]]);  // never below the value itself
    adjusted[order[rank - 1]] = most;
  }
  return adjusted;
}

}  // namespace m1bench
