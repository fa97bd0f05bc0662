// SPDX-License-Identifier: Apache-2.0
#include "stats/change_points.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <fstream>
#include <numbers>
#include <sstream>
#include <string>

#include "m1bench/core/rng.hpp"
#include "m1bench/core/text.hpp"

namespace m1bench {
namespace {

// Standard normal, by Box and Muller.
std::vector<double> noise(std::size_t size, double sigma, std::uint64_t seed) {
  Rng rng(seed, 0);
  const auto uniform = [&] { return (rng.next() + 0.5) / 4294967296.0; };
  std::vector<double> values(size);
  for (double& value : values) value = sigma * std::sqrt(-2 * std::log(uniform())) * std::cos(2 * std::numbers::pi * uniform());
  return values;
}

std::vector<std::size_t> places(const std::vector<ChangePoint>& points) {
  std::vector<std::size_t> at;
  for (const ChangePoint& point : points) at.push_back(point.at);
  return at;
}

// tests/data/change_points/series.txt, as scripts/make_change_points.py writes it.
struct OracleRow {
  std::string name;
  ChangeOptions options;
  BestSplit best;
  std::vector<std::size_t> points;
  std::vector<double> values;
};

template <class Number>
std::vector<Number> numbers(const std::string& text) {
  std::istringstream words(text);
  std::vector<Number> all;
  for (Number number; words >> number;) all.push_back(number);
  return all;
}

std::vector<OracleRow> oracle() {
  std::ifstream file(M1BENCH_TEST_DATA "/change_points/series.txt");
  std::vector<OracleRow> rows;
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with("#")) continue;
    const std::vector<std::string> fields = split(line, ';');
    OracleRow row;
    row.name = fields.at(0);
    row.options.shortest = 1;
    row.options.window = numbers<std::size_t>(fields.at(1)).at(0);
    row.best = {numbers<std::size_t>(fields.at(2)).at(0), numbers<double>(fields.at(3)).at(0)};
    row.points = numbers<std::size_t>(fields.at(4));
    row.values = numbers<double>(fields.at(5));
    rows.push_back(std::move(row));
  }
  return rows;
}

TEST(ChangePoints, AreWhereApacheOtavaFindsThem) {
  const std::vector<OracleRow> rows = oracle();
  ASSERT_EQ(rows.size(), 21U);
  for (const OracleRow& row : rows) {
    const BestSplit best = best_split(row.values, 1);
    EXPECT_EQ(best.at, row.best.at) << row.name;
    EXPECT_NEAR(best.distance, row.best.distance, 1e-9 * row.best.distance) << row.name;
    EXPECT_EQ(places(change_points(row.values, row.options)), row.points) << row.name;
  }
}

TEST(ChangePoints, FindsStepsWhereTheyAre) {
  const struct {
    const char* name;
    std::size_t size, at;
    double step;
  } kRows[] = {{"early", 40, 5, 0.05},
               {"in the middle", 40, 20, 0.03},
               {"just now", 40, 37, 0.06},
               {"down", 40, 20, -0.05},
               {"late in a long one", 400, 380, 0.04}};
  for (const auto& row : kRows) {
    std::vector<double> series = noise(row.size, 0.005, 7);
    for (std::size_t i = row.at; i < series.size(); ++i) series[i] += row.step;
    const std::vector<ChangePoint> found = change_points(series);
    ASSERT_EQ(found.size(), 1U) << row.name;
    EXPECT_EQ(found[0].at, row.at) << row.name;
    EXPECT_NEAR(found[0].after - found[0].before, row.step, 0.01) << row.name;
    EXPECT_LE(found[0].p, 0.001) << row.name;
  }
}

TEST(ChangePoints, FindsSeveral) {
  std::vector<double> series = noise(90, 0.005, 3);
  for (std::size_t i = 0; i < series.size(); ++i) series[i] += i < 30 ? 0 : i < 60 ? 0.05 : 0.02;
  EXPECT_EQ(places(change_points(series)), (std::vector<std::size_t>{30, 60}));
}

// Over fixed seeds: 3, 4 and 6 series. The test's p is of 1 in 1000, at the best of many places.
TEST(ChangePoints, FindsNextToNothingInNoise) {
  const struct {
    std::size_t size;
    int series, most;
  } kRows[] = {{12, 1000, 5}, {30, 400, 6}, {100, 150, 9}};
  for (const auto& row : kRows) {
    int found = 0;
    for (int i = 0; i < row.series; ++i)
      found += !change_points(noise(row.size, 1, 1000 + static_cast<std::uint64_t>(i))).empty();
    EXPECT_LE(found, row.most) << row.size << " values";
  }
}

TEST(ChangePoints, OneOddValueIsNoChange) {
  for (const std::size_t at : {0U, 10U, 19U}) {
    std::vector<double> series = noise(20, 0.001, 5);
    series[at] += 1;
    EXPECT_TRUE(change_points(series).empty()) << at;
  }
}

TEST(ChangePoints, SmallStepsAreNotTold) {
  std::vector<double> series = noise(40, 0.0005, 9);
  for (std::size_t i = 20; i < series.size(); ++i) series[i] += 0.008;
  EXPECT_EQ(change_points(series).size(), 1U);
  ChangeOptions options;
  options.least = 0.01;
  EXPECT_TRUE(change_points(series, options).empty());
}

TEST(ChangePoints, ShortAndConstantSeriesHaveNone) {
  EXPECT_TRUE(change_points({}).empty());
  EXPECT_TRUE(change_points(std::vector<double>{1, 2, 3, 4, 5}).empty());
  EXPECT_TRUE(change_points(std::vector<double>(100, 1.5)).empty());
  EXPECT_EQ(best_split(std::vector<double>{1}, 1).at, 0U);
}

TEST(ChangePoints, WithoutNoiseAStepIsCertain) {
  std::vector<double> series(12, 1);
  std::fill(series.begin() + 6, series.end(), 2);
  const std::vector<ChangePoint> found = change_points(series);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].at, 6U);
  EXPECT_EQ(found[0].p, 0);
}

}  // namespace
}  // namespace m1bench
