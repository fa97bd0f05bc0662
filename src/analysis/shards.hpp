// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "result/model.hpp"

namespace m1bench {

using Shards = std::vector<const Run*>;  // shard i + 1 at i

// The runs in the order of their shards, once it is sure that they are all the shards of one run. Pointers into `runs`.
// Throws Error(usage) if a shard is missing, given twice, or no shard; Error(unlike) naming the field and both values where
// another build measured one, or with other settings, or on other targets.
Shards shards_of_one_run(const std::vector<Run>& runs);

}  // namespace m1bench
