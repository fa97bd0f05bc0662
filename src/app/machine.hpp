// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "result/model.hpp"

namespace m1bench {

// The run file's record of this program and of this machine.
Tool this_tool();
Machine this_machine();  // `before` is now, `after` is left empty
Conditions conditions_now();

// Fills in `sha256` of the available targets' executables.
void hash_executables(std::vector<Target>& targets);

// Where workers are pinned: the CPUs this process may use, of the fastest kind of core only. Empty where the OS does not pin.
std::vector<int> measuring_cpus();

}  // namespace m1bench
