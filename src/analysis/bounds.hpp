// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>

#include "analysis/summary.hpp"

namespace m1bench {

// Fills in each target's share_of_bound, from the times that are in the summary already: its rate divided by what the same target
// reached in the run's bound case of that kind. Cases times bounds times targets.
void relate_to_bounds(const Run& run, Summary& summary);

// Whether two of the run's cases were measured on one machine: a bound is one machine's, and the shards of a merged run may come
// from several. By their indices in the run.
bool on_one_machine(const Run& run, std::size_t one, std::size_t other);

}  // namespace m1bench
