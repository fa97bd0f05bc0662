// SPDX-License-Identifier: Apache-2.0
#include "stats/change_points.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "m1bench/core/check.hpp"
#include "stats/distributions.hpp"
#include "stats/robust.hpp"

namespace m1bench {
namespace {

using Series = std::span<const double>;

double spread(double sum, std::size_t values, std::size_t others) {
  return values < 2 ? 0 : 2 * static_cast<double>(others) * sum / static_cast<double>(values - 1);
}

double squares_about(Series values, double centre) {
  double sum = 0;
  for (const double value : values) sum += (value - centre) * (value - centre);
  return sum;
}

// Student's t-test of equal means, with one variance for both sides.
ChangePoint judged(Series series, std::size_t begin, std::size_t at, std::size_t end) {
  const Series left = series.subspan(begin, at - begin), right = series.subspan(at, end - at);
  ChangePoint point{at, mean(left), mean(right), 1};
  const auto n = static_cast<double>(left.size()), m = static_cast<double>(right.size());
  if (n + m <= 2) return point;
  const double variance = (squares_about(left, point.before) + squares_about(right, point.after)) / (n + m - 2);
  const double error = std::sqrt(variance * (1 / n + 1 / m)), step = std::abs(point.after - point.before);
  if (error > 0) point.p = std::min(1.0, 2 * student_t_upper_tail(step / error, n + m - 2));
  if (error == 0 && step > 0) point.p = 0;
  return point;
}

// Points of one window, weak ones among them, as places in the window.
std::vector<std::size_t> split_window(Series window, double weak_p, std::size_t shortest) {
  std::vector<std::size_t> points;
  while (true) {
    BestSplit best;
    std::size_t begin_of_best = 0, end_of_best = 0;
    for (std::size_t i = 0; i <= points.size(); ++i) {
      const std::size_t begin = i == 0 ? 0 : points[i - 1], end = i == points.size() ? window.size() : points[i];
      const BestSplit split = best_split(window.subspan(begin, end - begin), shortest);
      if (split.at == 0 || split.distance <= best.distance) continue;
      best = {begin + split.at, split.distance};
      begin_of_best = begin;
      end_of_best = end;
    }
    if (best.at == 0 || judged(window, begin_of_best, best.at, end_of_best).p > weak_p) return points;
    points.insert(std::lower_bound(points.begin(), points.end(), best.at), best.at);
  }
}

// Windows start half a window or a change point after one another.
std::vector<std::size_t> weak_points(Series series, const ChangeOptions& options) {
  std::vector<std::size_t> points;
  std::size_t start = 0;
  while (start < series.size()) {
    const std::size_t size = std::min(options.window, series.size() - start);
    std::size_t last = 0;
    for (const std::size_t at : split_window(series.subspan(start, size), 10 * options.p, options.shortest)) {
      last = start + at;
      points.push_back(last);
    }
    start = std::max(last, start + options.window / 2);
  }
  std::sort(points.begin(), points.end());
  points.erase(std::unique(points.begin(), points.end()), points.end());
  return points;
}

std::vector<ChangePoint> judge_all(Series series, const std::vector<std::size_t>& points) {
  std::vector<ChangePoint> found;
  for (std::size_t i = 0; i < points.size(); ++i) {
    const std::size_t begin = i == 0 ? 0 : points[i - 1], end = i + 1 == points.size() ? series.size() : points[i + 1];
    found.push_back(judged(series, begin, points[i], end));
  }
  return found;
}

double step_of(const ChangePoint& point) { return std::abs(point.after - point.before); }

}  // namespace

BestSplit best_split(Series series, std::size_t shortest) {
  BestSplit best;
  const std::size_t count = series.size();
  if (shortest == 0 || count < 2 * shortest) return best;
  const auto distance = [&](std::size_t i, std::size_t j) { return std::abs(series[i] - series[j]); };
  // For each left side in turn: its inner distances, and as the right side grows, the distances within it and across.
  double within_left = 0;
  for (std::size_t t = 1; t + shortest <= count; ++t) {
    for (std::size_t i = 0; i + 1 < t; ++i) within_left += distance(i, t - 1);
    if (t < shortest) continue;
    double within_right = 0, across = 0;
    for (std::size_t k = t + 1; k <= count; ++k) {
      for (std::size_t i = 0; i < t; ++i) across += distance(i, k - 1);
      for (std::size_t i = t; i + 1 < k; ++i) within_right += distance(i, k - 1);
      const std::size_t n = t, m = k - t;
      if (m < shortest) continue;
      const double q = (2 * across - spread(within_left, n, m) - spread(within_right, m, n)) / static_cast<double>(n + m);
      if (best.at == 0 || q > best.distance) best = {t, q};
    }
  }
  return best;
}

std::vector<ChangePoint> change_points(Series series, const ChangeOptions& options) {
  check(options.shortest > 0 && options.window >= 2 * options.shortest, "a window holds two sides");
  std::vector<std::size_t> points = weak_points(series, options);
  while (true) {
    std::vector<ChangePoint> found = judge_all(series, points);
    if (found.empty()) return found;
    auto weakest = std::max_element(found.begin(), found.end(), [](const auto& a, const auto& b) { return a.p < b.p; });
    if (weakest->p <= options.p) {
      weakest =
          std::min_element(found.begin(), found.end(), [](const auto& a, const auto& b) { return step_of(a) < step_of(b); });
      if (step_of(*weakest) > options.least) return found;
    }
    points.erase(std::find(points.begin(), points.end(), weakest->at));
  }
}

}  // namespace m1bench
