// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "analysis/recorded.hpp"

namespace m1bench {

// The one table of what breaks a series of runs: where one of these changes from one run to the next, what follows is another
// series, because a change of the ratio may be this thing's. It is what may not differ between two runs that are compared
// (analysis/traits), and besides the exact operating system, its kernel, the compiler, and the vendor library of a worker.
// What is not known has no row.
std::vector<RecordedTrait> series_traits(const Run& run);

}  // namespace m1bench
