// SPDX-License-Identifier: Apache-2.0
#include "analysis/warnings_chance.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "stats/multiple.hpp"

namespace m1bench {
namespace {

constexpr double kLevel = 0.005;      // for a run's least likely case, and again for the number of its unlikely ones
constexpr double kUnlikely = 0.0228;  // of one case: beyond two standard errors to one side

// The least likely test of each case, its p-value adjusted for how many the case has.
std::vector<Suspicion> by_case(const std::vector<Suspicion>& tests) {
  std::vector<Suspicion> cases;
  for (std::size_t first = 0, next = 0; first < tests.size(); first = next) {
    const auto same = [&](const Suspicion& test) { return test.finding.case_name == tests[first].finding.case_name; };
    const auto begin = tests.begin() + static_cast<std::ptrdiff_t>(first);
    const auto end = std::find_if_not(begin, tests.end(), same);
    next = static_cast<std::size_t>(end - tests.begin());
    Suspicion least = *std::min_element(begin, end, [](const Suspicion& a, const Suspicion& b) { return a.p_value < b.p_value; });
    least.p_value = std::min(1.0, least.p_value * static_cast<double>(next - first));
    cases.push_back(std::move(least));
  }
  return cases;
}

}  // namespace

bool more_than_chance(int seen, int of, double each, double level) {
  // The binomial distribution, summed up to what was seen.
  double exactly = std::pow(1 - each, of), fewer = 0;
  for (int k = 0; k < seen; ++k) {
    fewer += exactly;
    exactly *= each / (1 - each) * (of - k) / (k + 1);
  }
  return seen > 0 && 1 - fewer <= level;
}

Findings beyond_chance(const std::vector<Suspicion>& tests) {
  const std::vector<Suspicion> cases = by_case(tests);
  std::vector<double> p_values;
  for (const Suspicion& item : cases) p_values.push_back(item.p_value);
  const std::vector<double> adjusted = holm(p_values);
  const auto unlikely = std::count_if(p_values.begin(), p_values.end(), [](double p) { return p <= kUnlikely; });
  const bool many = more_than_chance(static_cast<int>(unlikely), static_cast<int>(cases.size()), kUnlikely, kLevel);
  Findings findings;
  for (std::size_t i = 0; i < cases.size(); ++i) {
    if (adjusted[i] <= kLevel || (many && p_values[i] <= kUnlikely)) findings.push_back(cases[i].finding);
  }
  return findings;
}

}  // namespace m1bench
