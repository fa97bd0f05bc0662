// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "m1bench/core/rng.hpp"
#include "stats/estimate.hpp"

namespace m1bench {

// How a block's log-ratio scatters about the truth.
enum class Noise {
  normal,
  heavy,     // Student's t with 3 degrees of freedom, scaled to the same standard deviation
  outliers,  // normal, but one block in ten is ten times as far off
};

// What the blocks of one case are made of.
struct Source {
  Noise noise = Noise::normal;
  double sigma = 0.01;     // standard deviation of a block's log-ratio; with outliers, of the other nine in ten
  double correlation = 0;  // of neighbouring blocks: each keeps this share of the last one's error
  double truth = 0;        // log-ratio
};

std::string name_of(const Source& source);

// Standard deviates for the simulations. They come from libm and may differ between machines in their last bits; ranges that
// tests assert leave room for the one session in thousands that tips over because of it.
double normal_deviate(Rng& rng);
double deviate(Noise noise, Rng& rng);

// `count` log-ratios of neighbouring blocks, in the order of time.
std::vector<double> simulated_blocks(const Source& source, std::size_t count, Rng& rng);

// A case is looked at after every block from `first` to `last` on and stops as soon as its half-width is at most `precision`.
struct Stopping {
  int first;
  int last;
  double precision;
};

// The rule of a session with its usual limits.
Stopping usual_stopping();

// Estimates and blocks of one case that was measured under such a rule.
struct SimulatedCase {
  std::vector<double> blocks;
  Estimate estimate;
};

SimulatedCase simulated_case(const Source& source, const Stopping& stopping, Rng& rng);

}  // namespace m1bench
