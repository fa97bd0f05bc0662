// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <vector>

#include "result/model.hpp"

// Made-up runs for the rules of explain: blocks without any noise, so that each verdict follows from the times alone.
namespace m1bench {

struct TimedCase {
  std::string name;
  std::vector<double> loop_s;  // one for each target of the run; 0: not measured there
};

// Targets are named "SLICE/TRANSLATOR", the baseline first. Cost, type and parameters of a case follow from its name as in the
// catalogue. Five blocks.
Run timed_run(const std::string& host, const std::vector<std::string>& targets, const std::vector<TimedCase>& cases);

// An M1: arm64 native, x86_64-v2 and -v3 under Rosetta 2, with bounds, tiers and every kind of case.
Run rosetta_run();

// Two native tiers and the lower one under a translator, so that slice and translation come apart.
Run apart_run();

void set_loop(Run& run, const std::string& case_name, const std::string& target, double loop_s);
void drop_case(Run& run, const std::string& case_name);
void drop_target(Run& run, const std::string& target);

}  // namespace m1bench
