// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <span>
#include <string>
#include <vector>

#include "session/limits.hpp"

// How long a session will still take, from what it did so far. Pure.
namespace m1bench {

// How many more blocks a case gets, if its blocks go on to differ as they did: a half-width shrinks with the root of their
// number. `width` is that of session/precision.hpp, infinite where nobody knows yet; then no more than the fewest are foreseen.
int blocks_to_come(int blocks, double width, const Limits& limits);

// One target's part in the blocks to come of one case.
struct Foreseen {
  std::string case_name, target;
  double block_s = 0;  // planned
  int blocks = 0;
};

struct TimeLeft {
  double seconds = 0;
  std::map<std::string, double> by_target;  // whose sum that is
};

// Everything foreseen together, each planned second taking `stretch`. Where that is more than `most_s`: what whole blocks fill of it,
// because none is begun that does not fit, shared out alike.
TimeLeft time_left(std::span<const Foreseen> foreseen, double stretch, double most_s);

}  // namespace m1bench
