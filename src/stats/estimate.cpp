// SPDX-License-Identifier: Apache-2.0
#include "stats/estimate.hpp"

#include <cmath>

#include "stats/distributions.hpp"
#include "stats/robust.hpp"

namespace m1bench {

double Estimate::ratio() const { return std::exp(log_ratio); }
double Estimate::low() const { return std::exp(log_ratio - half_width.value()); }
double Estimate::high() const { return std::exp(log_ratio + half_width.value()); }

Estimate estimate(std::span<const double> block_log_ratios) {
  Estimate result;
  result.blocks = static_cast<int>(block_log_ratios.size());
  result.log_ratio = trimmed_mean(block_log_ratios, kTrim);
  if (result.blocks < kMinBlocks) return result;
  const double blocks = result.blocks;
  const auto cut = static_cast<double>(trimmed_each_end(block_log_ratios.size(), kTrim));
  const double left = blocks - 2 * cut;
  const double spread = winsorised_sd(block_log_ratios, kTrim), divisor = left / blocks * std::sqrt(blocks);
  result.degrees = left - 1;
  result.standard_error = spread / divisor;
  result.half_width = kLooking * student_t_quantile(0.975, result.degrees) * spread / divisor;
  return result;
}

}  // namespace m1bench
