// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "result/model.hpp"

namespace m1bench {

// What every later computation relies on and types cannot say: names are unique and resolve, slots have equal numbers of wall
// and CPU times, a slot has loops. Throws Error(data) naming the first place that is wrong. Linear in the size of the run.
void validate(const Run& run);

}  // namespace m1bench
