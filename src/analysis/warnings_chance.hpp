// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "analysis/warnings.hpp"

// A run makes dozens of tests, and some come out extreme by chance alone. What is told of them must not be those.
namespace m1bench {

// A test of one case on one target: how likely something at least as extreme is where nothing is wrong, and what to say if
// it is told. One for every test made, the unremarkable ones too.
struct Suspicion {
  Finding finding;
  double p_value = 1;
};

// Of all cases the least likely ones (Holm), and all unlikely ones if they are more than chance would make. Each of these two
// happens by chance in at most one of 200 runs. A case counts once, with its least likely target (Bonferroni): targets of a
// case share its baseline, cases share nothing.
Findings beyond_chance(const std::vector<Suspicion>& tests);

// Whether `seen` or more of `of` independent tests come out extreme with a probability of at most `level`, each with `each`.
bool more_than_chance(int seen, int of, double each, double level);

}  // namespace m1bench
