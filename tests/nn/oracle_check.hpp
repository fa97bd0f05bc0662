// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "m1bench/tensor/compare.hpp"
#include "support/oracle.hpp"

namespace m1bench {

// Expects |got - want| <= bounds, element by element. Oracles answer in double precision, so all of it is m1bench's own error.
inline void expect_close(const std::string& what, const Tensor<float>& got, const OracleArray& want, std::vector<float> bounds) {
  ASSERT_EQ(got.shape(), want.shape) << what;
  const Deviation found = compare(view_of(got), {want.values, std::move(bounds)});
  EXPECT_TRUE(found.ok()) << what << ": " << found.wrong << " of " << found.elements << " wrong; element " << found.worst
                          << " is " << found.got << ", not " << found.want << " within " << found.bound;
}

// The largest magnitude.
inline double greatest(const OracleArray& array) {
  double result = 0;
  for (const double value : array.values) result = std::max(result, std::abs(value));
  return result;
}

inline std::vector<float> same_for_all(const OracleArray& array, double bound) {
  return std::vector<float>(array.values.size(), static_cast<float>(bound));
}

// `factor` times the magnitude of each element.
inline std::vector<float> relative_to(const OracleArray& array, double factor) {
  std::vector<float> bounds;
  for (const double value : array.values) bounds.push_back(static_cast<float>(factor * std::abs(value)));
  return bounds;
}

// The names of the cases of these kinds, so that a test can say that it knows them all.
inline std::vector<std::string> names_of(const std::vector<OracleCase>& cases, const std::vector<std::string>& kinds) {
  std::vector<std::string> names;
  for (const OracleCase& item : cases) {
    if (std::ranges::find(kinds, item.kind) != kinds.end()) names.push_back(item.name);
  }
  return names;
}

}  // namespace m1bench
