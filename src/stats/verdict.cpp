// SPDX-License-Identifier: Apache-2.0
#include "stats/verdict.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace m1bench {

std::string_view name_of(Verdict verdict) {
  static constexpr std::array<std::string_view, 4> kNames = {"slower", "faster", "same", "unsure"};
  return kNames[static_cast<std::size_t>(verdict)];
}

Verdict verdict_of(const Estimate& estimate, double noise_floor) {
  if (!estimate.half_width) return Verdict::unsure;
  const double floor = std::log1p(noise_floor), same = std::log1p(std::max(kSameMargin, noise_floor));
  const double theta = estimate.log_ratio, width = *estimate.half_width;
  if (theta - width > floor) return Verdict::slower;
  if (theta + width < -floor) return Verdict::faster;
  return std::abs(theta) + width <= same ? Verdict::same : Verdict::unsure;
}

}  // namespace m1bench
