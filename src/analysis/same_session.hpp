// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "result/model.hpp"

namespace m1bench {

// Do both hold the same slots of the same cases on the same targets, in whatever order? What a session says about itself
// (warnings, times, notes) does not matter. n log n in the number of blocks.
bool same_slots(const Run& a, const Run& b);

}  // namespace m1bench
