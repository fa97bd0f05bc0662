// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "result/model.hpp"

// Made-up runs for the gate: what each block took is known, the noise is seeded, and every time is a whole number of
// nanoseconds computed in integers, so that the golden files keep every bit on every machine.
namespace m1bench {

inline constexpr const char* kGateBaseline = "x86_64-v3/native";
inline constexpr const char* kGateOther = "x86_64-v2/native";

// How long one loop of a target takes, without noise.
struct LoopTime {
  std::string target;
  double seconds;
};

// The blocks to make. Each takes up to a tenth longer or shorter than the last, for all its targets alike.
struct Sample {
  std::uint64_t seed = 1;
  int blocks = 12;
  double noise = 0.003;  // standard deviation of a target's share of a block
  int stage = 1;
};

// A session on a quiet machine, with its targets and neither cases nor blocks.
Run gate_run(const std::string& id, const std::vector<std::string>& targets = {kGateBaseline, kGateOther});

// Adds a case, verified as right on these targets.
Case& add_case(Run& run, const std::string& name, const std::vector<LoopTime>& times);

// Adds blocks of a case.
void add_blocks(Run& run, const std::string& name, const std::vector<LoopTime>& times, const Sample& sample);

// Three cases on two targets, with some of them slower on kGateOther: {{"softmax/32x1000", 1.05}}.
using Slowdowns = std::map<std::string, double>;
Run usual_run(const std::string& id, const Sample& sample, const Slowdowns& slower = {});

inline constexpr const char* kGateMatmul = "matmul/f32/256";
inline constexpr const char* kGateAdd = "elementwise/add";
inline constexpr const char* kGateSoftmax = "softmax/32x1000";

// The same cases as `m1bench ab` measures them: kGateOther of two builds in the same blocks, head slower by these factors.
Run ab_run(const std::string& id, const Sample& sample, const Slowdowns& slower = {});
void add_ab_blocks(Run& run, const std::string& name, const Sample& sample, double slower);

}  // namespace m1bench
