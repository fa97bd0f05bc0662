// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "result/model.hpp"
#include "stats/simulation.hpp"

// Made-up runs for the table of warnings: nothing is wrong with them but noise, which is seeded.
namespace m1bench {

inline constexpr const char* kQuietBaseline = "x86_64-v4/native";
inline constexpr const char* kQuietOther = "x86_64-v2/native";
inline constexpr const char* kQuietTranslated = "arm64/qemu-user";

struct QuietShape {
  int cases = 6;
  int blocks = 16;             // of each case; with `stopping`, the most
  bool stopping = false;       // a case stops where a session would
  double ratio = 1.5;          // of the other native target; the translated one takes ten times as long
  double block_noise = 0.002;  // standard deviation of a target's share of a block, in log
  double slot_noise = 0.004;
  Noise noise = Noise::normal;  // of blocks
  std::uint64_t seed = 1;
};

// A run on a quiet machine with a baseline and two other targets, verified, with its proof and its conditions.
Run quiet_run(const QuietShape& shape = {});

// Adds a second copy of the baseline to every block.
void add_control(Run& run);

std::vector<Warning> all_warnings(const Run& run);
std::set<std::string> warning_codes(const Run& run);

}  // namespace m1bench
