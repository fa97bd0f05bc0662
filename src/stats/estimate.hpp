// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>

namespace m1bench {

// How the time of a target relates to the baseline's, from the log-ratios of its blocks.
struct Estimate {
  double log_ratio = 0;
  std::optional<double> half_width;  // of the 95 % interval, in log; none below kMinBlocks
  int blocks = 0;
  std::optional<double> standard_error;  // of log_ratio, without kLooking; none below kMinBlocks
  double degrees = 0;                    // of freedom, h - 1, of the standard error; 0 without one

  double ratio() const;  // 1.94: takes 1.94x the time
  double low() const;    // ends of the interval, as ratios; only with a half_width
  double high() const;
};

inline constexpr int kMinBlocks = 3;

// The share of blocks cut at each end: blocks that met a disturbance are the tails, and a fifth of them may be lost.
inline constexpr double kTrim = 0.2;

// Widens the interval for looking after every block whether it is narrow enough to stop: with it the coverage at 12 to 40
// independent blocks stays between 94 and 97 %, without it it falls to 92 % (tests/stats/simulation_test.cpp).
inline constexpr double kLooking = 1.12;

// The 20 % trimmed mean theta of the log-ratios, one a block and at least one of them, with the interval
//   theta +- kLooking * t_{h-1} * s_w / ((1 - 2g/B) * sqrt(B)),  g = floor(0.2 B), h = B - 2g, s_w the winsorised SD;
// what stands behind t is the standard error. Whoever tests a hypothesis with it multiplies it by kLooking as well.
// Source: Yuen and Dixon, Biometrika 60 (1973); Wilcox, Introduction to Robust Estimation and Hypothesis Testing, 4.3.
Estimate estimate(std::span<const double> block_log_ratios);

}  // namespace m1bench
